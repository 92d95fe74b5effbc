"""Refusals, complaints with their deadlines, and overrides for headquarters."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from darbaza.accounts.permissions import Permission
from darbaza.kernel.decisions import Decision
from darbaza.pages import grounds
from darbaza.pages.requests import Request
from darbaza.pages.tables import Column, Table
from darbaza.visits import forms, selectors, services
from darbaza.visits.models import Override, Refusal
from darbaza.visits.texts.titles import title

PERIOD = timedelta(days=30)
DAY = timedelta(days=1)
STATES = {
    "open": _("waiting for an answer"),
    "overdue": _("overdue"),
    "answered": _("answered"),
    "all": _("all"),
}


def _codes(row: Refusal) -> str:
    return "; ".join(grounds.officer(g) for g in Decision.of_facts(row.grounds).grounds)


def _refusal_page(row: Refusal) -> str:
    return reverse("visits:refusal", args=[row.pk])


OVERRIDES: Table[Override] = Table(
    columns=(
        Column("at", _("When"), lambda o: o.at, "at"),
        Column("institution", _("Institution"), lambda o: o.institution.name,
               "institution__code"),
        Column("code", _("Ground"), lambda o: title(o.code), "code"),
        Column("reason", _("Reason"), lambda o: o.reason),
        Column("by", _("Who"), lambda o: o.by_name, "by_name"),
        Column("visit", _("Visit"), lambda o: o.visit.reference, "",
               lambda o: reverse("visits:visit", args=[o.visit_id])),
        Column("prisoner", _("Prisoner"), lambda o: o.visit.prisoner.person.name),
        Column("visitor", _("Visitor"),
               lambda o: o.visitor.person.name if o.visitor else ""),
    ),
    order="-at",
)  # fmt: skip

REFUSALS: Table[Refusal] = Table(
    columns=(
        Column("number", _("Number"), lambda r: r.number, "number", _refusal_page),
        Column("at", _("When"), lambda r: r.at, "at"),
        Column("institution", _("Institution"), lambda r: r.institution.name,
               "institution__code"),
        Column("person", _("Visitor"), lambda r: r.person.name if r.person else "",
               "person__surname"),
        Column("prisoner", _("Prisoner"),
               lambda r: r.prisoner.person.name if r.prisoner else ""),
        Column("grounds", _("Grounds"), _codes),
        Column("complained", _("Complaint"), lambda r: r.complained_at,
               "complained_at"),
        Column("due", _("Answer due"), lambda r: r.answer_due_on, "answer_due_on"),
        Column("answered", _("Answered"), lambda r: r.answered_at, "answered_at"),
    ),
    search=lambda rows, q: rows.filter(number__icontains=q),
    order="-at",
)  # fmt: skip


@require_GET
def overrides(request: Request) -> HttpResponse:
    """List what was set aside by rank, by officer and by ground, with counts."""
    first, last = _period(request)
    officer, code = request.GET.get("officer", ""), request.GET.get("code", "")
    rows = selectors.overrides(
        first, last + DAY, officer=officer, code=code, by=request.actor
    )
    tallies = selectors.override_tallies(first, last + DAY, by=request.actor)
    context = {
        "form": forms.Period({"first": first, "last": last}),
        "table": OVERRIDES.view(rows, request.GET),
        "officers": tallies["officer"],
        "codes": [(t, title(t.label)) for t in tallies["code"]],
    }
    return render(request, "visits/overrides.html", context)


@require_GET
def refusals(request: Request) -> HttpResponse:
    """List the refusals of a period; a number leads straight to its refusal."""
    first, last = _period(request)
    if number := request.GET.get("number", "").strip():
        row = selectors.refusal_by_number(number, by=request.actor)
        return redirect("visits:refusal", row.pk)
    rows = selectors.refusals(first, last + DAY, by=request.actor)
    context = {
        "form": forms.Period({"first": first, "last": last}),
        "table": REFUSALS.view(rows, request.GET),
    }
    return render(request, "visits/refusals.html", context)


@require_GET
def complaints(request: Request) -> HttpResponse:
    """List complaints by their deadline."""
    chosen = request.GET.get("state", "open")
    state = chosen if chosen in STATES else "open"
    today = timezone.localdate()
    rows = selectors.complaints(state=state, on=today, by=request.actor)
    overdue = selectors.complaints(state="overdue", on=today, by=request.actor)
    context = {
        "state": state,
        "states": STATES.items(),
        "overdue": overdue.count(),
        "table": REFUSALS.view(rows, {"sort": "due", **request.GET.dict()}),
    }
    return render(request, "visits/complaints.html", context)


@require_http_methods(["GET", "POST"])
def refusal(request: Request, refusal_id: UUID) -> HttpResponse:
    """Show a refusal as it was told; take the complaint, give the answer."""
    row = selectors.refusal(refusal_id, by=request.actor)
    form = _next_form(request, row)
    if form is not None and form.is_valid():
        act = services.answer if row.complained_at else services.complain
        act(row.pk, form.cleaned_data["text"], by=request.actor, at=timezone.now())
        messages.success(request, gettext("Recorded."))
        return redirect("visits:refusal", row.pk)
    context = {
        "refusal": row,
        "decision": Decision.of_facts(row.grounds),
        "form": form,
        "overdue": bool(
            row.answer_due_on
            and not row.answered_at
            and row.answer_due_on < timezone.localdate()
        ),
    }
    return render(request, "visits/refusal.html", context)


def _next_form(request: Request, row: Refusal) -> Any:
    """Return the form of the next step, or None where there is none for this actor."""
    actor = request.actor
    if row.institution_id != actor.institution_id or row.answered_at:
        return None
    if row.complained_at is None:
        may = actor.may(Permission.VISIT_CHANGE)
        return forms.Complaint(request.POST or None) if may else None
    may = actor.may(Permission.COMPLAINT_ANSWER)
    return forms.Words(request.POST or None) if may else None


def _period(request: Request) -> tuple[date, date]:
    form = forms.Period(request.GET)
    form.is_valid()
    today = timezone.localdate()
    last = form.cleaned_data.get("last") or today
    return form.cleaned_data.get("first") or last - PERIOD, last
