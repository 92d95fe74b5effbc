"""What the gate's doors take and give. No Django here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from darbaza.audit.types import Link
from darbaza.sites.types import Names
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
    """Everybody who must leave at one moment: at visits by room, all others by kind."""

    at: datetime
    rooms: tuple[RoomOfPeople, ...]
    others: tuple[tuple[str, tuple["Somebody", ...]], ...] = ()
    """Staff, contractors, deliveries, officials and guests, by category."""

    @property
    def passages(self) -> int:
        """All who are neither visitors nor prisoners."""
        return sum(len(people) for _category, people in self.others)

    @property
    def everybody(self) -> int:
        """Everybody on the list."""
        return self.visitors + self.prisoners + self.passages

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


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One line of what somebody leaves at the entrance."""

    kind: str
    count: int = 1
    words: str = ""


@dataclass(frozen=True, slots=True)
class DepositDraft:
    """What somebody leaves, and where it is put."""

    items: tuple[ItemDraft, ...]
    locker_id: UUID | None = None
    tag: str = ""
    """The number on a token of the house; empty for one made up now."""
    visitor_id: UUID | None = None
    name: str = ""
    """Of somebody who is no visitor; with the document."""
    document: str = ""


@dataclass(frozen=True, slots=True)
class BadgeDraft:
    """A card that somebody carries for good."""

    number: str
    name: str
    category: str
    organisation: str = ""
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class PassageDraft:
    """Somebody who comes in, as typed at the gate."""

    name: str
    category: str
    document: str = ""
    organisation: str = ""
    purpose: str = ""
    place: str = ""
    card: str = ""

    @property
    def key(self) -> str:
        """Who this is, for the rule that nobody is inside twice."""
        if self.document:
            return f"document:{self.document}"
        return f"name:{self.name} / {self.organisation}".casefold()


@dataclass(frozen=True, slots=True)
class Moved:
    """Which way a badge went, and whether this reading only repeats the one before."""

    passage: Any
    way: str
    """in or out."""
    again: bool = False


@dataclass(frozen=True, slots=True)
class SearchDraft:
    """A search of a vehicle: by what means, with what result."""

    mirror: bool = False
    dog: bool = False
    load: bool = False
    found: str = ""
    """What was found; empty for nothing."""


@dataclass(frozen=True, slots=True)
class VehicleDraft:
    """A vehicle that wants to come in, with its people."""

    plate: str
    kind: str
    driver: PassageDraft
    passengers: tuple[PassageDraft, ...] = ()
    organisation: str = ""
    purpose: str = ""
    load: str = ""
    seals: str = ""


@dataclass(frozen=True, slots=True)
class Departure:
    """A vehicle that wants to leave: who drives, who goes with it, with what load."""

    driver: UUID | None = None
    """The passage of whoever drives; None for nobody of those who are inside."""
    people: frozenset[UUID] = frozenset()
    """The passages of all who leave in it, the driver too."""
    load: str = ""
    seals: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """A vehicle inside, as far as the rule of its leaving asks."""

    load: str = ""
    seals: str = ""
    drivers: frozenset[UUID] = frozenset()
    people: frozenset[UUID] = frozenset()
    """The passages of those who came in it and are still inside."""
    searched_clear: bool = False


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person inside, whoever it is; prisoners are not counted here."""

    category: str
    """visitor, or a category of passages."""
    name: str
    came_in_at: datetime
    organisation: str = ""
    place: str = ""
    card: str = ""
    passage_id: UUID | None = None
    visit_id: UUID | None = None
    plate: str = ""
    drives: bool = False


@dataclass(frozen=True, slots=True)
class LaneDraft:
    """A lane of the queue as a person sets it up."""

    prefix: str
    kind: str
    names: Names
    position: int = 1
    head_start_minutes: int = 0
    usual_minutes: int = 5
    target_minutes: int = 30
    late_return_minutes: int = 15


@dataclass(frozen=True, slots=True)
class ScreenDraft:
    """A kiosk or a display as a person sets it up."""

    name: str
    kind: str
    post_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TimingDraft:
    """One family timed with a stop-watch, in seconds; None where not timed."""

    on: date
    lane_id: UUID
    wait: int | None = None
    desk: int | None = None
    to_search: int | None = None
    search: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a hand-over: counted by the system, counted by whoever takes over."""

    code: str
    count: int
    link: str = ""
    """Name of the address where the things themselves are listed."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an entrance has on record of its own days; None where nothing is."""

    days: int
    """Days with visits or parcels, of those looked at."""
    families: float | None = None
    """A day, visits and parcels together."""
    parcels: float | None = None
    """Share of them, 0 to 1."""
    desk_minutes: float | None = None
    """From the call, else the first key at the desk, to the end of a registration."""
    paper_minutes: float | None = None
    """The same on paper, as timed with a stop-watch."""
    search_minutes: float | None = None
    visit_minutes: float | None = None
    """From coming in to leaving, on average."""
    seats: int | None = None


def grouped(digest: bytes) -> str:
    """Return a hash as hexadecimal digits in groups of four, to be read aloud."""
    text = digest.hex()
    return " ".join(text[n : n + 4] for n in range(0, len(text), 4))
