"""The list of visits of a day, its export, and the calendar of a month."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from darbaza.accounts.permissions import Permission
from darbaza.accounts.types import Actor
from darbaza.kernel import periods
from darbaza.kernel.errors import Invalid
from darbaza.pages import dates, exports
from darbaza.pages.requests import Request
from darbaza.pages.tables import Column, Table
from darbaza.sites import selectors as sites
from darbaza.visits import forms, selectors, services
from darbaza.visits.models import Visit
from darbaza.visits.selectors import Filters, Slot

DAY = timedelta(days=1)


def _names(visit: Visit) -> str:
    return ", ".join(v.person.name for v in visit.visitors.all())


def _export(on: date, *, by: Actor) -> str:
    allowed = by.may(Permission.VISIT_EXPORT)
    return reverse("visits:export", args=[on]) if allowed else ""


def _page(visit: Visit) -> str:
    return reverse("visits:visit", args=[visit.pk])


def _seat(visit: Visit) -> str:
    room = visit.session.room.name if visit.session else ""
    return f"{room} {visit.seat.label}" if visit.seat else room


TABLE: Table[Visit] = Table(
    columns=(
        Column("reference", _("Reference"), lambda v: v.reference, "reference", _page),
        Column("starts", _("From"), lambda v: v.starts_at, "starts_at",
               template="visits/_cell_clock.html"),
        Column("ends", _("To"), lambda v: v.ends_at, "ends_at",
               template="visits/_cell_clock.html"),
        Column("kind", _("Kind"), lambda v: v.get_kind_display(), "kind"),
        Column("status", _("Status"), lambda v: v.get_status_display(), "status",
               template="visits/_cell_status.html"),
        Column("sub_status", _("Sub-status"),
               lambda v: v.get_sub_status_display() if v.sub_status else "",
               export_only=True),
        Column("outcome", _("Outcome"),
               lambda v: v.get_outcome_display() if v.outcome else "", "outcome"),
        Column("number", _("Number"), lambda v: v.prisoner.number, "prisoner__number"),
        Column("prisoner", _("Prisoner"), lambda v: v.prisoner.person.name,
               "prisoner__person__surname"),
        Column("block", _("Block"),
               lambda v: v.prisoner.block.code if v.prisoner.block else "",
               "prisoner__block__code"),
        Column("visitors", _("Visitors"), _names),
        Column("seat", _("Place"), _seat),
        Column("closed", _("Behind glass"), lambda v: v.closed, export_only=True),
        Column("source", _("How it came"), lambda v: v.get_source_display(),
               export_only=True),
        Column("registered", _("Registered"), lambda v: v.registered_at,
               "registered_at", export_only=True),
        Column("registered_by", _("Registered by"), lambda v: v.registered_by,
               export_only=True),
        Column("entered", _("Entered"), lambda v: v.entered_at, export_only=True),
        Column("reason", _("Reason"), lambda v: v.outcome_reason, export_only=True),
        Column("note", _("Note"), lambda v: v.note, export_only=True),
    ),
    order="starts",
)  # fmt: skip


@require_GET
def today(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Lead to the list of today."""
    return redirect("visits:day", timezone.localdate())


@require_GET
def day(request: Request, on: date) -> HttpResponse:
    """Show the visits of one day, narrowed, searched, sorted."""
    form = _filter_form(request, on)
    filters, query = _filters(form, on)
    rows = selectors.visits(filters, by=request.actor)
    if query:
        rows = selectors.found(rows, query, by=request.actor)
    context = {
        "on": on,
        "before": on - DAY,
        "after": on + DAY,
        "form": form,
        "table": TABLE.view(rows, {**request.GET.dict(), "q": ""}),
        "export_url": _export(on, by=request.actor),
    }
    return render(request, "visits/day.html", context)


@require_GET
def export(request: Request, on: date) -> HttpResponseBase:
    """Give the list as a file; that it was taken is recorded."""
    kind = request.GET.get("format", "csv")
    if kind not in {"csv", "xlsx"}:
        raise Invalid("format_unknown", field="format")
    filters, query = _filters(_filter_form(request, on), on)
    rows = services.export(
        filters, query=query, kind=kind, by=request.actor, at=timezone.now()
    )
    lines = TABLE.lines(TABLE.select(rows, sort=request.GET.get("sort", "")))
    return exports.respond(lines, kind=kind, name=f"visits-{on:%Y-%m-%d}")


def _filter_form(request: Request, on: date) -> forms.DayFilter:
    actor = request.actor
    slots = selectors.sessions_on(on, by=actor)
    sessions = [(str(s.session_id), label(s)) for s in slots if s.session_id]
    blocks = sites.blocks(actor.institution_id, by=actor)
    named = [(str(b.pk), b.code) for b in blocks]
    return forms.DayFilter(request.GET, sessions=sessions, blocks=named)


def _filters(form: forms.DayFilter, on: date) -> tuple[Filters, str]:
    form.is_valid()
    values: dict[str, Any] = form.cleaned_data
    key = {n: UUID(values[n]) for n in ("session", "block") if values.get(n)}
    return (
        Filters(
            on,
            on + DAY,
            values.get("status", ""),
            values.get("kind", ""),
            key.get("session"),
            key.get("block"),
        ),
        values.get("q", ""),
    )


def label(slot: Slot) -> str:
    """Return a slot as one line of a list."""
    times = f"{dates.clock(slot.starts_at)}–{dates.clock(slot.ends_at)}"
    return f"{times} {slot.name or slot.room.name}"


@require_GET
def calendar(request: Request, year: int, month: int) -> HttpResponse:
    """Show a month: sessions, booked and free places, closures."""
    if not (1 <= month <= 12 and 2000 <= year <= 2200):
        raise Invalid("month_unknown", field="month")
    period = periods.month_of(date(year, month, 1))
    start = period.starts_on - timedelta(days=period.starts_on.weekday())
    until = period.ends_on + 7 * DAY
    slots = selectors.sessions_between(start, until, by=request.actor)
    by_day: dict[date, list[Slot]] = {}
    for slot in slots:
        by_day.setdefault(slot.day, []).append(slot)
    weeks = []
    while start < period.ends_on:
        days = [start + n * DAY for n in range(7)]
        weeks.append([_cell(d, by_day.get(d, []), month) for d in days])
        start += 7 * DAY
    context = {
        "month": period.starts_on,
        "before": period.starts_on - DAY,
        "after": period.ends_on,
        "weeks": weeks,
        "today": timezone.localdate(),
    }
    return render(request, "visits/calendar.html", context)


def _cell(on: date, slots: list[Slot], month: int) -> dict[str, Any]:
    usable = [s for s in slots if s.usable]
    return {
        "on": on,
        "inside": on.month == month,
        "sessions": len(usable),
        "booked": sum(s.visits for s in slots),
        "open_free": sum(s.open_free for s in usable),
        "closed_free": sum(s.closed_free for s in usable),
        "closings": sorted({s.closing.reason for s in slots if s.closing}),
    }
