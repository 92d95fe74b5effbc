"""What comes in, what is known, and what goes out of a decision about a visit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from darbaza.kernel.decisions import Decision, Ground, Rule
from darbaza.kernel.periods import Period

USES_ALLOWANCE = frozenset({"short", "long"})
PRIVILEGED = frozenset({"lawyer", "official", "consular"})
"""Visits that a restriction made for families does not touch."""
ACTIVE = ("booked", "registered", "inside")
"""Statuses that hold a seat."""


# What the desk asks ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Party:
    """One visitor as the desk knows them: who, with which paper, in which part."""

    person_id: UUID
    part: str = "lead"
    """lead, adult or child."""
    document_id: UUID | None = None
    photo_id: UUID | None = None
    paper: str = ""
    """A further paper that the officer saw: birth_certificate, warrant ..."""
    conditions: tuple[str, ...] = ()
    """Condition codes of the scanned zone (see ``persons.mrz.condition``)."""


@dataclass(frozen=True, slots=True)
class OverrideRequest:
    """A ground to set aside for one visitor (or, with None, for the visit)."""

    code: str
    reason: str
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """A visiting party in front of the window. The request id makes it happen once."""

    request_id: UUID
    prisoner_id: UUID
    kind: str
    parties: tuple[Party, ...]
    session_id: UUID | None = None
    seat_id: UUID | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    closed: bool = False
    source: str = "walk_in"
    status: str = "registered"
    """registered, or booked for a later day."""
    overrides: tuple[OverrideRequest, ...] = ()
    note: str = ""
    replaces: UUID | None = None
    """The booked or moved visit whose place and allowance this one takes over."""


# What is known -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RestrictionFact:
    """One restriction in force on the day, at one of three levels."""

    kind: str
    level: str
    """person, pair or prisoner."""
    until: date | None
    order: str
    authority: str


@dataclass(frozen=True, slots=True)
class SlotFact:
    """The dated session and how full it is."""

    starts_at: datetime
    ends_at: datetime
    open_places: int
    closed_places: int
    open_taken: int
    closed_taken: int
    cancelled: bool = False
    seat_id: UUID | None = None
    seat_label: str = ""
    seat_people: int = 0
    seats: int = 0
    """How many seats the room has, where none is free; 0: they are not numbered."""


@dataclass(frozen=True, slots=True)
class AllowanceFact:
    """The quota of the regime and what is left of it in the period of the day."""

    quota_id: UUID
    amount: int | None
    left: int
    due: int
    """Amount of the grant or change that the ledger still lacks."""
    granted: bool
    """Whether the period's grant already stands in the ledger."""
    period: Period
    rule: Rule


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """Everything about prisoner, session and allowance that a decision rests on."""

    kind: str
    day: date
    held: bool
    here: bool
    legal_status: str
    people: int
    children: int
    closed: bool
    slot: SlotFact | None
    allowance: AllowanceFact | None
    restrictions: tuple[RestrictionFact, ...] = ()
    separations: tuple[tuple[str, date | None], ...] = ()
    keep_apart: frozenset[str] = frozenset()
    """Levels at which a keep-apart pair is hit: session, day."""
    block_fits: bool = True
    """Whether the session is held for the prisoner's block."""


@dataclass(frozen=True, slots=True)
class VisitorFacts:
    """Everything about one visitor."""

    person_id: UUID
    part: str
    birth_on: date | None = None
    earlier_visits: int = 0
    document_kind: str = ""
    document_expires_on: date | None = None
    paper: str = ""
    conditions: tuple[str, ...] = ()
    contact_status: str = ""
    kinship: str = ""
    permit_left: int | None = None
    """Visits left on a permit in force; None without a permit."""
    inside: bool = False
    registered_today: bool = False
    restrictions: tuple[RestrictionFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that grounds name, by code; one not loaded counts as unverified."""

    by_code: Mapping[str, Rule] = field(default_factory=dict)

    def __getitem__(self, code: str) -> Rule:
        return self.by_code.get(code) or Rule(code)


# What comes out ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision on the visit, and on each visitor by person."""

    visit: Decision
    visitors: Mapping[UUID, Decision]
    lead: UUID

    @property
    def takes_place(self) -> bool:
        """Whether the visit may be registered: nothing blocks it nor its lead."""
        return bool(self.visit) and bool(self.visitors[self.lead])

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """All grounds, the visit's first."""
        own = tuple(g for d in self.visitors.values() for g in d.grounds)
        return self.visit.grounds + own


@dataclass(frozen=True, slots=True)
class Registered:
    """What registering did. ``again`` marks a repeat of an earlier request."""

    visit_id: UUID
    reference: str
    status: str
    verdict: Verdict
    visitors: Mapping[UUID, UUID]
    """Visitor row by person; refused ones too."""
    seat_label: str = ""
    refusal_number: str = ""
    again: bool = False

    @property
    def facts(self) -> Mapping[str, Any]:
        """Codes for logs and tests."""
        return {"status": self.status, "codes": [g.code for g in self.verdict.grounds]}
