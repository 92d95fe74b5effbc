"""What the gate's doors take and give. No Django here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from darbaza.audit.types import Link
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

    @property
    def child(self) -> bool:
        """Whether they came as a child."""
        return self.part == "child"


@dataclass(frozen=True, slots=True)
class Occupancy:
    """How many visitors are inside, against what the entrance takes."""

    inside: int
    capacity: int
    overdue: int

    @property
    def free(self) -> int:
        """How many more may come in; 0 when it is full."""
        return max(0, self.capacity - self.inside)

    @property
    def full(self) -> bool:
        """Whether nobody more should come in."""
        return self.capacity > 0 and self.inside >= self.capacity


@dataclass(frozen=True, slots=True)
class Running:
    """One session of today with the people in it, counted from the rows."""

    session_id: UUID
    room: str
    kind: str
    name: str
    starts_at: datetime
    ends_at: datetime
    taken: int
    places: int
    visitors: int
    children: int
    prisoners: int
    missing_prisoners: int


@dataclass(frozen=True, slots=True)
class RoomOfPeople:
    """Who must be found in one room when everybody has to leave."""

    name: str
    visitors: tuple[Inside, ...]
    prisoners: tuple[tuple[str, str, str], ...]
    """Number, name, block of each prisoner who was brought and has not gone back."""

    @property
    def people(self) -> int:
        """Everybody in it."""
        return len(self.visitors) + len(self.prisoners)


@dataclass(frozen=True, slots=True)
class Evacuation:
    """Everybody at visits at one moment, by room."""

    at: datetime
    rooms: tuple[RoomOfPeople, ...]

    @property
    def visitors(self) -> int:
        """All visitors."""
        return sum(len(r.visitors) for r in self.rooms)

    @property
    def children(self) -> int:
        """The children among them."""
        return sum(v.child for r in self.rooms for v in r.visitors)

    @property
    def prisoners(self) -> int:
        """All prisoners."""
        return sum(len(r.prisoners) for r in self.rooms)


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift in figures; every one can be found again in the record."""

    first: datetime
    last: datetime
    steps: Mapping[str, int]
    """How often each event happened, by its code."""
    kinds: tuple[tuple[str, int, int], ...]
    """Kind of visit, visits registered, people in them."""
    refused: tuple[tuple[str, int], ...]
    """Ground code, times."""
    overrides: tuple[tuple[str, int], ...]
    """Officer, times."""
    entered_later: int
    head: Link | None = None
    """The newest link of the chain when the shift was reported."""


def grouped(digest: bytes) -> str:
    """Return a hash as hexadecimal digits in groups of four, to be read aloud."""
    text = digest.hex()
    return " ".join(text[n : n + 4] for n in range(0, len(text), 4))
