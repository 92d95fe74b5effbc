"""What goes in and out of a booking: plain data, no Django."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """What a family comes for."""

    VISIT = "visit"
    PARCEL = "parcel"


class Shape(StrEnum):
    """How the places of a run of slots are spread (Bailey and Welch; dome)."""

    EVEN = "even"
    EARLY_EXTRA = "early_extra"
    DOME = "dome"


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """How many officers each stage has and how long it takes for one family."""

    valid_from: date
    slot_minutes: int = 15
    shape: Shape = Shape.EVEN
    clerks: int = 1
    inspectors: int = 1
    searchers: int = 1
    registration_minutes: Decimal = Decimal(4)
    inspection_minutes: Decimal = Decimal(5)
    search_minutes: Decimal = Decimal(3)
    busy_percent: int = 85
    """No stage is planned busier than this: above it the queue grows."""
    lead_minutes: int = 15
    """So long before a visit begins its last families come."""
    reminder_hours: int = 20
    """So long before its time a family is reminded; 0 sends no reminder."""


@dataclass(frozen=True, slots=True)
class HandInDraft:
    """Weekly hours in which packages are taken; 0 is Monday."""

    weekday: int
    starts_at: time
    ends_at: time
    valid_from: date


@dataclass(frozen=True, slots=True)
class Contact:
    """How a family is reached; any of it may be empty."""

    phone: str = ""
    email: str = ""
    language: str = "ky"


@dataclass(frozen=True, slots=True)
class Offer:
    """One arrival slot that may be booked now."""

    key: str
    """Stands for the slot in a form: kind, arrival, session."""
    kind: Kind
    arrives_at: datetime
    places: int
    taken: int
    visit_at: datetime | None = None
    session_key: str = ""
    room: str = ""
    """Where the visit takes place, for staff."""

    @property
    def free(self) -> int:
        """Return how many more families may come in this slot."""
        return max(0, self.places - self.taken)


@dataclass(frozen=True, slots=True)
class Given:
    """A code just made. The code itself is shown once and kept nowhere."""

    access_id: UUID
    code: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What a family tells with a booking: numbers, never names."""

    adults: int = 0
    children: int = 0
    list_code: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What a stranger without a code wrote."""

    name: str
    phone: str
    about: str
    language: str = "ky"
