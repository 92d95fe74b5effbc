"""The gate over the API: register with passes, in, out, who is inside, papers."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone, translation
from ninja import Field, Router, Schema, Status

from darbaza.gate import codes, reports, selectors, services, sheets
from darbaza.gate.api.readers import router as readers
from darbaza.gate.types import Issued
from darbaza.kernel.decisions import Decision
from darbaza.kernel.errors import Conflict
from darbaza.pages import papers, schemas
from darbaza.pages.requests import Request
from darbaza.pages.schemas import Code, Moment, Problem, answers
from darbaza.visits import selectors as visits
from darbaza.visits import services as visit_services
from darbaza.visits.api.shapes import REGISTERED, RegisteredOut, RegistrationIn

router = Router(tags=["gate"])
router.add_router("", readers)
PDF: dict[str, Any] = schemas.file_answers("application/pdf")


class ScanIn(Schema):
    """A scanned pass. The same scan id again is the same step."""

    code: Code = Field(examples=["DZ1:0123456789ABCDEFGHJKMNPQ"])
    scan_id: UUID


class ScanOut(Schema):
    """What became of a scan."""

    done: bool
    decision: schemas.DecisionOut
    visitor_id: UUID | None = None
    visit_id: UUID | None = None
    name: str = ""
    photo_id: UUID | None = None


class InsideOut(Schema):
    """One visitor who is inside."""

    visitor_id: UUID
    visit_id: UUID
    name: str
    reference: str
    part: str
    prisoner: str
    room: str
    seat: str
    came_in_at: Moment
    ends_at: Moment


class OccupancyOut(Schema):
    """Who is inside against the capacity of the entrance."""

    inside: int
    capacity: int
    overdue: int
    people: list[InsideOut]


@router.post(
    "/gate/visits",
    response=REGISTERED,
)
def register(request: Request, body: RegistrationIn) -> Any:
    """Register a party with passes; 409 with every ground where it is refused."""
    done = services.register(body.registration(), by=request.actor, at=timezone.now())
    return _registered(done)


@router.post(
    "/gate/visits/{uuid:visit_id}/arrive",
    response=REGISTERED,
)
def arrive(request: Request, visit_id: UUID, body: RegistrationIn) -> Any:
    """Register a booked party for those who really came."""
    by, at = request.actor, timezone.now()
    done = visit_services.arrive(visit_id, body.registration(), by=by, at=at)
    return _registered(services.issue_passes(done, by=by, at=at))


def _registered(done: Issued) -> Any:
    passes = {str(key): codes.printed(n) for key, n in done.passes.items()}
    told = RegisteredOut.of(done.registered, passes)
    return Status(201 if done.registered.verdict.takes_place else 409, told)


@router.post("/gate/in", response={**answers(ScanOut), 409: ScanOut | Problem})
def let_in(request: Request, body: ScanIn) -> Any:
    """Let in whoever the pass was made for; 409 with the grounds where not."""
    row, decision = services.let_in_by_code(
        body.code, scan_id=body.scan_id, by=request.actor, at=timezone.now()
    )
    return _scanned(row, decision)


@router.post("/gate/out", response={**answers(ScanOut), 409: ScanOut | Problem})
def let_out(request: Request, body: ScanIn) -> Any:
    """Let out: only after somebody compared the photograph with the face."""
    row, decision = services.let_out_by_code(
        body.code, scan_id=body.scan_id, by=request.actor, at=timezone.now()
    )
    return _scanned(row, decision)


@router.post("/gate/look", response={**answers(ScanOut), 409: ScanOut | Problem})
def look(request: Request, body: ScanIn) -> Any:
    """Say whose pass it is and give the photograph to compare; nobody moves."""
    row = selectors.pass_by_code(body.code, by=request.actor)
    if row is None:
        raise Conflict("pass_unknown")
    return _scanned(row, Decision())


def _scanned(row: Any, decision: Decision) -> Any:
    told: dict[str, Any] = {
        "done": bool(decision),
        "decision": schemas.DecisionOut.of(decision),
    }
    if row is not None:
        one = row.visitor
        told |= {
            "visitor_id": one.pk,
            "visit_id": one.visit_id,
            "name": one.person.name,
            "photo_id": one.photo_id or one.person.photo_id,
        }
    return Status(200 if decision else 409, ScanOut(**told))


@router.get("/gate/inside", response=answers(OccupancyOut))
def inside(request: Request) -> Any:
    """List who is inside now, longest overdue first."""
    by, at = request.actor, timezone.now()
    found = selectors.occupancy(by=by, at=at)
    names = InsideOut.model_fields
    return {
        "inside": found.inside,
        "capacity": found.capacity,
        "overdue": found.overdue,
        "people": [
            {name: getattr(one, name) for name in names}
            for one in selectors.inside_now(by=by)
        ],
    }


@router.get("/gate/evacuation.pdf", **PDF)
def evacuation(request: Request) -> HttpResponse:
    """Give everybody who must leave, by room, as PDF."""
    found = services.list_evacuation(by=request.actor, at=timezone.now())
    language = sheets.language_of((translation.get_language() or "")[:2])
    data = reports.evacuation(found, language, by=request.actor)
    return _pdf("evacuation", data)


@router.get("/visits/{uuid:visit_id}/passes.pdf", **PDF)
def passes(request: Request, visit_id: UUID, size: Code = "a5") -> HttpResponse:
    """Give the valid passes of a visit; every print is counted."""
    by, at = request.actor, timezone.now()
    data = sheets.counted_passes(visit_id, size, by=by, at=at)
    return _pdf("pass", data)


@router.get("/refusals/{uuid:refusal_id}/paper.pdf", **PDF)
def refusal(request: Request, refusal_id: UUID, language: Code = "") -> HttpResponse:
    """Give a refusal as it is told to the family."""
    by, at = request.actor, timezone.now()
    row = visits.refusal(refusal_id, by=by)
    return _pdf("refusal", sheets.counted_refusal(row, language, by=by, at=at))


def _pdf(sheet: str, data: dict[str, Any]) -> HttpResponse:
    return HttpResponse(papers.pdf("gate", sheet, data), content_type="application/pdf")
