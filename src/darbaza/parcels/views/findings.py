"""Findings: entering one, the list, one with its protocol."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from darbaza.accounts.permissions import Permission
from darbaza.kernel import ids
from darbaza.kernel.errors import DarbazaError, Forbidden, Invalid, NotFound
from darbaza.pages import papers
from darbaza.pages.requests import Request
from darbaza.pages.tables import Column, Table
from darbaza.parcels import evidence_sheets, selectors, services
from darbaza.parcels import inspection_words as words
from darbaza.parcels.forms import inspecting as forms
from darbaza.parcels.models import Bag, Finding, Search
from darbaza.parcels.selectors import FindingFilters
from darbaza.parcels.services import FindingDraft
from darbaza.parcels.types import Verdict
from darbaza.parcels.views import files, printers, seeing
from darbaza.parcels.views.inspecting import uploads
from darbaza.sites.types import Paper

OFFERED = (Verdict.CRIMINAL, Verdict.PROHIBITED, Verdict.MEDICAL)
"""Categories of these verdicts come first in the list of what was found."""


def _page(row: Finding) -> str:
    return reverse("parcels:finding", args=[row.pk])


def name_of(row: Finding) -> str:
    """Return at whom it was found."""
    return row.person.name if row.person else row.person_name


TABLE: Table[Finding] = Table(
    columns=(
        Column("protocol", _("Protocol"), lambda f: f.protocol, "protocol", _page),
        Column("at", _("When"), lambda f: f.at, "at"),
        Column("institution", _("Institution"), lambda f: f.institution.name,
               "institution__code"),
        Column("person", _("At whom"), name_of, "person__surname"),
        Column("prisoner", _("For whom"),
               lambda f: f.prisoner.person.name if f.prisoner else ""),
        Column("offence", _("What it is"), lambda f: f.get_offence_display(),
               "offence"),
        Column("description", _("What was found"), lambda f: f.description),
        Column("where", _("Where it is now"), lambda f: f.bag.get_where_display(),
               "bag__where"),
        Column("earlier", _("Attempts before"), lambda f: len(f.earlier),
               numeric=True),
        Column("seal", _("Seal"), lambda f: f.bag.seal, export_only=True),
        Column("place", _("Place"), lambda f: f.bag.place, export_only=True),
        Column("by", _("Found by"), lambda f: f.by_name, "by_name", export_only=True),
        Column("second", _("Second officer"), lambda f: f.second_name,
               export_only=True),
        Column("withdrawn", _("Withdrawn"), lambda f: f.withdrawn_at,
               "withdrawn_at"),
    ),
    order="-at",
)  # fmt: skip


@require_GET
def findings(request: Request) -> HttpResponse:
    """List what was found; search, narrow, export."""
    form = forms.Findings(request.GET)
    context = {
        "form": form,
        "table": TABLE.view(_rows(request, form), {**request.GET.dict(), "q": ""}),
        "export_url": files.address(request, "parcels:findings_export"),
    }
    return render(request, "parcels/findings.html", context)


@require_GET
def export(request: Request) -> HttpResponseBase:
    """Give the list as a file; that it was taken is recorded."""
    kind = request.GET.get("format", "csv")
    rows = _rows(request, forms.Findings(request.GET))
    return files.give(request, TABLE, rows, kind=kind, name="findings")


def _rows(request: Request, form: forms.Findings) -> Any:
    form.is_valid()
    given = form.cleaned_data
    last = given.get("last")
    filters = FindingFilters(
        _midnight(given.get("first")),
        _midnight(last + timedelta(days=1) if last else None),
        given.get("offence", ""),
        given.get("where", ""),
    )
    rows = selectors.findings(filters, by=request.actor)
    if query := given.get("q", ""):
        rows = selectors.found_by(rows, query, by=request.actor)
    return rows


def _midnight(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time())) if day else None


@require_GET
def finding(request: Request, finding_id: UUID) -> HttpResponse:
    """Show one finding, what was known before it, and what the law says."""
    by = request.actor
    row = selectors.finding(finding_id, by=by)
    name = "" if row.person_id else row.person_name
    known = selectors.earlier_attempts(row.person_id, name=name, but=row.pk, by=by)
    before = [one for one in known if one.on <= timezone.localdate(row.at)]
    ours = row.institution_id == by.institution_id
    context = {
        "finding": row,
        "name": name_of(row),
        "category": words.categories(timezone.localdate(row.at), by=by).get(
            row.category, row.category
        ),
        "attempts": seeing.shown(known, by=by),
        "law": seeing.law([row.offence], before, by=by),
        "printer": printers.list_printer(request),
        "may_print": ours and by.may(Permission.PARCEL_INSPECT),
        "may_release": seeing.may_release(request, row),
        "form": forms.Why() if _may_withdraw(request, row) else None,
    }
    return render(request, "parcels/finding.html", context)


def _may_withdraw(request: Request, row: Finding) -> bool:
    ours = row.institution_id == request.actor.institution_id
    may = request.actor.may(Permission.OVERRIDE_SHIFT)
    return ours and may and row.withdrawn_at is None


@require_http_methods(["POST"])
def withdraw(request: Request, finding_id: UUID) -> HttpResponse:
    """Withdraw a finding that was a mistake, with the reason."""
    form = forms.Why(request.POST)
    if not form.is_valid():
        raise Invalid("reason_missing", field="reason")
    reason = form.cleaned_data["reason"]
    services.withdraw(finding_id, reason=reason, by=request.actor, at=timezone.now())
    messages.success(
        request,
        gettext("Withdrawn; now two officers can take the bag out of evidence."),
    )
    return redirect("parcels:finding", finding_id)


@require_http_methods(["GET", "POST"])
def release(request: Request, finding_id: UUID) -> HttpResponse:
    """Take a thing out of evidence whose finding was withdrawn."""
    row = selectors.finding(finding_id, by=request.actor)
    _must_be_ours(request, row)

    def taken(given: dict[str, Any], told: dict[str, Any]) -> None:
        services.release(row.pk, given["part"], **told)

    return _out(request, row.bag, forms.Release(request.POST or None), taken)


@require_http_methods(["GET", "POST"])
def undo_seizure(request: Request, bag_id: UUID) -> HttpResponse:
    """Take a thing out of evidence that was seized without a finding."""
    bag = selectors.bag(bag_id, by=request.actor)
    if not seeing.may_undo(request, bag):
        raise Forbidden(permission=Permission.OVERRIDE_SHIFT.value)

    def taken(given: dict[str, Any], told: dict[str, Any]) -> None:
        services.undo_seizure(bag.pk, given["part"], given["reason"], **told)

    return _out(request, bag, forms.UndoSeizure(request.POST or None), taken)


def _out(
    request: Request,
    bag: Any,
    form: forms.Release,
    taken: Callable[[dict[str, Any], dict[str, Any]], None],
) -> HttpResponse:
    """Ask what becomes of a seized thing and for both officers, and take it out."""
    if form.is_valid():
        try:
            taken(form.cleaned_data, _told(request, form.cleaned_data))
        except DarbazaError as error:
            form.refuse(error)
        else:
            messages.success(request, gettext("Out of evidence; the seal is on it."))
            return redirect("parcels:bag", bag.pk)
    context = {"bag": bag, "title": gettext("Take out of evidence"), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "parcels/bag_step.html", context, status=status)


def _told(request: Request, given: dict[str, Any]) -> dict[str, Any]:
    second = seeing.second(request, given)
    if second is None:
        raise Invalid("second_officer_missing", field="username")
    once = {"second": second, "request_id": given["request_id"]}
    return {**once, "by": request.actor, "at": timezone.now()}


@require_GET
def protocol(request: Request, finding_id: UUID) -> HttpResponse:
    """Give the protocol for the offence case as PDF; every print is counted."""
    row = selectors.finding(finding_id, by=request.actor)
    data, _number = _protocol(request, row)
    return papers.answer("parcels", "protocol", data, name="protocol")


@require_POST
def protocol_send(request: Request, finding_id: UUID) -> HttpResponse:
    """Print the protocol at the printer of this post; else give the PDF."""
    row = selectors.finding(finding_id, by=request.actor)

    def made() -> printers.Made:
        return _protocol(request, row)

    if printers.sent(request, "protocol", Paper.PAPER, made, rolls=False):
        return redirect("parcels:finding", row.pk)
    return redirect("parcels:protocol", row.pk)


def _protocol(request: Request, row: Finding) -> printers.Made:
    """Return the protocol as data of its sheet, and its number; it is counted."""
    by, at = request.actor, timezone.now()
    copy = services.note_protocol_printed(row.pk, by=by, at=at)
    return evidence_sheets.protocol(row, copy=copy, by=by, at=at), row.protocol


# Entering one -------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def find(request: Request, bag_id: UUID) -> HttpResponse:
    """Enter what was found in a bag."""
    bag = selectors.bag(bag_id, by=request.actor)
    _must_be_ours(request, bag)
    whole = bag.part == Bag.Part.KEPT
    lines = [] if whole else list(bag.lines.all())
    attempts = seeing.attempts_of(bag, by=request.actor)
    found = "; ".join(str(line) for line in bag.lines.all()) if whole else ""
    form = _form(request, lines, description=found)
    return _enter(
        request, services.find_in_bag, bag.pk, form, attempts=attempts, bag=bag
    )


@require_http_methods(["GET", "POST"])
def find_on_person(request: Request, search_id: UUID) -> HttpResponse:
    """Enter what a search found."""
    row = selectors.search(search_id, by=request.actor)
    _must_be_ours(request, row)
    attempts = (
        selectors.earlier_attempts(row.person_id, by=request.actor)
        if request.actor.may(Permission.FINDING_SEE)
        else []
    )
    form = _form(request, [], description=row.note)
    return _enter(
        request, services.find_on_person, row.pk, form, attempts=attempts, search=row
    )


def _must_be_ours(request: Request, row: Bag | Search | Finding) -> None:
    if not request.actor.may(Permission.PARCEL_INSPECT):
        raise Forbidden(permission=Permission.PARCEL_INSPECT.value)
    if row.institution_id != request.actor.institution_id:
        raise NotFound("bag")


def _form(request: Request, lines: list[Any], **initial: Any) -> forms.Find:
    today = timezone.localdate()
    names = words.categories(today, by=request.actor)
    rules = selectors.categories(today, by=request.actor)
    choices = sorted(
        names.items(),
        key=lambda pair: (rules[pair[0]].verdict not in OFFERED, pair[1].casefold()),
    )
    known = {"protocol": ids.reference(), "offence": "phone", "category": "phones"}
    return forms.Find(
        request.POST or None, request.FILES or None, categories=choices, lines=lines,
        initial=known | initial,
    )  # fmt: skip


def _enter(
    request: Request, door: Any, key: UUID, form: forms.Find, **shown: Any
) -> HttpResponse:
    by = request.actor
    if request.method == "POST" and form.is_valid():
        try:
            row = _write(request, door, key, form)
        except NotFound:
            raise
        except DarbazaError as error:
            form.refuse(error)
        else:
            messages.success(
                request, gettext("Seized. Print the protocol and have it signed.")
            )
            return redirect("parcels:finding", row.pk)
    attempts = shown.pop("attempts")
    context = {
        "form": form,
        "attempts": seeing.shown(attempts, by=by),
        "law": seeing.law(Finding.Offence.values, attempts, by=by),
        **shown,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "parcels/find.html", context, status=status)


def _write(request: Request, door: Any, key: UUID, form: forms.Find) -> Finding:
    given, files = form.cleaned_data, uploads(request)
    second = seeing.second(request, given)
    if second is None:
        raise Invalid("second_officer_missing", field="username")
    names = ("category", "offence", "description", "protocol", "seal", "place",
             "hidden_in", "explanation")  # fmt: skip
    draft = FindingDraft(
        **{name: given[name] for name in names}, pieces=form.pieces(),
        upload=files[0] if files else None,
    )  # fmt: skip
    row: Finding = door(
        key, draft, second=second, request_id=given["request_id"], by=request.actor,
        at=timezone.now(),
    )  # fmt: skip
    return row
