"""What the gate's doors take and give. No Django here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from darbaza.visits.types import Registered


@dataclass(frozen=True, slots=True)
class Issued:
    """A registration with the passes that came of it."""

    registered: Registered
    passes: Mapping[UUID, str]
    """Pass number by visitor row; none for the refused."""


@dataclass(frozen=True, slots=True)
class Inside:
    """One visitor who is inside now."""

    visitor_id: UUID
    visit_id: UUID
    name: str
    reference: str
    part: str
    prisoner: str
    room: str
    seat: str
    came_in_at: datetime
    ends_at: datetime

    def overdue(self, at: datetime) -> bool:
        """Whether the visit's time is over."""
        return at >= self.ends_at


@dataclass(frozen=True, slots=True)
class Occupancy:
    """How many visitors are inside, against what the entrance takes."""

    inside: int
    capacity: int
    overdue: int
