"""Figures of waiting: medians, 95th percentiles, the slow stage, before and after.

Plain Python: stamps in, figures out. All times are minutes.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from darbaza.gate.queueing import Step, quantile

K = TypeVar("K", bound=Hashable)


class Stage(StrEnum):
    """A part of the way through the entrance, from one stamp to another."""

    WAIT = "wait"
    DESK = "desk"
    TO_SEARCH = "to_search"
    SEARCH = "search"
    INSIDE = "inside"
    WHOLE = "whole"


FROM_TO: dict[Stage, tuple[tuple[Step, ...], tuple[Step, ...]]] = {
    Stage.WAIT: ((Step.TAKEN,), (Step.CALLED,)),
    Stage.DESK: ((Step.CALLED,), (Step.REGISTERED, Step.HANDED_IN, Step.DONE)),
    Stage.TO_SEARCH: (
        (Step.REGISTERED, Step.HANDED_IN),
        (Step.SEARCHED, Step.SEATED),
    ),
    Stage.SEARCH: ((Step.SEARCHED,), (Step.SEATED,)),
    Stage.INSIDE: ((Step.SEATED,), (Step.LEFT,)),
    Stage.WHOLE: ((Step.TAKEN,), (Step.SEATED, Step.HANDED_IN)),
}
"""Each stage with where it may begin and end: the first stamp that is there counts."""

ON_THE_WAY = (Stage.WAIT, Stage.DESK, Stage.TO_SEARCH, Stage.SEARCH)
"""Stages of which the slowest is named; the visit itself is what people come for."""
STOPWATCH_WANTED = 50
"""So many timings of the paper process are wanted before anything is promised."""
Stamps = Mapping[Step, datetime]


def stage_minutes(stamps: Stamps, stage: Stage) -> float | None:
    """Return how long a stage took, None where a stamp is missing.

    A clock that was set back would give less than nothing: that is no measurement.
    """
    begins, ends = FROM_TO[stage]
    start = next((stamps[s] for s in begins if s in stamps), None)
    end = next((stamps[s] for s in ends if s in stamps), None)
    if start is None or end is None or end < start:
        return None
    return (end - start).total_seconds() / 60


@dataclass(frozen=True, slots=True)
class Spread:
    """How a number of times lie: how many, their median and 95th percentile."""

    count: int
    mean: float
    median: float
    p95: float


def spread(minutes: Sequence[float]) -> Spread | None:
    """Return how times lie, None where there are none."""
    if not minutes:
        return None
    return Spread(
        len(minutes),
        sum(minutes) / len(minutes),
        quantile(minutes, 0.5),
        quantile(minutes, 0.95),
    )


@dataclass(frozen=True, slots=True)
class Passed:
    """One ticket that was called: where, when and with which stamps."""

    lane: str
    window: str
    taken_at: datetime
    """In the time of the place."""
    stamps: Stamps

    def minutes(self, stage: Stage) -> float | None:
        """Return how long a stage took."""
        return stage_minutes(self.stamps, stage)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a report: a group with the spread of a stage."""

    key: str
    spread: Spread
    target: int | None = None
    over: int = 0
    """How many waited longer than the target."""

    @property
    def breach(self) -> bool:
        """Whether the 95th percentile is over the target."""
        return self.target is not None and self.spread.p95 > self.target


GROUPS: dict[str, Callable[[Passed], str]] = {
    "hour": lambda one: f"{one.taken_at:%H}:00",
    "lane": lambda one: one.lane,
    "window": lambda one: one.window,
    "day": lambda one: f"{one.taken_at:%Y-%m-%d}",
}
"""By what a report may be cut."""


def lines(
    passed: Iterable[Passed],
    *,
    by: str,
    stage: Stage = Stage.WAIT,
    targets: Mapping[str, int] | None = None,
) -> list[Line]:
    """Return a stage cut by hour, lane, window or day, in the order of the key.

    Args:
        passed: The tickets.
        by: A key of ``GROUPS``.
        stage: What is measured.
        targets: Minutes by lane within which 95 of 100 should be called.
    """
    targets = targets or {}
    groups: dict[str, list[tuple[float, int | None]]] = defaultdict(list)
    for one in passed:
        minutes = one.minutes(stage)
        if minutes is not None:
            groups[GROUPS[by](one)].append((minutes, targets.get(one.lane)))
    found = []
    for key, rows in sorted(groups.items()):
        whole = spread([minutes for minutes, _target in rows])
        assert whole  # noqa: S101 - a group has at least one row
        aims = {target for _minutes, target in rows}
        over = sum(target is not None and m > target for m, target in rows)
        found.append(Line(key, whole, aims.pop() if len(aims) == 1 else None, over))
    return found


def stages(passed: Sequence[Passed]) -> dict[Stage, Spread]:
    """Return the spread of every stage that was measured, in the order of the way."""
    found = {}
    for stage in Stage:
        times = [m for one in passed if (m := one.minutes(stage)) is not None]
        if (whole := spread(times)) is not None:
            found[stage] = whole
    return found


def slowest(found: Mapping[Stage, Spread]) -> Stage | None:
    """Return the stage on the way in that costs most in the middle, None for none."""
    known = [stage for stage in ON_THE_WAY if stage in found]
    return max(known, key=lambda s: found[s].median, default=None)


@dataclass(frozen=True, slots=True)
class Change:
    """One stage on paper and now."""

    stage: Stage
    before: Spread | None
    after: Spread | None

    @property
    def times(self) -> float | None:
        """How many times shorter the mean is now, None where that says nothing."""
        if not self.before or not self.after or not self.after.mean:
            return None
        return self.before.mean / self.after.mean


def compared(
    before: Mapping[Stage, Sequence[float]], after: Mapping[Stage, Spread]
) -> list[Change]:
    """Return before and after for each stage that either side has measured."""
    old = {stage: spread(list(before.get(stage, ()))) for stage in Stage}
    return [
        Change(stage, old[stage], after.get(stage))
        for stage in Stage
        if old[stage] or stage in after
    ]
