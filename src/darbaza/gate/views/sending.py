"""Papers of the gate that go straight to a printer of the post.

Everything about a printer is in ``sites``. Where none is set up for a paper, the
browser prints it as a page (``papers``), and that way stays open beside this one.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from darbaza.gate import receipts as small
from darbaza.gate import selectors, sheets
from darbaza.gate.selectors import parcel
from darbaza.gate.views import lists
from darbaza.kernel.errors import Conflict
from darbaza.pages import grounds, papers, printing
from darbaza.pages.requests import Request, way_on
from darbaza.parcels import sheets as receipts
from darbaza.sites import selectors as sites
from darbaza.sites import services
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

    job = _job(request, ("gate", "pass"), Paper.PASS, made)
    return _answer(request, job, "gate:passes_print", visit_id)


@require_POST
def refusal_send(request: Request, refusal_id: UUID) -> HttpResponse:
    """Print a refusal at the printer of this post, in the family's language."""
    row = visits.refusal(refusal_id, by=request.actor)

    def made(size: str) -> Made:
        now = timezone.now()
        data = sheets.counted_refusal(row, "", by=request.actor, at=now)
        return {**data, "size": size}, row.number

    job = _job(request, ("gate", "refusal"), Paper.PAPER, made)
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

    job = _job(request, ("parcels", "receipt"), Paper.RECEIPT, made)
    return _answer(request, job, "parcels:receipt_print", sending_id)


@require_POST
def belongings_send(request: Request, deposit_id: UUID) -> HttpResponse:
    """Print receipt and tag of belongings at the printer of this post."""
    row = selectors.deposit(deposit_id, by=request.actor)

    def made(size: str) -> Made:
        return small.belongings(row, "", size, by=request.actor), row.tag

    job = _job(request, ("gate", "receipt"), Paper.RECEIPT, made)
    return _answer(request, job, "gate:receipt", deposit_id)


@require_POST
def evacuation_send(request: Request) -> HttpResponse:
    """Print the evacuation list at the printer of this post; else give the PDF."""

    def made(_size: str) -> Made:
        return lists.evacuation_data(request)

    job = _job(request, ("gate", "evacuation"), Paper.PAPER, made, rolls=False)
    return _answer(request, job, "gate:evacuation_pdf")


@require_POST
def shift_report_send(request: Request) -> HttpResponse:
    """Print the report of a shift at the printer of this post; else give the PDF."""

    def made(_size: str) -> Made:
        return lists.report_data(request, request.POST)

    job = _job(request, ("gate", "shift"), Paper.PAPER, made, rolls=False)
    if job is None and not request.htmx:
        span = {n: request.POST.get(n, "") for n in ("first", "last")}
        return redirect(f"{reverse('gate:shift_report_pdf')}?{urlencode(span)}")
    return _answer(request, job, "gate:shift_report_pdf")


def _job(
    request: Request,
    sheet: tuple[str, str],
    paper: Paper,
    made: Callable[[str], Made],
    *,
    rolls: bool = True,
) -> Any:
    """Return the paper as a job, None without a printer; a print is counted once."""

    def printed(size: str) -> tuple[bytes, str]:
        data, title = made(size)
        return papers.pdf(*sheet, data), title

    return services.print_sheet(
        printed,
        paper=paper,
        request_id=printing.request_id(request),
        post_id=printing.post(request),
        rolls=rolls,
        by=request.actor,
        at=timezone.now(),
    )


def printer_of(request: Request, paper: Paper) -> Any:
    """Return the printer that takes a paper where this computer stands, or None."""
    where = printing.post(request)
    return sites.printers_for(where, by=request.actor).get(paper)


def _answer(request: Request, job: Any, page: str, *keys: UUID) -> HttpResponse:
    """Say what became of a paper: beside the desk's work, or at the top of it."""
    if job is None:
        return HttpResponse(status=204) if request.htmx else redirect(page, *keys)
    if request.htmx:
        fault = grounds.officer(Conflict(job.fault)) if job.fault else ""
        context = {"job": job, "fault": fault}
        status = 200 if job.status == "printed" else 202
        return render(request, "gate/desk/_sent.html", context, status=status)
    printing.say(request, job)
    return redirect(way_on(request) or "gate:desk")
