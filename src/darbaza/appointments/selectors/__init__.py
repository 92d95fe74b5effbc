"""Reading plans, slots, appointments and what follows from them."""

from darbaza.appointments.selectors.following import (
    CLOSED_SHOWN,
    Outbox,
    decided_reviews,
    outbox,
    recheck,
    review,
    reviews,
    to_tell,
)
from darbaza.appointments.selectors.reading import (
    access_of,
    accesses,
    appointment,
    appointments,
    asks,
    hand_in_hours,
    messages,
    of_day,
    of_today,
    open_reviews,
    plan,
    plans,
    waiting,
)
from darbaza.appointments.selectors.slots import slots

__all__ = [
    "CLOSED_SHOWN",
    "Outbox",
    "access_of",
    "accesses",
    "appointment",
    "appointments",
    "asks",
    "decided_reviews",
    "hand_in_hours",
    "messages",
    "of_day",
    "of_today",
    "open_reviews",
    "outbox",
    "plan",
    "plans",
    "recheck",
    "review",
    "reviews",
    "slots",
    "to_tell",
    "waiting",
]
