"""Rules: the list, one with its versions, a new version, verifying, ending, paper."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from darbaza.accounts.permissions import Permission
from darbaza.audit import selectors as audit
from darbaza.entitlements import forms, pagedata, selectors, services, tables
from darbaza.entitlements.models import Rule
from darbaza.kernel.errors import Conflict, DarbazaError, Invalid
from darbaza.pages import exports, grounds
from darbaza.pages.requests import Request


@require_GET
def rules(request: Request) -> HttpResponseBase:
    """List the rules in force today; ``format`` answers with a file."""
    filters = forms.RuleFilters(request.GET)
    filters.is_valid()
    today = timezone.localdate()
    found = _narrowed(selectors.rule_rows(on=today, by=request.actor), filters)
    if request.GET.get("format") in {"csv", "xlsx"}:
        rows = tables.RULES.select(found, query=request.GET.get("q", ""))
        lines = tables.RULES.lines(rows)
        return exports.respond(lines, kind=request.GET["format"], name="rules")
    unverified = selectors.rule_rows(on=today, by=request.actor).filter(
        verified_on=None
    )
    context = {
        "table": tables.RULES.view(found, request.GET),
        "filters": filters,
        "unverified": unverified.count(),
    }
    return render(request, "entitlements/rules.html", context)


@require_GET
def rule(request: Request, code: str) -> HttpResponse:
    """Show one rule: every version with its quota table, and the history."""
    versions = selectors.versions(code, by=request.actor)
    today = timezone.localdate()
    events = [
        event
        for version in versions
        for event in audit.history(version.pk, institutions=request.actor.sees)[:50]
    ]
    events.sort(key=lambda event: event.at, reverse=True)
    context = {
        "code": code,
        "title": versions[0].name,
        "versions": [
            {**pagedata.version(v), "in_force": _in_force(v, today)} for v in versions
        ],
        "history": pagedata.history(events),
        "may_manage": request.actor.may(Permission.RULE_MANAGE),
        "verification": forms.Verification(initial={"on": today}),
        "ending": forms.Ending(),
    }
    return render(request, "entitlements/rule.html", context)


@require_GET
def sheet(request: Request) -> HttpResponse:
    """Show all rules in force today on one sheet, for the wall and for inspectors."""
    today = timezone.localdate()
    rows = selectors.rule_rows(on=today, by=request.actor).prefetch_related("quotas")
    context = {"versions": [pagedata.version(row) for row in rows], "today": today}
    return render(request, "entitlements/sheet.html", context)


@require_http_methods(["GET", "POST"])
def add(request: Request, code: str) -> HttpResponse:
    """Add a version from a day, beginning with what the newest one says."""
    newest = selectors.versions(code, by=request.actor)[0]
    form = forms.Version(
        request.POST or None,
        initial=forms.Version.of(newest),
        figures=newest.figures,
    )
    lines = [forms.QuotaLine.of(row) for row in newest.quotas.all()]
    quotas = forms.QuotaTable(request.POST or None, initial=lines, prefix="quota")
    if form.is_valid() and quotas.is_valid():
        drafts = filter(None, (line.draft() for line in quotas.forms))
        try:
            services.add_version(
                form.draft(code, drafts),
                request_id=form.cleaned_data["request_id"],
                by=request.actor,
                at=timezone.now(),
            )
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("The new version is written down."))
            return redirect("entitlements:rule", code)
    context = {
        "form": form,
        "quotas": quotas,
        "code": code,
        "title": newest.name,
        "has_quotas": bool(lines),
    }
    status = 422 if form.is_bound else 200
    return render(request, "entitlements/version.html", context, status=status)


@require_POST
def verify(request: Request, rule_id: UUID) -> HttpResponse:
    """Say who has compared a version with the law in force."""
    form = forms.Verification(request.POST)
    if form.is_valid():
        return _step(request, services.verify, rule_id, **form.cleaned_data)
    return _wrong(request, form)


@require_POST
def end(request: Request, rule_id: UUID) -> HttpResponse:
    """End a version."""
    form = forms.Ending(request.POST)
    if form.is_valid():
        return _step(request, services.end, rule_id, **form.cleaned_data)
    return _wrong(request, form)


def _step(request: Request, service: Any, rule_id: UUID, **data: Any) -> HttpResponse:
    try:
        row = service(rule_id, **data, by=request.actor, at=timezone.now())
    except (Conflict, Invalid) as error:
        return _back(request, error)
    messages.success(request, _("Done, and on record."))
    return redirect("entitlements:rule", row.code)


def _wrong(request: Request, form: Any) -> HttpResponse:
    first = next(iter(form.errors.values()))[0]
    messages.error(request, first)
    return redirect("entitlements:rules")


def _back(request: Request, error: DarbazaError) -> HttpResponse:
    messages.error(request, grounds.officer(error))
    return redirect("entitlements:rules")


def _narrowed(rows: QuerySet[Rule], filters: forms.RuleFilters) -> QuerySet[Rule]:
    data = filters.cleaned_data
    if data.get("verified"):
        rows = rows.filter(verified_on__isnull=data["verified"] == "no")
    if data.get("kind"):
        rows = rows.filter(quotas__isnull=data["kind"] == "other").distinct()
    if data.get("jurisdiction"):
        rows = rows.filter(jurisdiction=data["jurisdiction"])
    return rows


def _in_force(rule: Rule, on: date) -> bool:
    return rule.valid_from <= on and (rule.valid_to is None or on < rule.valid_to)
