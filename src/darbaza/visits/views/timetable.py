"""The timetable on pages: week, templates, closures, single sessions."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from darbaza.pages import parsing
from darbaza.pages.requests import Request
from darbaza.sites import selectors as sites
from darbaza.visits import forms, selectors, services
from darbaza.visits.forms.timetable import WEEKDAYS
from darbaza.visits.models import Template
from darbaza.visits.types import ACTIVE

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
_SAME = (
    "name_ky", "name_ru", "name_en", "kind", "starts_at", "minutes", "every_weeks",
    "open_places", "closed_places", "valid_from", "valid_to",
)  # fmt: skip


@require_GET
def week(request: Request) -> HttpResponse:
    """Show one week as it will be, and below it the rows that make it."""
    now = timezone.now()
    chosen = _day(request.GET.get("on", "")) or timezone.localdate(now)
    monday = chosen - timedelta(days=chosen.weekday())
    slots = selectors.sessions_between(monday, monday + WEEK, by=request.actor)
    days = [
        (monday + n * DAY, [s for s in slots if s.day == monday + n * DAY])
        for n in range(7)
    ]
    context = {
        "days": days,
        "monday": monday,
        "before": monday - WEEK,
        "after": monday + WEEK,
        "today": timezone.localdate(now),
        "templates": selectors.templates(at=now, by=request.actor),
        "weekdays": dict(WEEKDAYS),
    }
    return render(request, "visits/week.html", context)


def _day(text: str) -> date | None:
    try:
        return parsing.day(text, today=timezone.localdate()) if text else None
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
def template_new(request: Request) -> HttpResponse:
    """Add a row to the weekly timetable."""
    today = timezone.localdate()
    form = _template_form(request, {"valid_from": today, "starts_at": "09:00"})
    if form.is_valid():
        data = form.cleaned_data
        services.add_template(
            _draft(data),
            request_id=data["request_id"],
            by=request.actor,
            at=timezone.now(),
        )
        messages.success(request, _("The timetable is changed; it counts at once."))
        return redirect("visits:timetable")
    return render(request, "visits/template.html", {"form": form})


@require_http_methods(["GET", "POST"])
def template(request: Request, template_id: UUID) -> HttpResponse:
    """Change a row of the weekly timetable."""
    row = selectors.template(template_id, by=request.actor)
    form = _template_form(request, _initial(row))
    if form.is_valid():
        draft = _draft(form.cleaned_data)
        services.change_template(row.pk, draft, by=request.actor, at=timezone.now())
        messages.success(request, _("The timetable is changed; it counts at once."))
        return redirect("visits:timetable")
    return render(request, "visits/template.html", {"form": form, "template": row})


@require_POST
def template_end(request: Request, template_id: UUID) -> HttpResponse:
    """End a row of the weekly timetable."""
    services.end_template(template_id, by=request.actor, at=timezone.now())
    messages.success(request, _("This row has ended; visits already booked stay."))
    return redirect("visits:timetable")


def _template_form(request: Request, initial: dict[str, Any]) -> forms.Template:
    actor = request.actor
    blocks = sites.blocks(actor.institution_id, by=actor)
    return forms.Template(
        request.POST or None,
        rooms=_rooms(request),
        blocks=[(str(b.pk), b.code) for b in blocks],
        initial=initial,
    )


def _rooms(request: Request) -> list[tuple[str, str]]:
    rooms = sites.rooms(request.actor.institution_id, by=request.actor)
    return [(str(r.pk), r.name) for r in rooms]


def _initial(row: Template) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in _SAME},
        "room": str(row.room_id),
        "weekday": row.weekday,
        "blocks": [str(b.pk) for b in row.blocks.all()],
        "blocks_included": str(row.blocks_included),
    }


def _draft(data: dict[str, Any]) -> services.TemplateDraft:
    return services.TemplateDraft(
        **{name: data[name] for name in _SAME},
        room_id=UUID(data["room"]),
        weekday=int(data["weekday"]),
        blocks=frozenset(UUID(b) for b in data["blocks"]),
        blocks_included=data["blocks_included"] == "True",
    )


@require_http_methods(["GET", "POST"])
def closures(request: Request) -> HttpResponse:
    """List closures, and close further days."""
    form = _closure_form(request)
    if form.is_valid():
        data = form.cleaned_data
        what, _colon, key = data["what"].partition(":")
        draft = services.ClosureDraft(
            data["starts_on"],
            data["last_on"] + DAY,
            data["reason"],
            room_id=UUID(key) if what == "room" else None,
            template_id=UUID(key) if what == "template" else None,
        )
        services.close(
            draft,
            request_id=data["request_id"],
            by=request.actor,
            at=timezone.now(),
        )
        messages.success(request, _("Closed. Look at the booked visits it touches."))
        return redirect("visits:closures")
    rows = selectors.closures(by=request.actor)
    context = {"form": form, "closures": rows[:200], "today": timezone.localdate()}
    return render(request, "visits/closures.html", context)


def _closure_form(request: Request) -> forms.Closure:
    rows = selectors.templates(at=timezone.now(), by=request.actor)
    days = dict(WEEKDAYS)
    places = [
        ("all", _("the whole institution")),
        *((f"room:{key}", name) for key, name in _rooms(request)),
        *(
            (f"template:{t.pk}", f"{days[t.weekday]} {t.starts_at:%H:%M} {t.name}")
            for t in rows
        ),
    ]
    return forms.Closure(request.POST or None, places=places)


@require_POST
def reopen(request: Request, closure_id: UUID) -> HttpResponse:
    """Take a closure back."""
    services.reopen(closure_id, by=request.actor, at=timezone.now())
    messages.success(request, _("Open again."))
    return redirect("visits:closures")


@require_GET
def session(request: Request, session_id: UUID) -> HttpResponse:
    """Show one session: who comes, who sits where, how many are in the room."""
    row = selectors.session(session_id, by=request.actor)
    filters = selectors.Filters(session_id=row.pk)
    visits = list(selectors.visits(filters, by=request.actor).order_by("starts_at"))
    seats = sites.seats(row.room_id, by=request.actor)
    holders = {v.seat_id: v for v in visits if v.status in ACTIVE}
    context = {
        "session": row,
        "slot": selectors.slot(row.pk, by=request.actor),
        "visits": visits,
        "seats": [(seat, holders.get(seat.pk)) for seat in seats],
        "count": selectors.head_count(row.pk, by=request.actor),
    }
    return render(request, "visits/session.html", context)


@require_http_methods(["GET", "POST"])
def session_new(request: Request) -> HttpResponse:
    """Add one session by hand."""
    form = forms.Session(request.POST or None, rooms=_rooms(request))
    if form.is_valid():
        data = dict(form.cleaned_data)
        key, room = data.pop("request_id"), UUID(data.pop("room"))
        row = services.add_session(
            services.SessionDraft(room_id=room, **data),
            request_id=key,
            by=request.actor,
            at=timezone.now(),
        )
        return redirect("visits:session", row.pk)
    return render(request, "visits/session_new.html", {"form": form})


@require_POST
def session_open(request: Request, template_id: UUID, on: date) -> HttpResponse:
    """Make the dated session of a template, and show it."""
    row = services.session_for(template_id, on, by=request.actor, at=timezone.now())
    return redirect("visits:session", row.pk)


@require_POST
def session_cancel(request: Request, session_id: UUID) -> HttpResponse:
    """Cancel a session that nobody holds a place in."""
    row = services.cancel_session(session_id, by=request.actor, at=timezone.now())
    messages.success(request, _("The session is cancelled."))
    return redirect("visits:session", row.pk)
