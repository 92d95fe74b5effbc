"""Changes of a visit, each with its reason, and the calls of its prisoner."""

from types import MappingProxyType
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Field, Router, Schema, Status

from darbaza.pages.requests import Request
from darbaza.pages.schemas import Code, Done, Moment, Problem, Words, answers
from darbaza.visits import services
from darbaza.visits.api.shapes import (
    REGISTERED,
    Kind,
    OverrideIn,
    Part,
    RegisteredOut,
    RegistrationIn,
    VerdictOut,
)
from darbaza.visits.types import OverrideRequest

router = Router()
Reason = Annotated[Words, Field(min_length=1, max_length=300)]


class CancelIn(Schema):
    """Why a visit does not take place."""

    cause: Code = Field(examples=["by_family"])
    reason: Reason


class MoveIn(Schema):
    """Where a visit goes. The request id is that of the new visit."""

    request_id: UUID
    session_id: UUID
    seat_id: UUID | None = None
    overrides: list[OverrideIn] = Field([], max_length=20)
    reason: Reason


class CorrectIn(Schema):
    """What was entered wrongly; what is left out stays."""

    kind: Kind | None = None
    closed: bool | None = None
    ends_at: Moment | None = None
    parts: dict[UUID, Part] = {}
    reason: Reason


class NoteIn(Schema):
    """The note of a visit."""

    text: Words


class EndIn(Schema):
    """Who ended a visit before its time, and why."""

    outcome: Code = Field(examples=["ended_early_staff"])
    reason: Reason


class NotBroughtIn(Schema):
    """Why a prisoner was not brought."""

    result: Literal["refused", "ill", "absent"]
    note: Words = ""


@router.post("/bookings", response=REGISTERED)
def book(request: Request, body: RegistrationIn) -> Any:
    """Book a visit for a later day; 409 with every ground where it is refused."""
    done = services.book(body.registration(), by=request.actor, at=timezone.now())
    return Status(201 if done.verdict.takes_place else 409, RegisteredOut.of(done))


@router.post("/visits/{uuid:visit_id}/cancel", response=answers(Done))
def cancel(request: Request, visit_id: UUID, body: CancelIn) -> Any:
    """Cancel a visit."""
    row = services.cancel(
        visit_id, body.cause, reason=body.reason, by=request.actor, at=timezone.now()
    )
    return {"id": str(row.pk), "status": row.status}


@router.post(
    "/visits/{uuid:visit_id}/move",
    response={**answers(RegisteredOut), 409: VerdictOut | Problem},
)
def move(request: Request, visit_id: UUID, body: MoveIn) -> Any:
    """Move a visit; 409 with every ground where the new time is refused."""
    overrides = tuple(OverrideRequest(**o.dict()) for o in body.overrides)
    to = services.MoveTo(body.request_id, body.session_id, body.seat_id, overrides)
    done = services.move(
        visit_id, to, reason=body.reason, by=request.actor, at=timezone.now()
    )
    if done.registered is None:
        return Status(409, VerdictOut.of(done.verdict))
    return RegisteredOut.of(done.registered)


@router.post("/visits/{uuid:visit_id}/correct", response=answers(Done))
def correct(request: Request, visit_id: UUID, body: CorrectIn) -> Any:
    """Correct what was entered wrongly."""
    correction = services.Correction(
        body.kind, body.closed, body.ends_at, MappingProxyType(dict(body.parts))
    )
    row = services.correct(
        visit_id, correction, reason=body.reason, by=request.actor, at=timezone.now()
    )
    return {"id": str(row.pk), "status": row.status}


@router.put("/visits/{uuid:visit_id}/note", response=answers(Done))
def note(request: Request, visit_id: UUID, body: NoteIn) -> Any:
    """Write the note of a visit."""
    row = services.note(visit_id, body.text, by=request.actor, at=timezone.now())
    return {"id": str(row.pk), "status": row.status}


@router.post("/visits/{uuid:visit_id}/end", response=answers(Done))
def end_early(request: Request, visit_id: UUID, body: EndIn) -> Any:
    """End a visit before its time."""
    row = services.end_early(
        visit_id, body.outcome, reason=body.reason, by=request.actor, at=timezone.now()
    )
    return {"id": str(row.pk), "status": row.status}


@router.post("/visits/{uuid:visit_id}/call", response=answers(Done))
def call(request: Request, visit_id: UUID) -> Any:
    """Call the prisoner from the block."""
    row = services.call(visit_id, by=request.actor, at=timezone.now())
    return {"id": str(row.pk), "status": row.result}


@router.post("/visits/{uuid:visit_id}/brought", response=answers(Done))
def brought(request: Request, visit_id: UUID) -> Any:
    """Say that the prisoner stands in the visiting room."""
    row = services.brought(visit_id, by=request.actor, at=timezone.now())
    return {"id": str(row.pk), "status": row.result}


@router.post("/visits/{uuid:visit_id}/not-brought", response=answers(Done))
def not_brought(request: Request, visit_id: UUID, body: NotBroughtIn) -> Any:
    """Say that the prisoner refused, is ill or is not available."""
    row = services.not_brought(
        visit_id, body.result, note=body.note, by=request.actor, at=timezone.now()
    )
    return {"id": str(row.pk), "status": row.result}


@router.post("/visits/{uuid:visit_id}/returned", response=answers(Done))
def returned(request: Request, visit_id: UUID) -> Any:
    """Say that the prisoner is back in the block."""
    row = services.returned(visit_id, by=request.actor, at=timezone.now())
    return {"id": str(row.pk), "status": row.result}
