"""The shift in figures, patterns worth a look, and the gaps of every chain."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from darbaza.pages.requests import Request
from darbaza.pages.tables import Column, Table
from darbaza.parcels import inspection_words as words
from darbaza.parcels import selectors
from darbaza.parcels.forms.inspecting import Span
from darbaza.parcels.models import Sending
from darbaza.parcels.selectors import Gapped
from darbaza.parcels.views import files

WEEK = timedelta(days=7)

GAPS: Table[Gapped] = Table(
    columns=(
        Column("label", pgettext_lazy("parcel", "Bag"), lambda g: g.bag.label,
               link=lambda g: reverse("parcels:bag", args=[g.bag.pk])),
        Column("institution", _("Institution"), lambda g: g.bag.institution.name),
        Column("gap", _("What is missing"), lambda g: str(words.GAPS[g.gap.code])),
        Column("at", _("When"), lambda g: g.step.at),
        Column("to", _("Step"), lambda g: g.step.get_to_display()),
        Column("giver", _("Given by"), lambda g: g.step.giver),
        Column("taker", _("Taken by"), lambda g: g.step.taker),
        Column("where", _("Where it is now"), lambda g: g.bag.get_where_display()),
        Column("code", _("Code"), lambda g: g.gap.code, export_only=True),
    ),
)  # fmt: skip


@require_GET
def shift_picture(request: Request) -> HttpResponse:
    """Show what came in, was refused and was seized, by kind and officer."""
    by, now = request.actor, timezone.now()
    form, first, last = _span(request, _midnight(now), now)
    found = selectors.shift_picture(first, last, by=by)
    today = timezone.localdate(last)
    seen = selectors.found_patterns(today, by=by)
    context = {
        "form": form,
        "figures": _figures(found),
        "tables": _tables(found, words.categories(today, by=by)),
        "patterns": [(words.PATTERNS[one.kind], one) for one in seen],
        "days": selectors.pattern_days(today, by=by),
    }
    return render(request, "parcels/shift_picture.html", context)


def _figures(found: Any) -> list[tuple[str, int]]:
    return [
        (gettext("Sendings handed in"), found.came),
        (gettext("Refused"), found.refused),
        (gettext("Bags looked into"), found.inspected),
        (gettext("Findings"), found.found),
        (gettext("People searched"), found.searched),
        (gettext("No consent to a search"), found.no_consent),
        (gettext("Bags under seal now"), found.under_seal),
    ]


def _tables(found: Any, names: dict[str, str]) -> list[dict[str, Any]]:
    channels = dict(Sending.Channel.choices)
    return [
        {
            "title": gettext("By channel"),
            "heads": [gettext("Handed in"), gettext("Refused")],
            "rows": [(channels.get(c, c), counts) for c, counts in found.channels],
        },
        {
            "title": gettext("By officer"),
            "heads": [
                gettext("Registered"), gettext("Refused"), gettext("Looks"),
                gettext("Findings"), gettext("Overrides"),
            ],
            "rows": found.officers,
        },
        {
            "title": gettext("What was found, by category"),
            "heads": [gettext("Times")],
            "rows": [(names.get(c, c), counts) for c, counts in found.categories],
        },
        {
            "title": gettext("Overrides, by officer"),
            "heads": [gettext("Times")],
            "rows": found.overrides,
        },
    ]  # fmt: skip


@require_GET
def chain(request: Request) -> HttpResponse:
    """Report every gap of the open bags and of those that moved in a period."""
    by, now = request.actor, timezone.now()
    form, first, last = _span(request, _midnight(now) - WEEK, now)
    rows = selectors.gaps(first, last, by=by)
    context = {
        "form": form,
        "table": GAPS.view(rows, request.GET),
        "checked": selectors.checked(first, last, by=by),
        "bags": len({row.bag.pk for row in rows}),
        "export_url": files.address(request, "parcels:chain_export"),
    }
    return render(request, "parcels/chain.html", context)


@require_GET
def chain_export(request: Request) -> HttpResponseBase:
    """Give the report as a file; that it was taken is recorded."""
    kind, now = request.GET.get("format", "csv"), timezone.now()
    _form, first, last = _span(request, _midnight(now) - WEEK, now)
    rows = selectors.gaps(first, last, by=request.actor)
    return files.give(request, GAPS, rows, kind=kind, name="chain")


def _span(
    request: Request, first: datetime, last: datetime
) -> tuple[Span, datetime, datetime]:
    """Return the form and the span it names; the usual one where it names none."""
    usual = {"first": first, "last": last}
    form = Span(request.GET if "first" in request.GET else usual)
    if form.is_valid():
        return form, form.cleaned_data["first"], form.cleaned_data["last"]
    return form, first, last


def _midnight(now: datetime) -> datetime:
    local = timezone.localtime(now)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)
