"""Sessions, decisions, visits and refusals, as they are."""

from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from django.utils import timezone
from ninja import Field, Router, Schema

from darbaza.kernel.decisions import Decision
from darbaza.pages import schemas
from darbaza.pages.requests import Request
from darbaza.pages.schemas import Code, Day, Moment, answers
from darbaza.visits import selectors, services
from darbaza.visits.api.shapes import (
    DayOut,
    Kind,
    RegistrationIn,
    SlotOut,
    VerdictOut,
    VisitOut,
)

router = Router()


class SessionIn(Schema):
    """A row of the timetable on a day."""

    template_id: UUID
    on: Day = Field(examples=["2026-11-23"])


class RefusalOut(Schema):
    """A refusal as it was decided and told."""

    id: UUID
    number: str = Field(examples=["7KQ-3F9X"])
    at: Moment
    visit_id: UUID | None
    person_id: UUID | None
    decision: schemas.DecisionOut
    complained_at: Moment | None
    answer_due_on: Day | None
    answered_at: Moment | None


@router.get("/sessions", response=answers(list[SlotOut]))
def sessions(
    request: Request,
    on: Day | None = None,
    kind: Kind | None = None,
    prisoner_id: UUID | None = None,
) -> Any:
    """List what takes place on a day, today unless told."""
    day = on or timezone.localdate()
    found = selectors.sessions_on(
        day, kind=kind, prisoner_id=prisoner_id, by=request.actor
    )
    names = ("session_id", "template_id", "kind", "starts_at", "ends_at", "places")
    more = ("taken", "open_free", "closed_free", "usable")
    return [
        {name: getattr(slot, name) for name in (*names, *more)}
        | {"room": slot.room.name}
        for slot in found
    ]


@router.post("/sessions", response=answers(schemas.Done))
def session_for(request: Request, body: SessionIn) -> Any:
    """Give the dated session of a row of the timetable, made when first needed."""
    row = services.session_for(
        body.template_id, body.on, by=request.actor, at=timezone.now()
    )
    return {"id": str(row.pk)}


@router.post("/visits/decide", response=answers(VerdictOut))
def decide(request: Request, body: RegistrationIn) -> Any:
    """Say what registering would decide; nothing is written."""
    verdict = services.decide(body.registration(), by=request.actor, at=timezone.now())
    return VerdictOut.of(verdict)


@router.get("/visits", response=answers(DayOut))
def day(
    request: Request,
    on: Day | None = None,
    status: Code = "",
    page: Annotated[int, Field(ge=1, le=10_000)] = 1,
    size: Annotated[int, Field(ge=1, le=200)] = 50,
) -> Any:
    """List the visits of a day, today unless told, in order of time."""
    first = on or timezone.localdate()
    filters = selectors.Filters(first, first + timedelta(days=1), status=status)
    rows = selectors.visits(filters, by=request.actor).order_by("starts_at", "id")
    found, total = schemas.page(rows, page, size)
    return {"total": total, "page": page, "visits": [VisitOut.of(r) for r in found]}


@router.get("/visits/{uuid:visit_id}", response=answers(VisitOut))
def visit(request: Request, visit_id: UUID) -> Any:
    """Give one visit with everybody in it."""
    return VisitOut.of(selectors.visit(visit_id, by=request.actor))


@router.get("/refusals/{uuid:refusal_id}", response=answers(RefusalOut))
def refusal(request: Request, refusal_id: UUID) -> Any:
    """Give one refusal with its grounds and its complaint."""
    row = selectors.refusal(refusal_id, by=request.actor)
    return _refusal(row)


@router.get("/refusals/number/{number}", response=answers(RefusalOut))
def refusal_by_number(request: Request, number: Code) -> Any:
    """Find a refusal by the number on the family's paper."""
    return _refusal(selectors.refusal_by_number(number, by=request.actor))


def _refusal(row: Any) -> dict[str, Any]:
    names = ("id", "number", "at", "visit_id", "person_id", "complained_at")
    more = ("answer_due_on", "answered_at")
    told = schemas.DecisionOut.of(Decision.of_facts(row.grounds))
    return {name: getattr(row, name) for name in (*names, *more)} | {"decision": told}
