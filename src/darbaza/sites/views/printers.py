"""Printers: which there are, how they are, a test page; added, changed, closed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from darbaza.accounts.permissions import Permission
from darbaza.audit import selectors as audit
from darbaza.kernel import ids
from darbaza.kernel.errors import Conflict, Forbidden, Invalid
from darbaza.pages.requests import Request
from darbaza.sites import forms, pagedata, selectors, services, sheets, tables, texts
from darbaza.sites.models import Printer, PrintJob


@require_GET
def printers(request: Request) -> HttpResponse:
    """List the printers with their state."""
    rows = selectors.printers(by=request.actor, closed=True)
    context = {
        "table": tables.PRINTERS.view(rows, request.GET),
        "tabs": pagedata.printer_tabs("printers"),
        "may_manage": request.actor.may(Permission.DEVICE_MANAGE),
    }
    return render(request, "sites/printers.html", context)


@require_http_methods(["GET", "POST"])
def add(request: Request) -> HttpResponse:
    """Add a printer.

    Raises:
        Forbidden: The actor does not manage devices.
    """
    if not request.actor.may(Permission.DEVICE_MANAGE):
        raise Forbidden(permission=Permission.DEVICE_MANAGE.value)
    form = _form(request)
    if form.is_valid():
        try:
            row = services.add_printer(form.draft(), **_who(request))
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Added. Print a test page now."))
            return redirect("sites:printer", row.pk)
    context = {"form": form, "title": _("Add a printer")}
    status = 422 if form.is_bound else 200
    return render(request, "sites/form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def printer(request: Request, printer_id: UUID) -> HttpResponse:
    """Show one printer with what waits for it and its history; change it."""
    row = selectors.printer(printer_id, by=request.actor)
    form = _form(request, row)
    if form.is_valid():
        try:
            services.change_printer(printer_id, form.draft(), **_who(request))
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("The change is in force at once."))
            return redirect("sites:printer", printer_id)
    status = 422 if form.is_bound else 200
    context = _context(request, row) | {"form": form}
    return render(request, "sites/printer.html", context, status=status)


@require_POST
def ask(request: Request, printer_id: UUID) -> HttpResponse:
    """Ask the printer how it is, now."""
    fault = services.ask_printer(printer_id, **_who(request))
    if fault:
        messages.error(request, texts.fault(fault))
    else:
        messages.success(request, _("The printer is ready."))
    return redirect("sites:printer", printer_id)


@require_POST
def test(request: Request, printer_id: UUID) -> HttpResponse:
    """Print a test page and say what became of it."""
    row = selectors.printer(printer_id, by=request.actor)
    house = selectors.institution(row.institution_id, by=request.actor)
    pdf = sheets.test_page(row, house, timezone.now())
    request_id = _request_id(request)
    job = services.print_test(printer_id, pdf, request_id=request_id, **_who(request))
    say(request, job)
    return redirect("sites:printer", printer_id)


@require_POST
def close(request: Request, printer_id: UUID) -> HttpResponse:
    """Close a printer from a day."""
    selectors.printer(printer_id, by=request.actor)
    form = forms.Closing(request.POST)
    if form.is_valid():
        on = form.cleaned_data["on"]
        services.close_printer(printer_id, on=on, **_who(request))
        messages.success(request, _("It is closed. Nothing was deleted."))
    else:
        messages.error(request, _("Give the day from which it is closed."))
    return redirect("sites:printer", printer_id)


@require_POST
def reopen(request: Request, printer_id: UUID) -> HttpResponse:
    """Open a closed printer again."""
    services.reopen_printer(printer_id, **_who(request))
    messages.success(request, _("It is open again."))
    return redirect("sites:printer", printer_id)


def say(request: Request, job: PrintJob) -> None:
    """Say at the top of the next page what became of a paper."""
    if job.status == PrintJob.Status.PRINTED:
        words = _("Given to the printer: %(printer)s.") % {"printer": job.printer.name}
        messages.success(request, words)
    elif job.fault:
        messages.error(request, texts.fault(job.fault))
    else:
        messages.info(request, _("This paper is on its way."))


def _form(request: Request, row: Printer | None = None) -> forms.PrinterForm:
    posts = selectors.posts(request.actor.institution_id, by=request.actor)
    start = forms.PrinterForm.of(row) if row else None
    return forms.PrinterForm(request.POST or None, initial=start, posts=posts)


def _context(request: Request, row: Printer) -> dict[str, Any]:
    by = request.actor
    history = audit.history(row.pk, institutions=by.sees)[:50]
    waiting = selectors.print_jobs(by=by).filter(printer=row, ended_at=None)
    return {
        "row": row,
        "rows": pagedata.printer_rows(row),
        "state": texts.state(row),
        "fault": texts.fault(row.fault),
        "tabs": pagedata.printer_tabs("printers"),
        "table": tables.PRINT_JOBS.view(waiting, request.GET),
        "may_manage": by.may(Permission.DEVICE_MANAGE),
        "request_id": ids.new_id(),
        "closing": forms.Closing(initial={"on": timezone.localdate()}),
        "history": pagedata.entries(history),
    }


def _request_id(request: Request) -> UUID:
    """Return the form's own id; a form without one is a new request."""
    try:
        return UUID(request.POST.get("request_id", ""))
    except ValueError:
        return ids.new_id()


def _who(request: Request) -> dict[str, Any]:
    return {"by": request.actor, "at": timezone.now()}
