"""When a template takes place, for whom, and what closes it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Plan:
    """The part of a template that says on which days it takes place.

    ``weekday`` is 0 for Monday; ``valid_to`` is the day after the last.
    """

    weekday: int
    starts_at: time
    minutes: int
    valid_from: date
    valid_to: date | None = None
    every_weeks: int = 1


@dataclass(frozen=True, slots=True)
class Closing:
    """Days on which an institution, one room of it or one template is closed."""

    starts_on: date
    ends_on: date
    reason: str = ""
    closed_by: str = ""
    room_id: UUID | None = None
    template_id: UUID | None = None

    def concerns(self, room_id: UUID, template_id: UUID | None) -> bool:
        """Tell whether this closing is about that room or that template."""
        if self.template_id is not None:
            return self.template_id == template_id
        return self.room_id is None or self.room_id == room_id

    def touches(self, first: date, last: date) -> bool:
        """Tell whether any day from ``first`` to ``last`` (both included) is closed."""
        return self.starts_on <= last and self.ends_on > first


def takes_place(plan: Plan, day: date) -> bool:
    """Tell whether ``plan`` has a session on ``day``.

    Weeks are counted from Monday to Monday, from the week of ``valid_from``.
    """
    if day.weekday() != plan.weekday or day < plan.valid_from:
        return False
    if plan.valid_to is not None and day >= plan.valid_to:
        return False
    return weeks_between(plan.valid_from, day) % plan.every_weeks == 0


def weeks_between(first: date, day: date) -> int:
    """Return the number of Mondays passed from the week of ``first`` to that of day."""
    return (_monday(day) - _monday(first)).days // 7


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def admits_block(
    blocks: Collection[UUID], block_id: UUID | None, *, included: bool
) -> bool:
    """Tell whether prisoners of a block may use a session.

    Args:
        blocks: The blocks named; empty means that every block may.
        block_id: Where the prisoner lives; None where nobody has said yet.
        included: True: only the named blocks; False: all but the named blocks.
    """
    if not blocks:
        return True
    return (block_id in blocks) is included


def closing_of(
    closings: Iterable[Closing],
    first: date,
    last: date,
    *,
    room_id: UUID,
    template_id: UUID | None,
) -> Closing | None:
    """Return what closes a session that touches the days ``first`` to ``last``.

    The widest closing is named: the whole institution before one room before one
    template. A visit over several nights is closed by any of its days.
    """
    found = [
        c
        for c in closings
        if c.concerns(room_id, template_id) and c.touches(first, last)
    ]
    return min(found, key=_width, default=None)


def _width(closing: Closing) -> tuple[int, date]:
    if closing.template_id is not None:
        return 2, closing.starts_on
    return (0 if closing.room_id is None else 1), closing.starts_on


def overlap(
    start: datetime, end: datetime, other_start: datetime, other_end: datetime
) -> bool:
    """Tell whether two half-open spans share a moment."""
    return start < other_end and other_start < end


def free(places: int, taken: int, seats_free: int | None) -> int:
    """Return the places still free: never below 0, never more than free seats.

    ``seats_free`` is None in a room whose seats nobody has listed.
    """
    left = max(0, places - taken)
    return left if seats_free is None else min(left, seats_free)
