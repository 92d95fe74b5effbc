"""Papers of the gate that go straight to a printer of the post.

Everything about a printer is in ``sites``. Where none is set up for a paper, the
browser prints it as a page (``papers``), and that way stays open beside this one.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from darbaza.gate import sheets
from darbaza.gate.selectors import parcel
from darbaza.kernel import ids
from darbaza.kernel.errors import Conflict
from darbaza.pages import grounds, papers
from darbaza.pages.requests import Request, way_on
from darbaza.parcels import sheets as receipts
from darbaza.sites import selectors as sites
from darbaza.sites import services as printing
from darbaza.sites.types import Paper
from darbaza.visits import selectors as visits

Made = tuple[dict[str, Any], str]
"""The data of a sheet, and its reference."""


@require_POST
def passes_send(request: Request, visit_id: UUID) -> HttpResponse:
    """Print the valid passes of a visit at the printer of this post."""
    visit = visits.visit(visit_id, by=request.actor)

    def made(size: str) -> Made:
        now = timezone.now()
        data = sheets.counted_passes(visit_id, size, by=request.actor, at=now)
        return data, visit.reference

    job = _job(request, Paper.PASS, made)
    return _answer(request, job, "gate:passes_print", visit_id)


@require_POST
def refusal_send(request: Request, refusal_id: UUID) -> HttpResponse:
    """Print a refusal at the printer of this post, in the family's language."""
    row = visits.refusal(refusal_id, by=request.actor)

    def made(size: str) -> Made:
        now = timezone.now()
        data = sheets.counted_refusal(row, "", by=request.actor, at=now)
        return {**data, "size": size}, row.number

    job = _job(request, Paper.PAPER, made)
    return _answer(request, job, "gate:refusal_print", refusal_id)


@require_POST
def receipt_send(request: Request, sending_id: UUID) -> HttpResponse:
    """Print the receipt of a sending at the printer of this post."""
    parcel.sent(sending_id, by=request.actor)

    def made(size: str) -> Made:
        data = receipts.counted_receipt(
            sending_id,
            size,
            address=receipts.state_address(request, sending_id),
            by=request.actor,
            at=timezone.now(),
        )
        return data, data["number"]

    job = _job(request, Paper.RECEIPT, made)
    return _answer(request, job, "parcels:receipt_print", sending_id)


SHEETS = {
    Paper.PASS: ("gate", "pass"),
    Paper.PAPER: ("gate", "refusal"),
    Paper.RECEIPT: ("parcels", "receipt"),
}


def _job(request: Request, paper: Paper, made: Callable[[str], Made]) -> Any:
    """Return the paper as a job, None without a printer; a print is counted once."""
    by, request_id = request.actor, _request_id(request)
    known = sites.print_job_asked(request_id, by=by)
    if known is not None:
        return known
    printer = printer_of(request, paper)
    if printer is None:
        return None
    data, reference = made(printer.size)
    return printing.send_to_printer(
        papers.pdf(*SHEETS[paper], data),
        paper=paper,
        title=reference,
        request_id=request_id,
        post_id=post(request),
        by=by,
        at=timezone.now(),
    )


def printer_of(request: Request, paper: Paper) -> Any:
    """Return the printer that takes a paper where this computer stands, or None."""
    return sites.printers_for(post(request), by=request.actor).get(paper)


def post(request: Request) -> UUID | None:
    """Return where this computer stands, as the desk remembers it."""
    chosen = request.session.get("post_id")
    return UUID(chosen) if chosen else None


def _answer(request: Request, job: Any, page: str, key: UUID) -> HttpResponse:
    """Say what became of a paper: beside the desk's work, or at the top of it."""
    if job is None:
        return HttpResponse(status=204) if request.htmx else redirect(page, key)
    fault = grounds.officer(Conflict(job.fault)) if job.fault else ""
    if request.htmx:
        context = {"job": job, "fault": fault}
        status = 200 if job.status == "printed" else 202
        return render(request, "gate/desk/_sent.html", context, status=status)
    if fault:
        messages.error(request, fault)
    else:
        words = _("Given to the printer: %(printer)s.") % {"printer": job.printer.name}
        messages.success(request, words)
    return redirect(way_on(request) or "gate:desk")


def _request_id(request: Request) -> UUID:
    """Return the id that the desk made for a print; without one it is a new print."""
    wanted = request.GET.get("request") or request.POST.get("request", "")
    try:
        return UUID(wanted)
    except ValueError:
        return ids.new_id()
