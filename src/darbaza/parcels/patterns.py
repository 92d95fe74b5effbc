"""Patterns in sendings that are worth a look, by the figures of ``parcels.pattern``.

None is an accusation: a mother of three sons in prison makes one too. Each carries its
count, and whoever looks at it decides. Plain Python.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What repeats."""

    ONE_TO_MANY = "one_to_many"
    """One sender to many prisoners."""
    MANY_TO_ONE = "many_to_one"
    """Many senders to one prisoner."""
    NEAR_LIMIT = "near_limit"
    """One sender, again and again just under the limit of weight."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One sending as far as patterns need it."""

    sender: str
    """Key of the person, or the written name."""
    sender_name: str
    prisoner: str
    prisoner_name: str
    grams: int = 0
    most_g: int | None = None
    """Limit of weight on its day; None: not known."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Something that repeated, with how often, and with the figure that it reached."""

    kind: Kind
    name: str
    count: int
    figure: int
    others: tuple[str, ...] = ()
    """The names on the other side."""


def found(sent: Iterable[Sent], figures: Mapping[str, Any]) -> list[Pattern]:
    """Return every pattern; a figure that the rule does not give finds nothing."""
    rows = list(sent)
    near = [one for one in rows if _near(one, figures.get("near_limit_percent"))]
    return [
        *_groups(Kind.ONE_TO_MANY, rows, _sender, _prisoner, figures.get("prisoners")),
        *_groups(Kind.MANY_TO_ONE, rows, _prisoner, _sender, figures.get("senders")),
        *_often(near, figures.get("near_limit_times")),
    ]


def _sender(one: Sent) -> tuple[str, str]:
    return one.sender, one.sender_name


def _prisoner(one: Sent) -> tuple[str, str]:
    return one.prisoner, one.prisoner_name


def _groups(
    kind: Kind,
    rows: list[Sent],
    of: Callable[[Sent], tuple[str, str]],
    other: Callable[[Sent], tuple[str, str]],
    figure: Any,
) -> list[Pattern]:
    """Group by one side, count the different ones of the other."""
    if not isinstance(figure, int):
        return []
    names: dict[str, str] = {}
    sides: dict[str, dict[str, str]] = defaultdict(dict)
    for one in rows:
        key, names[key] = of(one)[0], of(one)[1]
        sides[key].setdefault(*other(one))
    made = [
        Pattern(kind, names[key], len(side), figure, tuple(sorted(side.values())))
        for key, side in sides.items()
        if len(side) >= figure
    ]
    return sorted(made, key=lambda one: (-one.count, one.name))


def _often(near: list[Sent], figure: Any) -> list[Pattern]:
    if not isinstance(figure, int):
        return []
    by_sender: dict[str, list[Sent]] = defaultdict(list)
    for one in near:
        by_sender[one.sender].append(one)
    made = [
        Pattern(
            Kind.NEAR_LIMIT,
            rows[0].sender_name,
            len(rows),
            figure,
            tuple(sorted({one.prisoner_name for one in rows})),
        )
        for rows in by_sender.values()
        if len(rows) >= figure
    ]
    return sorted(made, key=lambda one: (-one.count, one.name))


def _near(one: Sent, percent: Any) -> bool:
    if not isinstance(percent, int) or not one.most_g:
        return False
    return one.most_g * percent <= one.grams * 100 <= one.most_g * 100
