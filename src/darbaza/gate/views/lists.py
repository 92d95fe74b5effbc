"""Lists of people and of a shift: on the screen, in print, as PDF."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_GET, require_http_methods

from darbaza.accounts.permissions import Permission
from darbaza.gate import reports, selectors, services
from darbaza.gate.forms import Shift as ShiftForm
from darbaza.gate.views.papers import pdf
from darbaza.kernel.errors import Forbidden, Invalid
from darbaza.pages import printing
from darbaza.pages.requests import Request
from darbaza.sites import selectors as sites


@require_GET
def evacuation(request: Request) -> HttpResponse:
    """Show everybody who must leave, by room; browsers print it as it is."""
    found = services.list_evacuation(by=request.actor, at=timezone.now())
    return render(
        request,
        "gate/lists/evacuation.html",
        {"list": found, "printer": _printer(request)},
    )


@require_GET
def evacuation_pdf(request: Request) -> HttpResponse:
    """Give the same list as PDF."""
    return pdf("evacuation", *evacuation_data(request))


def evacuation_data(request: Request) -> tuple[dict[str, Any], str]:
    """Return the list as data of its sheet, and what it is called."""
    found = services.list_evacuation(by=request.actor, at=timezone.now())
    language = translation.get_language() or "ky"
    data = reports.evacuation(found, language, by=request.actor)
    return data, f"evacuation-{timezone.localtime(found.at):%Y%m%d-%H%M}"


@require_http_methods(["GET", "POST"])
def shift_report(request: Request) -> HttpResponse:
    """Show a shift in figures; closing it puts the report on record, with the head."""
    by, now = request.actor, timezone.now()
    if not by.may(Permission.SHIFT_REPORT):
        raise Forbidden(permission=Permission.SHIFT_REPORT.value)
    data = request.POST or request.GET
    first, last = _span(now)
    form = ShiftForm(data if "first" in data else {"first": first, "last": last})
    context: dict[str, Any] = {"form": form, "now": now}
    context["printer"] = _printer(request)
    if form.is_valid():
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
        try:
            found = (
                services.report_shift(first, last, by=by, at=now)
                if request.method == "POST"
                else selectors.shift(first, last, by=by)
            )
            context |= reports.shift(found, by=by, at=now)
        except Invalid as error:
            form.refuse(error)
    return render(request, "gate/lists/shift.html", context)


@require_GET
def shift_report_pdf(request: Request) -> HttpResponse:
    """Give the report as PDF, to be signed; each one is on record with its head."""
    return pdf("shift", *report_data(request, request.GET))


def report_data(
    request: Request, asked: Mapping[str, Any]
) -> tuple[dict[str, Any], str]:
    """Return the report as data of its sheet, and what it is called; it is recorded."""
    by, now = request.actor, timezone.now()
    form = ShiftForm(asked)
    first, last = _span(now)
    if form.is_valid():
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    found = services.report_shift(first, last, by=by, at=now)
    language = translation.get_language() or "ky"
    data = reports.shift(found, by=by, at=now) | {"language": language}
    data.pop("shift")
    return data, f"shift-{timezone.localtime(last):%Y%m%d-%H%M}"


def _printer(request: Request) -> Any:
    """Return the printer of this post that takes a list on A4, or None."""
    return sites.list_printer(printing.post(request), by=request.actor)


def _span(now: datetime) -> tuple[datetime, datetime]:
    """Return today so far, from midnight."""
    local = timezone.localtime(now)
    return local.replace(hour=0, minute=0, second=0, microsecond=0), now
