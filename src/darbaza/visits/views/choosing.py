"""Choosing a slot in a form: a session that is there, or a day of the timetable."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from darbaza.accounts.types import Actor
from darbaza.kernel.errors import Invalid
from darbaza.pages import dates
from darbaza.visits import selectors, services
from darbaza.visits.models import Session
from darbaza.visits.selectors import Slot


def key(slot: Slot) -> str:
    """Return the value that stands for a slot in a form."""
    if slot.template_id:  # the same before and after the session is made
        return f"{slot.template_id}/{slot.day:%Y-%m-%d}"
    return str(slot.session_id)


def choices(slots: Iterable[Slot], *, closed: bool) -> list[tuple[str, str]]:
    """Return the usable slots with a free place, as a form offers them."""
    return [
        (key(s), words(s)) for s in slots if s.usable and s.places_free(closed=closed)
    ]


def words(slot: Slot) -> str:
    """Return a slot as one line: day, time, room."""
    return (
        f"{dates.weekday(slot.day)} {dates.short(slot.day)},"
        f" {dates.clock(slot.starts_at)}–{dates.clock(slot.ends_at)},"
        f" {slot.room.name}"
    )


def session(chosen: str, *, by: Actor, at: datetime) -> Session:
    """Return the session that a form's value stands for, made where needed.

    Raises:
        Invalid: The value is none of ours.
        NotFound: Not of this institution.
    """
    first, _slash, day = chosen.partition("/")
    try:
        row, on = UUID(first), date.fromisoformat(day) if day else None
    except ValueError as error:
        raise Invalid("slot_unknown", field="slot") from error
    if on is None:
        return selectors.session(row, by=by)
    return services.session_for(row, on, by=by, at=at)
