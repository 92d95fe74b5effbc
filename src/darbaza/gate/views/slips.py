"""Slips with a number: at the printer of the post, as a page, and on a phone."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from axes.helpers import get_client_ip_address
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from darbaza.accounts.types import Actor
from darbaza.gate import selectors, slips
from darbaza.gate.models import Ticket
from darbaza.kernel.tries import Tries
from darbaza.pages import papers
from darbaza.pages.requests import Request
from darbaza.sites import services as printing
from darbaza.sites.types import Paper

BY_ADDRESS = Tries(most=60, within=timedelta(minutes=15))
"""Wrong codes of numbers from one address; a waiting room may share one."""


def address(request: HttpRequest, row: Ticket) -> str:
    """Return where a phone sees how a number stands."""
    return request.build_absolute_uri(reverse("gate:number", args=[row.code]))


def print_slip(
    request: HttpRequest, row: Ticket, post_id: UUID | None, *, by: Actor | None = None
) -> bool:
    """Print a slip at the printer of a post; False where none prints it now.

    The same number is printed once, however often it is asked for.
    """
    actor: Actor = by or request.actor  # type: ignore[attr-defined]
    job = printing.send_to_printer(
        papers.pdf("gate", "ticket", slips.slip(row, address(request, row))),
        paper=Paper.RECEIPT,
        title=f"{row.label} {row.day:%d.%m.%Y}",
        request_id=uuid5(row.pk, "slip"),
        post_id=post_id,
        by=actor,
        at=timezone.now(),
    )
    return job is not None and not job.fault


@require_GET
@papers.framed
@xframe_options_sameorigin
def slip(request: Request, ticket_id: UUID) -> HttpResponse:
    """Show a slip as a page that prints itself anywhere."""
    row = selectors.ticket(ticket_id, by=request.actor)
    data = slips.slip(row, address(request, row))
    with translation.override(data["language"]):
        return render(request, "gate/papers/ticket.html", {"paper": data})


@login_not_required
@require_GET
def number(request: HttpRequest, slip: str) -> HttpResponse:
    """Show a family how its number stands; the code on the slip opens nothing else."""
    now, who = timezone.now(), str(get_client_ip_address(request))
    context: dict[str, Any] = {}
    if BY_ADDRESS.full(who, at=now):
        return render(
            request, "gate/queue/number.html", {"too_often": True}, status=429
        )
    found = selectors.family_ticket(slip[:12], at=now)
    if found is None:
        BY_ADDRESS.note(who, at=now)
        return render(request, "gate/queue/number.html", context, status=404)
    row, ahead = found
    context = {"row": row, "ahead": ahead, "now": now}
    return render(request, "gate/queue/number.html", context)
