"""Vehicles at the gate: searched, let in, searched again, let out."""

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
from darbaza.gate.models import Search
from darbaza.gate.views import files
from darbaza.kernel.decisions import Decision
from darbaza.kernel.errors import Conflict, Forbidden, Invalid
from darbaza.pages import grounds
from darbaza.pages.requests import Request


@require_GET
def listed(request: Request) -> HttpResponseBase:
    """List the vehicles, those inside first; ``format`` answers with a file."""
    rows = selectors.vehicles(by=request.actor)
    if "format" in request.GET:
        return files.give(request, tables.VEHICLES, rows, "vehicles")
    context = {
        "inside": selectors.vehicles_inside(by=request.actor),
        "table": tables.VEHICLES.view(rows, request.GET),
        "export_url": files.address(request, "gate:vehicles"),
        "may_pass": request.actor.may(Permission.GATE_PASSAGE),
    }
    return render(request, "gate/vehicles/list.html", context)


@require_http_methods(["GET", "POST"])
def drive_in(request: Request) -> HttpResponse:
    """Let a vehicle in after its search, or turn it away."""
    if not request.actor.may(Permission.GATE_PASSAGE):
        raise Forbidden(permission=Permission.GATE_PASSAGE.value)
    form = forms.DriveIn(request.POST or None)
    if form.is_valid():
        try:
            row, decision = services.drive_in(
                form.draft(),
                form.search(),
                request_id=form.cleaned_data["request_id"],
                by=request.actor,
                at=timezone.now(),
            )
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            _tell(request, decision, _("The vehicle is inside."))
            return redirect("gate:vehicle", row.pk)
    status = 422 if form.is_bound else 200
    return render(request, "gate/vehicles/in.html", {"form": form}, status=status)


@require_GET
def vehicle(request: Request, vehicle_id: UUID) -> HttpResponse:
    """Show one vehicle with people and searches, and the next step."""
    return _shown(request, vehicle_id)


def _shown(
    request: Request, vehicle_id: UUID, *, out: Any = None, decision: Any = None
) -> HttpResponse:
    row = selectors.vehicle(vehicle_id, by=request.actor)
    inside = row.left_at is None and row.turned_away_at is None
    searched = row.searches.filter(way=Search.Way.OUT).last()
    context = {
        "row": row,
        "inside": inside,
        "people": row.people.filter(annulled_at=None).order_by("-drives", "name"),
        "searched": searched is not None and searched.outcome == Search.Outcome.CLEAR,
        "search": forms.Searched(),
        "out": out or (_out(request, row) if inside else None),
        "decision": decision,
        "may_pass": request.actor.may(Permission.GATE_PASSAGE),
    }
    status = 422 if out is not None else 200
    return render(request, "gate/vehicles/vehicle.html", context, status=status)


def _out(request: Request, row: Any, data: Any = None) -> forms.DriveOut:
    inside = selectors.passages_inside(by=request.actor)
    mine = [p for p in inside if p.vehicle_id == row.pk]
    others = [p for p in inside if p.vehicle_id != row.pk]
    return forms.DriveOut(data, mine=mine, others=others)


@require_POST
def search(request: Request, vehicle_id: UUID) -> HttpResponse:
    """Enter the search before the way out."""
    form = forms.Searched(request.POST)
    if form.is_valid():
        try:
            decision = services.search_out(
                vehicle_id, form.search(), by=request.actor, at=timezone.now()
            )
        except (Conflict, Invalid) as error:
            messages.error(request, grounds.officer(error))
        else:
            _tell(request, decision, _("Searched: nothing was found."))
    return redirect("gate:vehicle", vehicle_id)


@require_POST
def drive_out(request: Request, vehicle_id: UUID) -> HttpResponse:
    """Let a vehicle out, or show all that stands against."""
    row = selectors.vehicle(vehicle_id, by=request.actor)
    form = _out(request, row, request.POST)
    decision = Decision()
    if form.is_valid():
        try:
            decision = services.drive_out(
                row.pk,
                form.departure(),
                request_id=form.cleaned_data["request_id"],
                by=request.actor,
                at=timezone.now(),
            )
        except Conflict as error:
            form.refuse(error)
        else:
            if decision:
                messages.success(request, _("The vehicle has left."))
                return redirect("gate:vehicles")
    return _shown(request, vehicle_id, out=form, decision=decision)


def _tell(request: Request, decision: Decision, good: str) -> None:
    if decision:
        messages.success(request, good)
        return
    ground = decision.blocking[0]
    words = f"{grounds.officer(ground)} {grounds.next_step(ground)}"
    messages.error(request, words)
