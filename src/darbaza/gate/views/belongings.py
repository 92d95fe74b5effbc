"""Belongings at the entrance: taken, listed, given back; lockers set up."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from darbaza.accounts.permissions import Permission
from darbaza.gate import selectors, services, tables
from darbaza.gate.forms import belongings as forms
from darbaza.gate.views import desk_shown, files, sending
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.pages import grounds
from darbaza.pages.requests import Request
from darbaza.sites.types import Paper
from darbaza.visits import selectors as visits


@require_GET
def held(request: Request) -> HttpResponseBase:
    """List what is in keeping; ``format`` answers with a file."""
    rows = selectors.held(by=request.actor)
    if "format" in request.GET:
        return files.give(request, tables.HELD, rows, "belongings")
    context = {
        "table": tables.HELD.view(rows, request.GET),
        "export_url": files.address(request, "gate:belongings"),
        "may_take": request.actor.may(Permission.GATE_BELONGINGS),
        "may_set_up": request.actor.may(Permission.GATE_SET_UP),
        "form": forms.Tag(),
    }
    return render(request, "gate/belongings/held.html", context)


@require_POST
def find(request: Request) -> HttpResponse:
    """Go to what a tag stands for, or to the party of a pass."""
    form = forms.Tag(request.POST)
    if form.is_valid():
        code, by = form.cleaned_data["tag"], request.actor
        if (shown := selectors.pass_by_code(code, by=by)) is not None:
            return redirect("gate:belongings_of", shown.visitor.visit_id)
        if (row := selectors.deposit_by_tag(code, by=by)) is not None:
            return redirect("gate:deposit", row.pk)
    messages.error(request, grounds.officer(Invalid("tag_unknown")))
    return redirect("gate:belongings")


@require_GET
def party(request: Request, visit_id: UUID) -> HttpResponse:
    """Show the people of a visit, and what each has left; one key for each."""
    _must_take(request)
    visit = visits.visit(visit_id, by=request.actor)
    people = [v for v in visit.visitors.all() if v.status != "refused"]
    kept = selectors.held_of_visit(visit_id, by=request.actor)
    if visit.institution_id != request.actor.institution_id:
        raise NotFound("visit")
    if len(people) == 1 and not kept:
        return redirect("gate:deposit_take", people[0].pk)
    context = {
        "visit": visit,
        "people": [(v, [d for d in kept if d.visitor_id == v.pk]) for v in people],
    }
    return render(request, "gate/belongings/party.html", context)


@require_http_methods(["GET", "POST"])
def take(request: Request, visitor_id: UUID | None = None) -> HttpResponse:
    """Take the belongings of a visitor, or of somebody who is typed."""
    _must_take(request)
    visitor = None
    if visitor_id is not None:
        visitor = visits.visitor(visitor_id, by=request.actor)
        if visitor.institution_id != request.actor.institution_id:
            raise NotFound("visitor")
    shape = forms.Deposit if visitor else forms.NamedDeposit
    form = shape(request.POST or None, free=selectors.free_lockers(by=request.actor))
    if form.is_valid():
        try:
            row = _taken(request, form, visitor_id)
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            return redirect("gate:deposit", row.pk)
    context = {"form": form, "visitor": visitor}
    status = 422 if form.is_bound else 200
    return render(request, "gate/belongings/take.html", context, status=status)


def _taken(request: Request, form: Any, visitor_id: UUID | None) -> Any:
    data = form.cleaned_data
    named = {n: data[n] for n in ("name", "document") if n in data}
    return services.take(
        form.draft(visitor_id=visitor_id, **named),
        request_id=data["request_id"],
        by=request.actor,
        at=timezone.now(),
    )


@require_http_methods(["GET", "POST"])
def deposit(request: Request, deposit_id: UUID) -> HttpResponse:
    """Show one deposit with its receipt; give it back."""
    row = selectors.deposit(deposit_id, by=request.actor)
    form = forms.GiveBack(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.give_back(row.pk, **given, by=request.actor, at=timezone.now())
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Given back. Take the tag from the visitor."))
            return redirect("gate:belongings")
    context = {
        "row": row,
        "form": form,
        "photo_id": _photo(row),
        "size": desk_shown.size(request),
        "may_take": request.actor.may(Permission.GATE_BELONGINGS),
        "printer": _printer(request),
    }
    status = 422 if form.is_bound else 200
    return render(request, "gate/belongings/deposit.html", context, status=status)


def _printer(request: Request) -> Any:
    """Return the printer that takes receipts here, None for whoever prints nothing."""
    may = request.actor.may(Permission.PRINT_USE)
    return sending.printer_of(request, Paper.RECEIPT) if may else None


def _photo(row: Any) -> UUID | None:
    if row.visitor is None:
        return None
    found: UUID | None = row.visitor.photo_id or row.visitor.person.photo_id
    return found


@require_http_methods(["GET", "POST"])
def lockers(request: Request) -> HttpResponse:
    """Show the lockers; set up more."""
    if not request.actor.may(Permission.GATE_SET_UP):
        raise Forbidden(permission=Permission.GATE_SET_UP.value)
    form = forms.Lockers(request.POST or None)
    if form.is_valid():
        try:
            count = services.add_lockers(
                form.cleaned_data["labels"], by=request.actor, at=timezone.now()
            )
        except Invalid as error:
            form.refuse(error)
        else:
            told = ngettext(
                "%(count)s locker is new.", "%(count)s lockers are new.", count
            )
            messages.success(request, told % {"count": count})
            return redirect("gate:lockers")
    context = {"form": form, "rows": selectors.lockers(by=request.actor)}
    status = 422 if form.is_bound else 200
    return render(request, "gate/belongings/lockers.html", context, status=status)


@require_POST
def close_locker(request: Request, locker_id: UUID) -> HttpResponse:
    """Take a locker out of use from today."""
    now = timezone.now()
    try:
        services.close_locker(
            locker_id, on=timezone.localdate(now), by=request.actor, at=now
        )
    except Conflict as error:
        messages.error(request, grounds.officer(error))
    return redirect("gate:lockers")


def _must_take(request: Request) -> None:
    if not request.actor.may(Permission.GATE_BELONGINGS):
        raise Forbidden(permission=Permission.GATE_BELONGINGS.value)
