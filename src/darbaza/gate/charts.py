"""Pictures of waits as geometry; a template draws them as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from darbaza.gate.waits import Line

LEFT, RIGHT, ROW, TOP = 320, 130, 34, 28
WIDTH = 1000
STEPS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 240)
TICKS_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the picture, in its own units."""

    label: str
    y: int
    median: int
    p95: int
    late: bool
    says: float
    count: int
    p95_says: float
    target: int | None


@dataclass(frozen=True, slots=True)
class Picture:
    """Bars with a scale of minutes."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[int, int], ...]
    """Where, and how many minutes."""


def picture(lines: Sequence[Line]) -> Picture | None:
    """Return medians and 95th percentiles as bars, None where nothing was measured."""
    if not lines:
        return None
    longest = max(max(one.spread.p95, one.target or 0) for one in lines) or 1
    scale = (WIDTH - LEFT - RIGHT) / longest
    step = next((s for s in STEPS if longest / s <= TICKS_AT_MOST), STEPS[-1])
    ticks = tuple(
        (LEFT + round(n * scale), n) for n in range(0, int(longest) + 1, step)
    )
    bars = tuple(
        Bar(
            one.key,
            TOP + place * ROW,
            round(one.spread.median * scale),
            round(one.spread.p95 * scale),
            one.breach,
            one.spread.median,
            one.spread.count,
            one.spread.p95,
            None if one.target is None else LEFT + round(one.target * scale),
        )
        for place, one in enumerate(lines)
    )
    return Picture(WIDTH, TOP + len(lines) * ROW + 8, bars, ticks)
