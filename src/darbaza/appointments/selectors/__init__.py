"""Reading plans, slots, appointments and what follows from them."""

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
    "access_of",
    "accesses",
    "appointment",
    "appointments",
    "asks",
    "hand_in_hours",
    "messages",
    "of_day",
    "of_today",
    "open_reviews",
    "plan",
    "plans",
    "slots",
    "waiting",
]
