"""The list of prisoners, its export, and search as one types."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from darbaza.accounts.permissions import Permission
from darbaza.custody import forms, selectors
from darbaza.custody.models import Prisoner
from darbaza.pages import exports
from darbaza.pages.requests import Request
from darbaza.pages.tables import Column, Table
from darbaza.sites import selectors as sites

FOUND = 12


def _day(name: str) -> Any:
    return lambda row: getattr(row, name)


TABLE: Table[Prisoner] = Table(
    columns=(
        Column("number", _("Number"), value=lambda r: r.number, order="number"),
        Column(
            "name",
            pgettext_lazy("person", "Name"),
            value=lambda r: r.person.name,
            order="person__surname",
            link=lambda r: reverse("custody:prisoner", args=[r.pk]),
        ),
        Column(
            "born",
            _("Date of birth"),
            value=lambda r: r.person.birth_on,
            order="person__birth_on",
        ),
        Column(
            "institution",
            _("Institution"),
            value=lambda r: r.institution.code,
            order="institution__code",
        ),
        Column(
            "place",
            _("Cell"),
            value=lambda r: str(r.cell or r.block or ""),
            order="cell__code",
        ),
        Column(
            "regime",
            _("Regime"),
            value=lambda r: r.get_regime_display(),
            order="regime",
        ),
        Column(
            "conditions",
            _("Conditions"),
            value=lambda r: r.get_conditions_display(),
            order="conditions",
        ),
        Column(
            "legal_status",
            _("Legal status"),
            value=lambda r: r.get_legal_status_display(),
            order="legal_status",
        ),
        Column(
            "admitted_on",
            _("Admitted on"),
            value=_day("admitted_on"),
            order="admitted_on",
        ),
        Column(
            "term_ends_on",
            _("End of term"),
            value=_day("term_ends_on"),
            order="term_ends_on",
        ),
        Column(
            "status",
            _("Status"),
            value=lambda r: r.get_status_display(),
            export_only=True,
        ),
        Column(
            "released_on",
            _("Released on"),
            value=_day("released_on"),
            export_only=True,
        ),
        Column(
            "latin",
            _("Name in Latin letters"),
            value=lambda r: r.person.name_latin,
            export_only=True,
        ),
    ),
)


@require_GET
def register(request: Request) -> HttpResponse:
    """Show the list, narrowed by the address."""
    form = _form(request)
    rows = selectors.register(form.wanted(), by=request.actor)
    context = {
        "form": form,
        "table": TABLE.view(rows, _without_search(request)),
        "export_url": reverse("custody:export"),
        "may_manage": request.actor.may(Permission.PRISONER_MANAGE),
        "may_import": request.actor.may(Permission.REGISTER_IMPORT),
        "waiting": selectors.waiting_contacts(by=request.actor).count(),
    }
    return render(request, "custody/register.html", context)


@require_GET
def export(request: Request) -> HttpResponseBase:
    """Give the whole list, narrowed like the page, as CSV or XLSX."""
    kind = request.GET.get("format", "csv")
    kind = kind if kind in exports.KINDS else "csv"
    rows = selectors.register(_form(request).wanted(), by=request.actor)
    rows = TABLE.select(rows, sort=request.GET.get("sort", ""))
    name = f"prisoners-{timezone.localdate():%Y-%m-%d}"
    return exports.respond(TABLE.lines(rows), kind=kind, name=name)


@require_GET
def find(request: Request) -> HttpResponse:
    """Answer a few typed letters with options: a fragment, or JSON where asked."""
    text = request.GET.get("q", "").strip()[:120]
    hits = selectors.search(text, by=request.actor, limit=FOUND) if text else []
    if request.accepts("text/html"):
        context = {"hits": hits, "asked": text}
        return render(request, "custody/_options.html", context)
    found = [
        {
            "id": hit.prisoner_id,
            "number": hit.number,
            "name": hit.name,
            "birth_on": hit.birth_on,
            "regime": hit.regime,
            "conditions": hit.conditions,
            "block": hit.block,
            "cell": hit.cell,
            "score": hit.score,
        }
        for hit in hits
    ]
    return JsonResponse({"found": found})


def _form(request: Request) -> forms.Filters:
    params = request.GET.copy()
    params.setdefault("status", Prisoner.Status.HELD)
    form = forms.Filters(params)
    blocks = sites.blocks(request.actor.institution_id, by=request.actor)
    choices = [(str(block.pk), block.code) for block in blocks]
    form.fields["block"].choices = [*forms.ANY, *choices]  # type: ignore[attr-defined]
    return form


def _without_search(request: Request) -> dict[str, str]:
    """Leave the search word to the filters; the table would search once more."""
    params = request.GET.dict()
    return {name: str(value) for name, value in params.items() if name != "q"}
