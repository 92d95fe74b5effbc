"""What a half done registration knows so far; kept as JSON in the officer's draft.

Plain Python. Keys are texts here, because JSON knows no others.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID


@dataclass(slots=True)
class Comer:
    """One person of the party, already on record."""

    person: str
    part: str = "adult"
    """lead, adult or child."""
    document: str = ""
    photo: str = ""
    paper: str = ""
    conditions: list[str] = field(default_factory=list)
    findings: list[list[Any]] = field(default_factory=list)
    """What is odd about the document, as ``[code, days]``."""
    fresh: bool = False
    """Put on record a moment ago, at this desk."""
    reasons: list[str] = field(default_factory=list)
    """Why this record was taken, as codes."""


@dataclass(slots=True)
class Question:
    """A reading that waits for the officer: who of these, or is it read right?"""

    person: dict[str, Any]
    document: dict[str, Any]
    part: str = ""
    paper: str = ""
    source: str = "typed"
    trust: str = "sure"
    confirm: bool = False
    """The officer must compare every field with the document first."""
    conditions: list[str] = field(default_factory=list)
    findings: list[list[Any]] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    """One mark for each character of the lines: repaired, doubted or plain."""
    doubted: list[str] = field(default_factory=list)
    """Fields of the zone that were repaired or do not fit."""
    crop: str = ""
    """The zone of the picture as PNG, base64."""
    hits: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Lift:
    """A ground set aside, with the reason."""

    code: str
    reason: str
    person: str = ""
    """Whom of the party it concerns; of a sending the number of its line."""


@dataclass(slots=True)
class Entered:
    """One line of a sending as entered."""

    item: str
    quantity: int
    grams: int
    words: str = ""


@dataclass(slots=True)
class Parcel:
    """What the lead brings, or the post brought, for the prisoner."""

    channel: str = "package"
    lines: list[Entered] = field(default_factory=list)
    weighed_g: int | None = None
    advice: str = ""
    sender_name: str = ""
    """As written on a posted parcel; empty where somebody stands at the window."""
    barcode: str = ""
    """Of goods from a shop that no desk has learned yet: waits for its item."""
    lifts: list[Lift] = field(default_factory=list)
    rank: str = ""

    @property
    def posted(self) -> bool:
        """Whether it came by post, so that nobody need stand at the window."""
        return self.channel in {"parcel", "packet", "legal_mail"}


@dataclass(slots=True)
class State:
    """Everything about the party in front of the window."""

    people: list[Comer] = field(default_factory=list)
    question: Question | None = None
    wants: str = ""
    """Part of the next person scanned: child, adult, or empty for whichever fits."""
    prisoner: str = ""
    kind: str = "short"
    closed: bool = False
    session: str = ""
    seat: str = ""
    booked: str = ""
    """The booked visit that this party arrives for."""
    lifts: list[Lift] = field(default_factory=list)
    rank: str = ""
    """Who answers for what was set aside, if not the officer."""
    language: str = "ky"
    """Language of the paper for the family."""
    glimpse: list[str] = field(default_factory=list)
    """The lines that the last frame of the webcam gave, until another says the same."""
    inbox: list[dict[str, Any]] = field(default_factory=list)
    """Questions that the watched folder brought, oldest first."""
    errand: str = "visit"
    """What the desk shows: visit or parcel; what is entered for the other stays."""
    parcel: Parcel = field(default_factory=Parcel)

    @property
    def lead(self) -> Comer | None:
        """The lead visitor."""
        return next((c for c in self.people if c.part == "lead"), None)

    def comer(self, person_id: UUID | str) -> Comer | None:
        """Return one of the party."""
        return next((c for c in self.people if c.person == str(person_id)), None)

    @property
    def empty(self) -> bool:
        """Is there nothing that could be lost?"""
        entered = self.parcel.lines or self.parcel.sender_name
        known = self.people or self.question or self.prisoner or self.inbox
        return not (known or entered)

    def bringing(self) -> "State":
        """Return the state of the same people with what they bring, and no visit."""
        people = [self.lead] if self.lead else []
        return State(
            people=people, prisoner=self.prisoner, errand="parcel", parcel=self.parcel
        )

    def plain(self) -> dict[str, Any]:
        """Return the state as JSON takes it."""
        return asdict(self)


def load(kept: Mapping[str, Any]) -> State:
    """Return the state kept in a draft; fields of another version are left out."""
    known = {n: v for n, v in kept.items() if n in State.__dataclass_fields__}
    state = State(**known)
    state.people = [_made(Comer, row) for row in kept.get("people", ())]
    state.lifts = [_made(Lift, row) for row in kept.get("lifts", ())]
    if kept.get("question"):
        state.question = question(kept["question"])
    if kept.get("parcel"):
        state.parcel = _parcel(kept["parcel"])
    return state


def question(kept: Mapping[str, Any]) -> Question:
    """Return a question kept in a draft or in its inbox."""
    made: Question = _made(Question, kept)
    return made


def _parcel(kept: Mapping[str, Any]) -> Parcel:
    parcel: Parcel = _made(Parcel, kept)
    parcel.lines = [_made(Entered, row) for row in kept.get("lines", ())]
    parcel.lifts = [_made(Lift, row) for row in kept.get("lifts", ())]
    return parcel


def _made(kind: type[Any], row: Mapping[str, Any]) -> Any:
    return kind(**{n: v for n, v in row.items() if n in kind.__dataclass_fields__})
