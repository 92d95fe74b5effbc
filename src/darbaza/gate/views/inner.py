"""The inner gate: in on the scan itself; out after a look at the photograph."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from darbaza.accounts.permissions import Permission
from darbaza.gate import selectors, services
from darbaza.gate.forms import InnerScan, WithoutPass
from darbaza.gate.models import Pass
from darbaza.gate.views import desk_shown, sending
from darbaza.kernel import ids
from darbaza.kernel.decisions import Decision
from darbaza.kernel.errors import Forbidden, NotFound
from darbaza.pages.requests import Request
from darbaza.sites.types import Paper
from darbaza.visits import selectors as visits

PAGE = "gate/inner/inner.html"
ECHO = timedelta(seconds=15)
"""A pass read again so soon after its bearer came in is the same reading twice."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page says after a scan."""

    state: str
    """ready, in, compare, out, refused, alarm or replaced."""
    visitor: Any = None
    decision: Decision = field(default_factory=Decision)
    code: str = ""
    pass_id: UUID | None = None


@require_GET
def inner(request: Request) -> HttpResponse:
    """Show the gate, ready for the first scan.

    Raises:
        Forbidden: Nobody is let in or out by this actor.
    """
    if not request.actor.may(Permission.GATE_ADMIT):
        raise Forbidden(permission=Permission.GATE_ADMIT.value)
    return _answer(request, Shown("ready"))


@require_POST
def scan(request: Request) -> HttpResponse:
    """Answer a code: in at once; before going out, the photograph."""
    form = InnerScan(request.POST)
    if not form.is_valid():
        return _answer(request, Shown("ready"), form=form, status=422)
    code, way = form.cleaned_data["code"], form.cleaned_data["way"]
    now = timezone.now()
    row = selectors.pass_by_code(code, by=request.actor)
    if row is not None and _goes_out(row, way, now):
        return _answer(
            request, Shown("compare", row.visitor, code=code, pass_id=row.pk)
        )
    if row is not None and way != "out" and _echo(row, now):
        return _answer(request, Shown("in", row.visitor, code=code, pass_id=row.pk))
    step = services.let_out_by_code if way == "out" else services.let_in_by_code
    found, decision = step(
        code, scan_id=form.cleaned_data["scan_id"], by=request.actor, at=now
    )
    visitor = _visitor(request, found.visitor_id) if found else None
    state = ("out" if way == "out" else "in") if decision else "refused"
    return _answer(request, Shown(state, visitor, decision, code))


@require_POST
def out(request: Request) -> HttpResponse:
    """Let out: the officer has compared the photograph with the face."""
    form = InnerScan(request.POST)
    if not form.is_valid():
        return _answer(request, Shown("ready"), form=form, status=422)
    found, decision = services.let_out_by_code(
        form.cleaned_data["code"],
        scan_id=form.cleaned_data["scan_id"],
        by=request.actor,
        at=timezone.now(),
    )
    visitor = _visitor(request, found.visitor_id) if found else None
    return _answer(request, Shown("out" if decision else "refused", visitor, decision))


@require_POST
def other(request: Request) -> HttpResponse:
    """Sound the alarm: another face than in the photograph. Nobody goes out."""
    try:
        key = UUID(request.POST.get("pass", ""))
    except ValueError:
        raise NotFound from None
    row = services.note_other_person(key, by=request.actor, at=timezone.now())
    return _answer(request, Shown("alarm", _visitor(request, row.visitor_id)))


@require_GET
def lost(request: Request) -> HttpResponse:
    """Find somebody who is inside and has no pass any more."""
    text = request.GET.get("q", "")[:80]
    context = {"q": text, "rows": selectors.found_inside(text, by=request.actor)}
    return render(request, "gate/inner/lost.html", context)


@require_http_methods(["GET", "POST"])
def without_pass(request: Request, visitor_id: UUID) -> HttpResponse:
    """Compare the photograph of one who lost the pass; let out, or make a new pass."""
    visitor = _visitor(request, visitor_id)
    form = WithoutPass(request.POST or None, initial={"scan_id": ids.new_id()})
    if not form.is_valid():
        context = {"visitor": visitor, "form": form, **_party(request, visitor)}
        context |= _held(request, visitor)
        return render(request, "gate/inner/without.html", context)
    by, now, reason = request.actor, timezone.now(), form.cleaned_data["reason"]
    if form.cleaned_data["what"] == "new":
        valid = selectors.passes_of(visitor.visit_id, by=by).filter(
            visitor_id=visitor_id, status=Pass.Status.VALID
        )
        row = valid.first()
        if row is None:
            raise NotFound
        services.replace_lost(row.pk, reason=reason, by=by, at=now)
        return _answer(request, Shown("replaced", visitor))
    decision = services.let_out_without_pass(
        visitor_id, scan_id=form.cleaned_data["scan_id"], reason=reason, by=by, at=now
    )
    return _answer(request, Shown("out" if decision else "refused", visitor, decision))


def _goes_out(row: Pass, way: str, now: datetime) -> bool:
    inside = row.visitor.status == "inside" and row.status == Pass.Status.VALID
    return inside and (way == "out" or (way == "auto" and not _echo(row, now)))


def _echo(row: Pass, now: datetime) -> bool:
    came = row.visitor.came_in_at
    inside = row.visitor.status == "inside" and row.status == Pass.Status.VALID
    return inside and came is not None and now - came < ECHO


def _visitor(request: Request, visitor_id: UUID) -> Any:
    found = visits.visitor(visitor_id, by=request.actor)
    if found.institution_id != request.actor.institution_id:
        raise NotFound
    return found


def _party(request: Request, visitor: Any) -> dict[str, Any]:
    """Return the visit of somebody, and who of the party is inside besides."""
    visit = visits.visit(visitor.visit_id, by=request.actor)
    others = [v for v in visit.visitors.all() if v.pk != visitor.pk]
    inside = [v for v in others if v.status == "inside"]
    return {
        "visit": visit,
        "photo_id": visitor.photo_id or visitor.person.photo_id,
        "others_inside": inside,
        "children_inside": [v for v in inside if v.part == "child"],
        "adults_inside": [v for v in inside if v.part != "child"],
        "waiting": [v for v in others if v.status == "allowed"],
    }


def _held(request: Request, visitor: Any) -> dict[str, Any]:
    """Return what the party has not received back; who holds the door only warns."""
    kept = selectors.held_of_visit(visitor.visit_id, by=request.actor)
    own = [d for d in kept if d.visitor_id == visitor.pk]
    return {"held": own, "held_others": [d for d in kept if d not in own]}


def _answer(
    request: Request, shown: Shown, *, form: Any = None, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    context: dict[str, Any] = {
        "shown": shown,
        "scan_id": ids.new_id(),
        "form": form,
        "way": request.POST.get("way", "auto"),
        "now": now,
        "inside_now": selectors.occupancy(by=request.actor, at=now),
        "paper_size": desk_shown.size(request),
        "passages": selectors.passages(by=request.actor, at=now),
    }
    if shown.state == "replaced":
        context["printer"] = sending.printer_of(request, Paper.PASS)
    if shown.visitor is not None:
        context |= _party(request, shown.visitor)
        context |= _held(request, shown.visitor)
    page = f"{PAGE}#work" if request.htmx else PAGE
    return render(request, page, context, status=status)
