"""What other rooms and pages may read of visits."""

from darbaza.visits.selectors.slots import Slot
from darbaza.visits.selectors.timetable import (
    closures,
    free_seats,
    now_or_next,
    session,
    sessions_between,
    sessions_on,
    slot,
    template,
    templates,
)

__all__ = [
    "Slot",
    "closures",
    "free_seats",
    "now_or_next",
    "session",
    "sessions_between",
    "sessions_on",
    "slot",
    "template",
    "templates",
]
