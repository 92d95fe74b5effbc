"""The board: who is inside, what is late, what was refused; fresh by itself."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from darbaza.accounts.permissions import Permission
from darbaza.gate import selectors, texts
from darbaza.gate.types import Inside
from darbaza.kernel.decisions import Decision
from darbaza.kernel.errors import Forbidden
from darbaza.pages import dates, grounds
from darbaza.pages.requests import Request
from darbaza.visits import selectors as visits

SHIFT = timedelta(hours=12)
LISTED = 12


@require_GET
def board(request: Request) -> HttpResponse:
    """Show the board, or the part of it that changes, for the page's own polling."""
    if not request.actor.may(Permission.GATE_BOARD):
        raise Forbidden(permission=Permission.GATE_BOARD.value)
    page = "gate/board/board.html"
    name = f"{page}#now" if request.htmx else page
    return render(request, name, _context(request))


def _context(request: Request) -> dict[str, Any]:
    by, now = request.actor, timezone.now()
    people = selectors.inside_now(by=by)
    context: dict[str, Any] = {
        "now": now,
        "today": timezone.localdate(now),
        "inside_now": selectors.occupancy(by=by, at=now),
        "people": [(p, _late(p, now)) for p in people],
        "overdue": [(p, _late(p, now)) for p in people if p.overdue(now)],
        "running": selectors.running(by=by, at=now),
        "outstanding": selectors.outstanding(by=by).count(),
        "calls": selectors.calls_open(by=by, at=now),
        "may_report": by.may(Permission.SHIFT_REPORT),
        "may_plan": by.may(Permission.WAIT_PLAN),
        "may_admit": request.actor.may(Permission.GATE_ADMIT),
        "may_override": by.may(Permission.OVERRIDE_SEE),
        "since": now - SHIFT,
    }
    return context | _exceptions(request)


def _late(one: Inside, now: Any) -> int:
    """Return by how many whole minutes somebody is overdue."""
    return dates.minutes(now - one.ends_at)


def _exceptions(request: Request) -> dict[str, Any]:
    by, now = request.actor, timezone.now()
    since, today = now - SHIFT, timezone.localdate(now)
    refused = visits.refusals(by=by).filter(
        institution_id=by.institution_id, at__gte=since
    )
    context: dict[str, Any] = {
        "refusals": [(r, _why(r.grounds)) for r in refused[:LISTED]],
        "refusals_count": refused.count(),
    }
    if by.may(Permission.OVERRIDE_SEE):
        days = timezone.localdate(since), today + timedelta(days=1)
        lifted = visits.overrides(*days, by=by).filter(
            institution_id=by.institution_id, at__gte=since
        )
        context["overrides"] = [(o, texts.ground(o.code)) for o in lifted[:LISTED]]
        context["overrides_count"] = lifted.count()
    return context


def _why(facts: Any) -> str:
    against = Decision.of_facts(facts).blocking
    return "; ".join(grounds.officer(g) for g in against)
