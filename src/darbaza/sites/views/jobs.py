"""Papers for the printers: what waits and why; sent again, elsewhere, or given up."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from darbaza.accounts.permissions import Permission
from darbaza.audit import selectors as audit
from darbaza.kernel.errors import NotFound
from darbaza.pages.requests import Request, way_on
from darbaza.sites import forms, pagedata, selectors, services, tables, texts
from darbaza.sites.models import PrintJob
from darbaza.sites.views.printers import say


@require_GET
def jobs(request: Request) -> HttpResponse:
    """List the papers that wait; with a filter, those that were printed."""
    by = request.actor
    printers = selectors.printers(by=by, closed=True)
    form = forms.PrintFilters(request.GET, printers=printers)
    rows = _narrowed(selectors.print_jobs(by=by), form)
    context = {
        "form": form,
        "table": tables.PRINT_JOBS.view(rows, request.GET),
        "tabs": pagedata.printer_tabs("jobs"),
    }
    return render(request, "sites/print_jobs.html", context)


@require_GET
def job(request: Request, job_id: UUID) -> HttpResponse:
    """Show one paper: its state, what went wrong, and what can be done."""
    by = request.actor
    row = selectors.print_job(job_id, by=by)
    others = selectors.printers(by=by).exclude(pk=row.printer_id)
    context = {
        "job": row,
        "rows": pagedata.job_rows(row),
        "fault": texts.fault(row.fault),
        "others": others,
        "may_print": by.may(Permission.PRINT_USE),
        "tabs": pagedata.printer_tabs("jobs"),
        "history": pagedata.entries(audit.history(row.pk, institutions=by.sees)[:50]),
    }
    return render(request, "sites/print_job.html", context)


@require_POST
def again(request: Request, job_id: UUID) -> HttpResponse:
    """Send a paper to its printer once more."""
    say(request, services.send_again(job_id, **_who(request)))
    return redirect(way_on(request) or "sites:print_jobs")


@require_POST
def elsewhere(request: Request, job_id: UUID) -> HttpResponse:
    """Send a paper to another printer."""
    try:
        printer_id = UUID(request.POST.get("printer", ""))
    except ValueError as error:
        raise NotFound from error
    say(request, services.send_elsewhere(job_id, printer_id, **_who(request)))
    return redirect("sites:print_job", job_id)


@require_POST
def cancel(request: Request, job_id: UUID) -> HttpResponse:
    """Give a paper up: it was printed in the browser, or nobody needs it."""
    services.cancel_print(job_id, **_who(request))
    messages.success(request, _("It will not be printed any more."))
    return redirect("sites:print_jobs")


@require_GET
def paper(request: Request, job_id: UUID) -> HttpResponse:
    """Give a paper that did not come out as PDF, for the printer of the browser."""
    data = services.open_paper(job_id, **_who(request))
    response = HttpResponse(data, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="paper.pdf"'
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _narrowed(rows: QuerySet[PrintJob], form: forms.PrintFilters) -> QuerySet[PrintJob]:
    """Return the rows that the filters name; broken filters narrow nothing."""
    wanted = form.cleaned_data if form.is_valid() else {}
    state = wanted.get("state", "")
    if wanted.get("printer"):
        rows = rows.filter(printer_id=wanted["printer"])
    if not state:
        return rows.filter(ended_at=None)
    return rows if state == "all" else rows.filter(status=state)


def _who(request: Request) -> dict[str, Any]:
    return {"by": request.actor, "at": timezone.now()}
