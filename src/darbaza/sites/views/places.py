"""Blocks, cells, rooms, tables, posts: lists, one place, adding, closing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from darbaza.accounts.permissions import Permission
from darbaza.accounts.types import Actor
from darbaza.audit import selectors as audit
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.pages import exports
from darbaza.pages.requests import Request
from darbaza.sites import forms, pagedata, selectors, services, tables, texts
from darbaza.sites.models import Closable, Institution
from darbaza.sites.types import Place

Form = Any
Who = dict[str, Any]

LISTS: dict[Place, Callable[..., Any]] = {
    Place.BLOCK: selectors.blocks,
    Place.CELL: selectors.cells,
    Place.ROOM: selectors.rooms,
    Place.POST: selectors.posts,
}
ADD: dict[Place, Callable[[Form, Any, Who], Any]] = {
    Place.BLOCK: lambda f, _in, who: services.add_block(**f.cleaned_data, **who),
    Place.CELL: lambda f, block, who: services.add_cell(block, **f.cleaned_data, **who),
    Place.ROOM: lambda f, _in, who: services.add_room(
        f.names(), f.cleaned_data["kind"], **who
    ),
    Place.SEAT: lambda f, room, who: services.add_seats(room, f.seats(), **who),
    Place.POST: lambda f, _in, who: services.add_post(
        f.names(), f.cleaned_data["kind"], **who
    ),
}
CHANGE: dict[Place, Callable[[UUID, Form, Who], Any]] = {
    Place.BLOCK: lambda key, f, who: services.change_block(
        key, **f.cleaned_data, **who
    ),
    Place.CELL: lambda key, f, who: services.change_cell(key, **f.cleaned_data, **who),
    Place.ROOM: lambda key, f, who: services.change_room(
        key, f.names(), f.cleaned_data["kind"], **who
    ),
    Place.SEAT: lambda key, f, who: services.change_seat(key, **f.cleaned_data, **who),
    Place.POST: lambda key, f, who: services.change_post(
        key, f.names(), f.cleaned_data["kind"], **who
    ),
}
INNER = {Place.BLOCK: Place.CELL, Place.ROOM: Place.SEAT}
OUTER = {inner: outer for outer, inner in INNER.items()}


@require_GET
def places(request: Request, kind: str) -> HttpResponseBase:
    """List the places of one kind; ``format`` answers with a file."""
    which = _kind(kind, LISTS)
    institution = _institution(request)
    rows = LISTS[which](institution.pk, by=request.actor, closed=True)
    table = tables.OF_PLACE[which]
    if request.GET.get("format") in {"csv", "xlsx"}:
        found = table.select(rows, query=request.GET.get("q", ""))
        lines = table.lines(found)
        return exports.respond(
            lines, kind=request.GET["format"], name=f"{kind}-{institution.code}"
        )
    context = {
        "institution": institution,
        "kind": which,
        "title": texts.PLACES[which][0],
        "add": texts.PLACES[which][1],
        "table": table.view(rows, request.GET),
        "tabs": pagedata.tabs(institution, which),
        "may_add": _may_write(request.actor, institution.pk) and which not in OUTER,
    }
    return render(request, "sites/places.html", context)


@require_http_methods(["GET", "POST"])
def add(request: Request, kind: str, within: UUID | None = None) -> HttpResponse:
    """Add a place; a cell to a block and tables to a room (``within``)."""
    which = _kind(kind, ADD)
    if (which in OUTER) is not (within is not None):
        raise NotFound
    shape = forms.SeatsForm if which is Place.SEAT else forms.OF_PLACE[which]
    form = shape(request.POST or None)
    if form.is_valid():
        try:
            ADD[which](form, within, _who(request))
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Added."))
            if within:
                return redirect("sites:place", OUTER[which].value, within)
            return redirect("sites:places", which.value)
    context = {"form": form, "title": texts.PLACES[which][1]}
    status = 422 if form.is_bound else 200
    return render(request, "sites/form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def place(request: Request, kind: str, place_id: UUID) -> HttpResponse:
    """Show one place with what stands in it and its history; change it."""
    which = _kind(kind, CHANGE)
    row = selectors.place(which, place_id, by=request.actor)
    shape = forms.OF_PLACE[which]
    start = {name: getattr(row, name) for name in shape.base_fields}
    form = shape(request.POST or None, initial=start)
    if form.is_valid():
        try:
            CHANGE[which](place_id, form, _who(request))
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("The change is in force at once."))
            return redirect("sites:place", kind, place_id)
    context = _place_context(request, which, row) | {"form": form}
    status = 422 if form.is_bound else 200
    return render(request, "sites/place.html", context, status=status)


@require_POST
def close(request: Request, kind: str, place_id: UUID) -> HttpResponse:
    """Close a place from a day."""
    which, form = _kind(kind, CHANGE), forms.Closing(request.POST)
    if form.is_valid():
        on = form.cleaned_data["on"]
        services.close(which, place_id, on=on, **_who(request))
        messages.success(request, _("It is closed. Nothing was deleted."))
    else:
        messages.error(request, _("Give the day from which it is closed."))
    return redirect("sites:place", kind, place_id)


@require_POST
def reopen(request: Request, kind: str, place_id: UUID) -> HttpResponse:
    """Open a closed place again."""
    services.reopen(_kind(kind, CHANGE), place_id, **_who(request))
    messages.success(request, _("It is open again."))
    return redirect("sites:place", kind, place_id)


def _place_context(request: Request, which: Place, row: Closable) -> dict[str, Any]:
    institution = selectors.institution(row.institution_id, by=request.actor)
    history = audit.history(row.pk, institutions=request.actor.sees)[:50]
    inner = INNER.get(which)
    context = {
        "row": row,
        "kind": which,
        "title": texts.PLACES[which][0],
        "institution": institution,
        "tabs": pagedata.tabs(institution, which),
        "may_write": _may_write(request.actor, institution.pk),
        "closing": forms.Closing(initial={"on": timezone.localdate()}),
        "history": pagedata.entries(history),
        "inner": inner,
    }
    if inner:
        context["inner_add"] = texts.PLACES[inner][1]
        context["inner_title"] = texts.PLACES[inner][0]
        found = _inside(inner, row, by=request.actor)
        context["table"] = tables.OF_PLACE[inner].view(found, request.GET)
    return context


def _inside(inner: Place, row: Closable, *, by: Actor) -> Any:
    if inner is Place.SEAT:
        return selectors.seats(row.pk, by=by, closed=True)
    cells = selectors.cells(row.institution_id, by=by, closed=True)
    return cells.filter(block_id=row.pk)


def _kind(word: str, known: dict[Place, Any]) -> Place:
    if word not in known:
        raise NotFound
    return Place(word)


def _institution(request: Request) -> Institution:
    named = request.GET.get("institution", "")
    try:
        key = UUID(named) if named else request.actor.institution_id
    except ValueError as error:
        raise NotFound from error
    return selectors.institution(key, by=request.actor)


def _may_write(actor: Actor, institution_id: UUID) -> bool:
    here = actor.institution_id == institution_id
    return here and actor.may(Permission.SITE_MANAGE)


def _who(request: Request) -> Who:
    return {"by": request.actor, "at": timezone.now()}
