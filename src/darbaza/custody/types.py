"""Codes of the register, and what other rooms say to it. No Django here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID


class Regime(StrEnum):
    """Regime of the institution by the sentence (Criminal Code, articles 67 and 68)."""

    GENERAL = "colony_general"
    STRICT = "colony_strict"
    SPECIAL = "colony_special"
    PRISON = "prison_regime"
    JUVENILE_GENERAL = "juvenile_general"
    JUVENILE_STRENGTHENED = "juvenile_strengthened"
    REMAND = "sizo"
    MEDICAL = "medical"
    SETTLEMENT = "settlement"
    """Abolished in 2025 and 2026: for old files only."""


class Conditions(StrEnum):
    """Conditions inside an institution."""

    ORDINARY = "ordinary"
    EASED = "eased"
    STRICT = "strict"


class LegalStatus(StrEnum):
    """Where the criminal case stands."""

    REMAND = "remand"
    """Held before the sentence is final."""
    AWAITING = "awaiting"
    """Sentenced, the sentence not yet executed."""
    SENTENCED = "sentenced"
    LIFE = "life"


class Step(StrEnum):
    """What was done to a file; each is a row with an order and an audit event."""

    ADMITTED = "admitted"
    TRANSFERRED = "transferred"
    REGIME_CHANGED = "regime_changed"
    CONDITIONS_CHANGED = "conditions_changed"
    PLACED = "placed"
    SEPARATED = "separated"
    SEPARATION_ENDED = "separation_ended"
    LEGAL_STATUS_CHANGED = "legal_status_changed"
    RELEASED = "released"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


ISOLATION_DAYS_AT_MOST = 15
"""Nelson Mandela Rules 43 and 44: a sixteenth day cannot be entered."""

CLOSE_RELATIVES = frozenset(
    {
        "parent",
        "child",
        "adoptive_parent",
        "adopted_child",
        "sibling",
        "half_sibling",
        "grandparent",
        "grandchild",
        "spouse",
    }
)
"""Criminal Procedure Code, article 5(19), and the spouse, named separately there."""

RESTRICTION_GROUNDS = (
    "court",
    "investigation",
    "safety",
    "victim",
    "child",
    "prohibited_items",
    "conduct",
    "epidemic",
    "own_wish",
    "earlier_order",
)
"""Why contact may be restricted. Discipline is missing on purpose: Nelson Mandela
Rules, rule 43, paragraph 3."""


@dataclass(frozen=True, slots=True)
class Order:
    """The paper under a step, and from which day the step holds.

    ``request_id`` is the client's: the same request again is the same step.
    """

    number: str
    in_force_on: date
    signed_on: date | None = None
    reason: str = ""
    request_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Admission:
    """Who is admitted, as what and where. The day is the order's ``in_force_on``."""

    person_id: UUID
    number: str
    legal_status: str
    regime: str
    conditions: str = "ordinary"
    term_ends_on: date | None = None
    block_id: UUID | None = None
    cell_id: UUID | None = None
    identity_confirmed: bool = False
    demanded_by: str = ""


@dataclass(frozen=True, slots=True)
class RestrictionDraft:
    """A ban or condition; its level follows from which of the two ids are given."""

    kind: str
    ground: str
    starts_on: date
    reason: str
    authority: str
    order_number: str
    ends_on: date | None = None
    person_id: UUID | None = None
    prisoner_id: UUID | None = None
    request_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class PermitDraft:
    """Leave of an investigator or a court to visit somebody on remand."""

    prisoner_id: UUID
    person_id: UUID
    authority: str
    number: str
    starts_on: date
    ends_on: date
    """The day after the last."""
    visits: int = 1


@dataclass(frozen=True, slots=True)
class Hit:
    """One prisoner found. ``reasons`` are codes: number, and how the name matched.

    ``document`` is the number of the newest identity document, "" where none is known.
    """

    prisoner_id: UUID
    person_id: UUID
    institution_id: UUID
    number: str
    name: str
    birth_on: date | None
    regime: str
    conditions: str
    legal_status: str
    status: str
    block: str
    cell: str
    photo_id: UUID | None
    score: float
    reasons: tuple[str, ...] = ()
    sex: str = "X"
    document: str = ""


@dataclass(frozen=True, slots=True)
class Placement:
    """What the policy on cells looks at: the one to be placed, and who is there."""

    sex: str
    on_remand: bool
    juvenile: bool
    places: int
    others: tuple["Cellmate", ...] = ()
    kept_apart: int = 0
    """How many of the others must not meet this prisoner."""


@dataclass(frozen=True, slots=True)
class Cellmate:
    """Somebody in the cell, as far as separation goes."""

    sex: str
    on_remand: bool
    juvenile: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a restriction would hit, before it is entered.

    ``prisoners`` and ``visitors`` are (name, kinship) of the contacts that the actor
    may see; ``elsewhere`` tells that it holds in every other prison too.
    """

    level: str
    prisoners: tuple[tuple[str, str], ...] = ()
    visitors: tuple[tuple[str, str], ...] = ()
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Filters:
    """What the register list is narrowed to; empty means everything."""

    q: str = ""
    status: str = "held"
    regime: str = ""
    conditions: str = ""
    legal_status: str = ""
    block_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a prisoner's page that a higher room brings along.

    ``load(prisoner_id, by)`` returns the context of ``template`` (where it is called
    ``panel``), or None to stay away. Declaring a panel registers it.
    """

    name: str
    order: int
    template: str
    load: Callable[[UUID, Any], Mapping[str, Any] | None] = field(compare=False)

    def __post_init__(self) -> None:
        PANELS[self.name] = self


PANELS: dict[str, Panel] = {}
