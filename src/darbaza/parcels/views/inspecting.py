"""The inspection: scan a label, look into the bag, one key for what came of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from darbaza.accounts.permissions import Permission
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.pages import grounds
from darbaza.pages.requests import Request
from darbaza.parcels import selectors, services
from darbaza.parcels.chain import Where
from darbaza.parcels.forms import inspecting as forms
from darbaza.parcels.models import Bag
from darbaza.parcels.services import Look, Upload
from darbaza.parcels.views import seeing

HERE = frozenset({Where.COUNTER, Where.INSPECTION, Where.STORE})
KEPT = ("kind", "device", "place")
"""What an officer's next bag most likely has in common with the last."""
REMEMBERED = "parcels-inspection"


@require_GET
def inspection(request: Request) -> HttpResponse:
    """Show what waits, and the bag whose label was scanned."""
    label = request.GET.get("label", "")
    if not label.strip():
        return _page(request)
    try:
        row = selectors.by_label(label, by=request.actor)
    except NotFound as error:
        trouble = grounds.officer(error)
        return _page(request, trouble=trouble, label=label[:40], status=404)
    if not _may_look_here(request, row):
        return redirect("parcels:bag", row.pk)
    return _page(request, bag=row, form=_form(request, None))


@require_POST
def inspect(request: Request, bag_id: UUID) -> HttpResponse:
    """Record one look; what was found goes on to its finding."""
    row = selectors.bag(bag_id, by=request.actor)
    form = _form(request, request.POST)
    if not form.is_valid():
        return _page(request, bag=row, form=form, status=422)
    look, given = _look(form, request), form.cleaned_data
    try:
        done = services.inspect(
            row.pk, look, request_id=given["request_id"], by=request.actor,
            at=timezone.now(),
        )  # fmt: skip
    except (Invalid, Conflict) as error:
        form.refuse(error)
        return _page(request, bag=row, form=form, status=error.status)
    request.session[REMEMBERED] = {name: given[name] for name in KEPT}
    if look.result == "found":
        return redirect("parcels:find", row.pk)
    messages.success(request, _told(done))
    return redirect("parcels:inspection")


def _told(bag: Bag) -> str:
    if bag.where == Where.STORE:
        figures = {"label": bag.label, "place": bag.place}
        return _("Bag %(label)s lies in the store: %(place)s.") % figures
    return _("Bag %(label)s stays at the inspection.") % {"label": bag.label}


def _look(form: forms.Look, request: Request) -> Look:
    given = form.cleaned_data
    found = given["result"] == "found"
    note = given["note"] or (_("see the finding") if found else "")
    return Look(
        given["kind"], given["result"], device=given["device"], note=note,
        place=given["place"], uploads=tuple(uploads(request)),
        waiting=tuple(UUID(key) for key in given["waiting"]),
    )  # fmt: skip


def uploads(request: Request) -> list[Upload]:
    """Return the picture that came with a form; its shape is checked already."""
    file = request.FILES.get("picture")
    return [Upload(file.read(), file.name or "")] if file else []


def _form(request: Request, data: Any) -> forms.Look:
    initial = {"kind": "xray", **request.session.get(REMEMBERED, {})}
    may = request.actor.may(Permission.PARCEL_INSPECT)
    waiting = selectors.waiting_pictures(by=request.actor) if may else []
    return forms.Look(data, request.FILES or None, waiting=waiting, initial=initial)


def _may_look_here(request: Request, row: Bag) -> bool:
    ours = row.institution_id == request.actor.institution_id
    looks = Where(row.where) in HERE and row.part != Bag.Part.BACK
    return ours and looks and request.actor.may(Permission.PARCEL_INSPECT)


def _page(
    request: Request,
    *,
    bag: Bag | None = None,
    form: forms.Look | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    by = request.actor
    may = by.may(Permission.PARCEL_INSPECT)
    context = {
        "bag": bag,
        "form": form,
        "attempts": seeing.attempts_of(bag, by=by) if bag else (),
        "waiting": selectors.waiting(by=by),
        "to_give_back": selectors.to_give_back(by=by),
        "pictures": selectors.waiting_pictures(by=by) if may else (),
        **more,
    }
    return render(request, "parcels/inspection.html", context, status=status)
