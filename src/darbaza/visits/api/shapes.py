"""What comes in and goes out about visits."""

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema

from darbaza.kernel.decisions import Decision
from darbaza.pages import schemas
from darbaza.pages.schemas import Code, Moment, Words
from darbaza.visits.types import (
    OverrideRequest,
    Party,
    Registered,
    Registration,
    Verdict,
)

Kind = Literal["short", "long", "lawyer", "official", "consular", "religious", "video"]
Part = Literal["lead", "adult", "child"]


class PartyIn(Schema):
    """One visitor at the window."""

    person_id: UUID
    part: Part = "lead"
    document_id: UUID | None = None
    photo_id: UUID | None = None
    paper: Code = Field("", examples=["birth_certificate"])
    conditions: list[Code] = Field([], max_length=8)


class OverrideIn(Schema):
    """A ground to set aside, with the reason."""

    code: Annotated[Code, Field(min_length=1)] = Field(examples=["quota_used"])
    reason: Annotated[Words, Field(min_length=1, max_length=300)]
    person_id: UUID | None = None


class RegistrationIn(Schema):
    """A visiting party. The request id makes it happen once."""

    request_id: UUID
    prisoner_id: UUID
    kind: Kind = "short"
    parties: list[PartyIn] = Field(min_length=1, max_length=12)
    session_id: UUID | None = None
    seat_id: UUID | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    closed: bool = False
    overrides: list[OverrideIn] = Field([], max_length=20)
    note: Words = ""

    def registration(self) -> Registration:
        """Return it as the services take it."""
        values = self.dict(exclude={"parties", "overrides"})
        people = [p.dict() for p in self.parties]
        return Registration(
            **values,
            parties=tuple(
                Party(**p | {"conditions": tuple(p["conditions"])}) for p in people
            ),
            overrides=tuple(OverrideRequest(**o.dict()) for o in self.overrides),
        )


class VerdictOut(schemas.Told):
    """The decision on the visit, and on each visitor."""

    takes_place: bool
    visit: schemas.DecisionOut
    visitors: dict[str, schemas.DecisionOut]
    """By person."""

    @classmethod
    def of(cls, verdict: Verdict) -> "VerdictOut":
        """Return a verdict as the API says it."""
        return cls(
            takes_place=verdict.takes_place,
            visit=schemas.DecisionOut.of(verdict.visit),
            visitors={
                str(key): schemas.DecisionOut.of(one)
                for key, one in verdict.visitors.items()
            },
        )


class RegisteredOut(schemas.Told):
    """What registering did; a refusal has its number and every ground."""

    visit_id: UUID
    reference: str = Field(examples=["7KQ-3F9X"])
    status: str = Field(examples=["registered"])
    seat: str
    refusal_number: str
    again: bool
    verdict: VerdictOut
    visitors: dict[str, UUID]
    """Visitor row by person."""
    passes: dict[str, str] = {}
    """What stands in the QR code, by visitor row."""

    @classmethod
    def of(cls, done: Registered, passes: dict[str, str] | None = None) -> Any:
        """Return a registration as the API says it."""
        return cls(
            visit_id=done.visit_id,
            reference=done.reference,
            status=done.status,
            seat=done.seat_label,
            refusal_number=done.refusal_number,
            again=done.again,
            verdict=VerdictOut.of(done.verdict),
            visitors={str(person): row for person, row in done.visitors.items()},
            passes=passes or {},
        )


REGISTERED: dict[int, Any] = {
    **schemas.answers(RegisteredOut, 201),
    409: RegisteredOut | schemas.Problem,
}
"""Answers of an operation that registers: refused is 409 with every ground."""


class VisitorOut(Schema):
    """One person's part in a visit."""

    id: UUID
    person_id: UUID
    name: str
    part: str
    status: str
    came_in_at: Moment | None
    left_at: Moment | None
    decision: schemas.DecisionOut


class VisitOut(Schema):
    """One visit with its people."""

    id: UUID
    reference: str
    kind: str
    status: str
    sub_status: str
    outcome: str
    starts_at: Moment
    ends_at: Moment
    room: str
    seat: str
    closed: bool
    prisoner: str
    prisoner_number: str
    call: str
    note: str
    visitors: list[VisitorOut]

    @classmethod
    def of(cls, row: Any) -> "VisitOut":
        """Return a visit row as the API says it."""
        plain = ("id", "reference", "kind", "status", "sub_status", "outcome")
        more = ("starts_at", "ends_at", "closed", "note")
        call = getattr(row, "call", None)
        return cls(
            **{name: getattr(row, name) for name in (*plain, *more)},
            room=row.session.room.name if row.session else "",
            seat=row.seat.label if row.seat else "",
            prisoner=row.prisoner.person.name,
            prisoner_number=row.prisoner.number,
            call=call.result if call else "",
            visitors=[_visitor(v) for v in row.visitors.all()],
        )


def _visitor(row: Any) -> VisitorOut:
    names = ("id", "person_id", "part", "status", "came_in_at", "left_at")
    return VisitorOut(
        **{name: getattr(row, name) for name in names},
        name=row.person.name,
        decision=schemas.DecisionOut.of(Decision.of_facts(row.grounds)),
    )


class DayOut(Schema):
    """One page of visits."""

    total: int
    page: int
    visits: list[VisitOut]


class SlotOut(Schema):
    """What takes place when, and how much of it is free."""

    session_id: UUID | None
    template_id: UUID | None
    kind: str
    room: str
    starts_at: Moment
    ends_at: Moment
    places: int
    taken: int
    open_free: int
    closed_free: int
    usable: bool
