"""The record: browse, export, prove, print the heads of a day."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from darbaza.audit import selectors as audit
from darbaza.pages import exports
from darbaza.pages.requests import Request
from darbaza.pages.tables import Column, Table
from darbaza.web import forms, selectors, services
from darbaza.web.types import Wanted

if TYPE_CHECKING:
    from darbaza.audit.models import Event

LONGEST_EXPORT = 200_000


def _facts(event: "Event") -> str:
    return ", ".join(f"{name}: {value}" for name, value in event.facts.items())


def _target(event: "Event") -> str:
    return f"{event.target_kind} {event.target_id}".strip()


TABLE: "Table[Event]" = Table(
    columns=(
        Column("at", gettext_lazy("When"), value=lambda e: e.at),
        Column(
            "event", gettext_lazy("Event"), value=lambda e: audit.event_text(e.type)
        ),
        Column("who", gettext_lazy("Who"), value=lambda e: e.actor_name),
        Column("record", gettext_lazy("Record"), value=_target),
        Column("facts", gettext_lazy("Facts"), value=_facts),
        Column("seq", gettext_lazy("Number"), value=lambda e: e.seq, numeric=True),
        Column("code", gettext_lazy("Code"), value=lambda e: e.type, export_only=True),
        Column(
            "hash",
            gettext_lazy("Hash"),
            value=lambda e: bytes(e.hash).hex(),
            export_only=True,
        ),
    ),
)


@require_GET
def record(request: Request) -> HttpResponse:
    """List what happened."""
    form = forms.Record(request.GET)
    rows = selectors.events(_wanted(form), by=request.actor)
    context = {"form": form, "table": TABLE.view(rows, request.GET)}
    return render(request, "web/record.html", context)


@require_GET
def export(request: Request) -> HttpResponseBase:
    """Give the list as a file, the newest 200,000 events at most."""
    rows = selectors.events(_wanted(forms.Record(request.GET)), by=request.actor)
    kind = "xlsx" if request.GET.get("format") == "xlsx" else "csv"
    lines = TABLE.lines(rows[:LONGEST_EXPORT])
    return exports.respond(lines, kind=kind, name=_("record"))


@require_GET
def chains(request: Request) -> HttpResponse:
    """Show whose chains there are, and how their last check ended."""
    found = selectors.chains(by=request.actor)
    return render(request, "web/chains.html", {"chains": found})


@require_POST
def start(request: Request, institution_id: UUID) -> HttpResponse:
    """Begin to check a chain."""
    check = services.start_check(institution_id, by=request.actor, at=timezone.now())
    return redirect("web:check", check.pk)


@require_http_methods(["GET", "POST"])
def check(request: Request, check_id: UUID) -> HttpResponse:
    """Show how far a check came; each poll or click takes its next step."""
    if request.htmx or request.method == "POST":
        row = services.continue_check(check_id, by=request.actor, at=timezone.now())
    else:
        row = selectors.check(check_id, by=request.actor)
    name = "web/check.html#walk" if request.htmx else "web/check.html"
    return render(request, name, {"check": row})


@require_GET
def heads(request: Request) -> HttpResponse:
    """Show the heads at the end of a day, for the paper in the safe."""
    form = forms.Day(request.GET)
    on = timezone.localdate()
    if form.is_valid() and form.cleaned_data["on"]:
        on = form.cleaned_data["on"]
    end = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    found = selectors.chains(by=request.actor, before=end)
    context: dict[str, Any] = {"chains": found, "on": on, "form": form}
    return render(request, "web/heads.html", context)


def _wanted(form: forms.Record) -> Wanted:
    if not form.is_valid():
        return Wanted()
    data = form.cleaned_data
    return Wanted(data["on"], data["type"], data["who"], data["record"])
