"""Later entries in conflict: what was done about each, with a reason."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from darbaza.kernel.decisions import Decision
from darbaza.kernel.errors import Invalid
from darbaza.pages.requests import Request
from darbaza.visits import forms, selectors, services
from darbaza.visits.models import Visit


@require_GET
def review(request: Request) -> HttpResponse:
    """Show later entries that are in conflict with what the computer knew."""
    conflicts = [
        (visit, _grounds(visit)) for visit in selectors.conflicts(by=request.actor)
    ]
    return render(request, "visits/review.html", {"conflicts": conflicts})


@require_POST
def resolve(request: Request, visit_id: UUID) -> HttpResponse:
    """Say what was done about the conflicts of a later entry."""
    services.resolve(
        visit_id, reason=_reason(request), by=request.actor, at=timezone.now()
    )
    messages.success(request, _("Recorded."))
    return redirect("visits:review")


def _reason(request: Request) -> str:
    form = forms.Keep(request.POST)
    if not form.is_valid():
        raise Invalid("change_without_reason", field="reason")
    reason: str = form.cleaned_data["reason"]
    return reason


def _grounds(visit: Visit) -> Decision:
    facts = [g for v in visit.visitors.all() for g in v.grounds]
    seen = {f["code"]: f for f in facts if f["effect"] == "block"}
    return Decision.of_facts(seen.values())
