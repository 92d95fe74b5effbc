"""The plan, families' codes and appointments, and what follows from them."""

from darbaza.appointments.models.bookings import Appointment, Hold, Waiting
from darbaza.appointments.models.families import Access, Ask
from darbaza.appointments.models.following import Message, Review
from darbaza.appointments.models.plans import HandIn, Plan
from darbaza.appointments.models.walks import Recheck

__all__ = [
    "Access",
    "Appointment",
    "Ask",
    "HandIn",
    "Hold",
    "Message",
    "Plan",
    "Recheck",
    "Review",
    "Waiting",
]
