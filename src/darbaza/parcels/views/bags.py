"""One bag: its chain with every gap lit, its pictures, and its next step."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from darbaza.accounts.permissions import Permission
from darbaza.kernel.decisions import Decision
from darbaza.kernel.errors import DarbazaError, Forbidden, NotFound
from darbaza.pages import papers, printing
from darbaza.pages.requests import Request
from darbaza.parcels import chain, evidence_sheets, selectors, services
from darbaza.parcels import inspection_words as words
from darbaza.parcels.chain import NEXT, Where
from darbaza.parcels.forms import inspecting as forms
from darbaza.parcels.models import Bag
from darbaza.parcels.services.bags import Move
from darbaza.parcels.views import printers, seeing
from darbaza.parcels.views.inspecting import uploads
from darbaza.sites import selectors as sites
from darbaza.sites.types import Paper


@require_GET
def bag(request: Request, bag_id: UUID) -> HttpResponse:
    """Show one bag whole."""
    by = request.actor
    row = selectors.bag(bag_id, by=by)
    attempts, finding = seeing.attempts_of(row, by=by), _finding(request, row)
    context = {
        "bag": row,
        "finding": finding,
        "may_release": finding is not None and seeing.may_release(request, finding),
        "may_undo": seeing.may_undo(request, row),
        "lines": [(n, Decision.of_facts(n.grounds)) for n in row.lines.all()],
        "steps": _steps(row),
        "looks": row.inspections.all(),
        "pictures": selectors.pictures(row.pk, by=by),
        "acts": _acts(request, row),
        "may_find": _may_find(request, row),
        "attempts": seeing.shown(attempts, by=by),
        "law": seeing.law({a.offence for a in attempts}, attempts, by=by),
        "form": forms.AddPicture() if _may(request, row) else None,
        "label_printer": _label_printer(request),
    }
    return render(request, "parcels/bag.html", context)


def _finding(request: Request, row: Bag) -> Any:
    may = request.actor.may(Permission.FINDING_SEE)
    return getattr(row, "finding", None) if may else None


def _steps(row: Bag) -> list[tuple[Any, list[Any]]]:
    rows = list(row.steps.all())
    lit: dict[int, list[Any]] = {}
    for gap in chain.gaps([chain.plain(one) for one in rows]):
        lit.setdefault(gap.number, []).append(words.GAPS[gap.code])
    return [(one, lit.get(number, [])) for number, one in enumerate(rows)]


def _may(request: Request, row: Bag) -> bool:
    ours = row.institution_id == request.actor.institution_id
    return ours and request.actor.may(Permission.PARCEL_INSPECT)


def _may_find(request: Request, row: Bag) -> bool:
    return _may(request, row) and Where(row.where) in services.FOUND_IN


def _acts(request: Request, row: Bag) -> list[tuple[str, Any]]:
    """Return the steps that this officer may take with the bag now."""
    if not _may(request, row):
        return []
    now = Where(row.where)
    return [
        (to.value, title)
        for to, title in words.ACTS.items()
        if to in NEXT[now] and chain.may_hand_on(row.part, now, to)
    ]


@require_http_methods(["GET", "POST"])
def step(request: Request, bag_id: UUID, name: str) -> HttpResponse:
    """Ask for the papers of a step, and take it."""
    row = selectors.bag(bag_id, by=request.actor)
    if name not in dict(_acts(request, row)) and request.method == "GET":
        raise NotFound("bag")
    if name not in {to.value for to in words.ACTS}:
        raise NotFound("bag")
    to = Where(name)
    data, files = request.POST or None, request.FILES or None
    form = forms.Step(data, files, to=to, initial=_initial(row, to))
    if request.method == "POST" and form.is_valid():
        try:
            _take(request, row, to, form.cleaned_data)
        except NotFound:
            raise
        except DarbazaError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The step stands in the chain of the bag."))
            return redirect("parcels:bag", row.pk)
    context = {"bag": row, "title": words.ACTS[to], "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "parcels/bag_step.html", context, status=status)


def _initial(row: Bag, to: Where) -> dict[str, str]:
    back = to is Where.BACK and row.sending is not None
    taker = row.sending.sent_by[:160] if back and row.sending else ""
    return {"taker": taker, "seal": row.seal, "place": row.place}


def _take(request: Request, row: Bag, to: Where, given: dict[str, Any]) -> None:
    # On these ways a seal is opened, and named so; on all others it stays on the bag.
    opens = to in {Where.BACK, Where.STORE, Where.INSPECTION}
    move = Move(
        to, taker=given.get("taker", ""), place=given.get("place", ""),
        order=given.get("order", ""), signed=given.get("signed", False),
        seal=given.get("seal", "" if opens else None), note=given["note"],
    )  # fmt: skip
    files = uploads(request)
    services.hand_on(
        row.pk, move, second=seeing.second(request, given),
        upload=files[0] if files else None, request_id=given["request_id"],
        by=request.actor, at=timezone.now(),
    )  # fmt: skip


@require_POST
def add_picture(request: Request, bag_id: UUID) -> HttpResponse:
    """Add a photograph to a bag."""
    form = forms.AddPicture(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        selectors.bag(bag_id, by=request.actor)
        return redirect("parcels:bag", bag_id)
    (upload,) = uploads(request)
    services.add_picture(bag_id, upload, by=request.actor, at=timezone.now())
    messages.success(request, _("Picture added."))
    return redirect("parcels:bag", bag_id)


@require_GET
def bag_picture(request: Request, picture_id: UUID) -> HttpResponse:
    """Give a picture of a bag, never to be kept by a browser."""
    row = selectors.bag_picture(picture_id, by=request.actor)
    kind = "image/png" if bytes(row.image[:4]) == b"\x89PNG" else "image/jpeg"
    response = HttpResponse(bytes(row.image), content_type=kind)
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Content-Disposition"] = "inline"
    return response


@require_GET
def label(request: Request, bag_id: UUID) -> HttpResponse:
    """Give the label of a bag, 60 x 40 mm, or large on A5; every print is counted."""
    row = _labelled(request, bag_id)
    size = "a5" if request.GET.get("size") == "a5" else "60x40"
    data = _label(request, row, size)
    return papers.answer("parcels", "label", data, name=row.label)


@require_POST
def label_send(request: Request, bag_id: UUID) -> HttpResponse:
    """Print the label of a bag at the label printer of this post; else give the PDF."""
    row = _labelled(request, bag_id)

    def made() -> printers.Made:
        return _label(request, row, "60x40"), row.label

    if printers.sent(request, "label", Paper.LABEL, made):
        return redirect("parcels:bag", row.pk)
    return redirect("parcels:label", row.pk)


def _labelled(request: Request, bag_id: UUID) -> Bag:
    if not request.actor.may(Permission.PARCEL_REGISTER):
        raise Forbidden(permission=Permission.PARCEL_REGISTER.value)
    return selectors.bag(bag_id, by=request.actor)


def _label(request: Request, row: Bag, size: str) -> dict[str, Any]:
    """Return the data of a label; the print is counted."""
    copy = services.note_label_printed(row.pk, by=request.actor, at=timezone.now())
    language = translation.get_language() or "ky"
    return evidence_sheets.label(row, language, size=size, copy=copy)


def _label_printer(request: Request) -> Any:
    """Return the label printer where this computer stands, or None."""
    if not request.actor.may(Permission.PRINT_USE):
        return None
    return sites.printers_for(printing.post(request), by=request.actor).get(Paper.LABEL)
