"""The list of calls to the blocks, and each step of a call."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from darbaza.kernel.errors import Invalid, NotFound
from darbaza.pages.requests import Request
from darbaza.sites import selectors as sites
from darbaza.visits import forms, selectors, services
from darbaza.visits.models import Visit

STEPS: dict[str, Callable[..., object]] = {
    "call": services.call,
    "brought": services.brought,
    "returned": services.returned,
}
KEYS = 9


@require_GET
def calls(request: Request, on: date) -> HttpResponse:
    """Show whom to call on a day, by block; prints on A4."""
    actor = request.actor
    blocks = list(sites.blocks(actor.institution_id, by=actor))
    wanted = request.GET.get("block", "")
    block = next((b for b in blocks if str(b.pk) == wanted), None)
    rows = selectors.call_list(on, block_id=block.pk if block else None, by=actor)
    context = {
        "on": on,
        "before": on - timedelta(days=1),
        "after": on + timedelta(days=1),
        "blocks": blocks,
        "only": block,
        "groups": _by_block(list(rows)),
        "form": forms.NotBrought(),
    }
    return render(request, "visits/calls.html", context)


@require_POST
def step(request: Request, visit_id: UUID, name: str) -> HttpResponse:
    """Take one step of a call and show the list again."""
    now = timezone.now()
    if name == "not-brought":
        form = forms.NotBrought(request.POST)
        if not form.is_valid():
            raise Invalid("result_unknown", field="result")
        services.not_brought(visit_id, **form.cleaned_data, by=request.actor, at=now)
    elif name in STEPS:
        STEPS[name](visit_id, by=request.actor, at=now)
    else:
        raise NotFound
    row = selectors.visit(visit_id, by=request.actor)
    messages.success(request, _("Recorded."))
    return redirect("visits:calls", timezone.localdate(row.starts_at))


def _by_block(rows: list[Visit]) -> list[tuple[Any, list[tuple[Visit, str]]]]:
    """Return the visits by block, each with the key of its next step: 1 to 9."""
    groups: dict[Any, list[tuple[Visit, str]]] = {}
    for n, row in enumerate(rows, start=1):
        key = str(n) if n <= KEYS else ""
        groups.setdefault(row.prisoner.block, []).append((row, key))
    return list(groups.items())
