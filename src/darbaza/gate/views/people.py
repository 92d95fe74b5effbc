"""Everyone inside: a badge is one scan, anybody else is typed; mistakes put right."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from darbaza.accounts.permissions import Permission
from darbaza.gate import selectors, services, tables
from darbaza.gate.forms import people as forms
from darbaza.gate.models import Badge
from darbaza.gate.views import files
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.pages import grounds
from darbaza.pages.forms import Once
from darbaza.pages.requests import Request
from darbaza.persons import mrz

SCAN_AT_MOST = 4_096
"""No reader sends more; what is longer is no document."""


@require_GET
def everyone(request: Request) -> HttpResponseBase:
    """Show everybody inside, with the box for badges; ``format`` gives a file."""
    people = selectors.everyone_inside(by=request.actor)
    if "format" in request.GET:
        return files.give(request, tables.EVERYONE, people, "inside")
    return render(request, "gate/people/everyone.html", _context(request, people))


def _context(request: Request, people: Any, **more: Any) -> dict[str, Any]:
    counts: dict[str, int] = {}
    for one in people:
        counts[one.category] = counts.get(one.category, 0) + 1
    return {
        "table": tables.EVERYONE.view(people, request.GET),
        "export_url": files.address(request, "gate:everyone"),
        "counts": sorted(counts.items()),
        "total": len(people),
        "last": selectors.last_passages(by=request.actor, at=timezone.now()),
        "form": forms.BadgeScan(),
        "may_pass": request.actor.may(Permission.GATE_PASSAGE),
        "may_set_up": request.actor.may(Permission.GATE_SET_UP),
        **more,
    }


@require_POST
def scan(request: Request) -> HttpResponse:
    """Let the bearer of a badge in or out; say what happened, with the way back."""
    form = forms.BadgeScan(request.POST)
    more: dict[str, Any] = {}
    if form.is_valid():
        try:
            more["moved"] = services.scan_badge(
                **form.cleaned_data, by=request.actor, at=timezone.now()
            )
        except Conflict as error:
            more["trouble"] = grounds.officer(error)
            more["step"] = grounds.next_step(error)
    people = selectors.everyone_inside(by=request.actor)
    status = 200 if "moved" in more else 422
    context = _context(request, people, **more)
    return render(request, "gate/people/everyone.html", context, status=status)


@require_http_methods(["GET", "POST"])
def come_in(request: Request) -> HttpResponse:
    """Let in somebody without a badge; a scanned document fills the form."""
    if not request.actor.may(Permission.GATE_PASSAGE):
        raise Forbidden(permission=Permission.GATE_PASSAGE.value)
    if "mrz" in request.POST:
        return _read(request)
    form = forms.ComeIn(request.POST or None)
    if form.is_valid():
        try:
            row = services.come_in(
                form.draft(),
                request_id=form.cleaned_data["request_id"],
                by=request.actor,
                at=timezone.now(),
            )
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("%(name)s is inside.") % {"name": row.name})
            return redirect("gate:everyone")
    status = 422 if form.is_bound else 200
    return render(request, "gate/people/come_in.html", {"form": form}, status=status)


def _read(request: Request) -> HttpResponse:
    """Fill the form with what a reader read: name and number, to be compared."""
    document = mrz.parse(request.POST["mrz"][:SCAN_AT_MOST])
    name = f"{document.surname} {document.given_names}".strip()
    form = forms.ComeIn(initial={"name": name, "document": document.document_number})
    context = {"form": form, "unread": document.format is None}
    return render(request, "gate/people/come_in.html", context)


@require_GET
def passage(request: Request, passage_id: UUID) -> HttpResponse:
    """Show one stay: let out, or put a mistake right."""
    row = selectors.passage(passage_id, by=request.actor)
    return _shown(request, row, forms.Undo())


def _shown(
    request: Request, row: Any, undo: forms.Undo, status: int = 200
) -> HttpResponse:
    context = {
        "row": row,
        "form": Once(),
        "undo": undo,
        "corrected_by": getattr(row, "corrected_by", None),
        "may_pass": request.actor.may(Permission.GATE_PASSAGE),
    }
    return render(request, "gate/people/passage.html", context, status=status)


@require_POST
def go_out(request: Request, passage_id: UUID) -> HttpResponse:
    """Let somebody out."""
    form = Once(request.POST)
    row = selectors.passage(passage_id, by=request.actor)
    if not form.is_valid():
        return redirect("gate:passage", row.pk)
    try:
        services.go_out(
            row.pk, **form.cleaned_data, by=request.actor, at=timezone.now()
        )
    except Conflict as error:
        messages.error(request, grounds.officer(error))
        return redirect("gate:passage", row.pk)
    messages.success(request, _("%(name)s has left.") % {"name": row.name})
    return redirect("gate:everyone")


@require_POST
def undo(request: Request, passage_id: UUID) -> HttpResponse:
    """Put a wrong step right, with the reason."""
    row = selectors.passage(passage_id, by=request.actor)
    form = forms.Undo(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.undo(
                row.pk,
                given["reason"],
                request_id=given["request_id"],
                by=request.actor,
                at=timezone.now(),
            )
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Put right; the wrong entry stays on record."))
            return redirect("gate:everyone")
    return _shown(request, row, form, 422)


@require_http_methods(["GET", "POST"])
def badges(request: Request) -> HttpResponseBase:
    """List the badges; add one."""
    rows = selectors.badges(by=request.actor)
    if "format" in request.GET:
        return files.give(request, tables.BADGES, rows, "badges")
    form = forms.Badge(request.POST or None)
    if form.is_valid():
        try:
            services.add_badge(form.draft(), by=request.actor, at=timezone.now())
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Added."))
            return redirect("gate:badges")
    context = {
        "form": form,
        "table": tables.BADGES.view(rows, request.GET),
        "export_url": files.address(request, "gate:badges"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "gate/people/badges.html", context, status=status)


@require_http_methods(["GET", "POST"])
def badge(request: Request, badge_id: UUID) -> HttpResponse:
    """Show one badge; close it."""
    row = selectors.badges(by=request.actor).filter(pk=badge_id).first()
    if row is None:
        raise NotFound("badge")
    if request.method == "POST":
        _close(request, row, timezone.now())
        return redirect("gate:badges")
    return render(request, "gate/people/badge.html", {"row": row})


def _close(request: Request, row: Badge, now: datetime) -> None:
    today = timezone.localdate(now)
    services.close_badge(row.pk, on=today, by=request.actor, at=now)
    messages.success(request, _("It is closed. Nothing was deleted."))
