"""The appointments of a day; one of them: moved, cancelled."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from darbaza.accounts.permissions import Permission
from darbaza.appointments import forms, selectors, services
from darbaza.appointments.models import Appointment
from darbaza.appointments.types import Kind, Offer
from darbaza.kernel.errors import Conflict, Invalid
from darbaza.pages import dates
from darbaza.pages.requests import Request

DAY = timedelta(days=1)


@dataclass(slots=True)
class Moment:
    """One arrival time: places of both kinds, and who comes."""

    at: datetime
    visits: list[Offer] = field(default_factory=list)
    """One of each session: its room and beginning are a matter of their own."""
    packages: Offer | None = None
    rows: list[Appointment] = field(default_factory=list)


@require_GET
def day(request: Request) -> HttpResponse:
    """Show who comes when, with the places that are still free."""
    now, by = timezone.now(), request.actor
    on = forms.today_or(request.GET.get("on", ""), timezone.localdate(now))
    context = {
        "on": on,
        "before": on - DAY,
        "after": on + DAY,
        "moments": moments(on, by=by, at=now),
        "waiting": selectors.waiting(by=by).count(),
        "planned": selectors.plan(on=on, by=by),
        "may_plan": by.may(Permission.APPOINTMENT_PLAN),
        "may_export": by.may(Permission.SHIFT_REPORT),
    }
    return render(request, "appointments/day.html", context)


def moments(on: date, *, by: Any, at: datetime) -> list[Moment]:
    """Return the arrival times of a day in order, also those outside the plan.

    Whose visit begins soon after midnight comes the evening before.
    """
    found: dict[datetime, Moment] = {}
    for offer in selectors.slots(Kind.VISIT, on, on + 2 * DAY, by=by, at=at):
        if timezone.localdate(offer.arrives_at) != on:
            continue
        moment = found.setdefault(offer.arrives_at, Moment(offer.arrives_at))
        moment.visits.append(offer)
    for offer in selectors.slots(Kind.PARCEL, on, on + DAY, by=by, at=at):
        found.setdefault(offer.arrives_at, Moment(offer.arrives_at)).packages = offer
    for row in selectors.of_day(on, by=by).exclude(status="moved"):
        found.setdefault(row.arrives_at, Moment(row.arrives_at)).rows.append(row)
    return [found[key] for key in sorted(found)]


@require_GET
def appointment(request: Request, appointment_id: UUID) -> HttpResponse:
    """Show one appointment with its messages."""
    row = selectors.appointment(appointment_id, by=request.actor)
    sent = selectors.messages(by=request.actor).filter(appointment=row)
    context = {
        "row": row,
        "sent": sent,
        "cancel": forms.Cancel(),
        "may_change": _may_change(request, row),
    }
    return render(request, "appointments/appointment.html", context)


def _may_change(request: Request, row: Appointment) -> bool:
    here = row.institution_id == request.actor.institution_id
    may = request.actor.may(Permission.APPOINTMENT_SERVE)
    return bool(here and may and row.status == "booked")


@require_POST
def cancel(request: Request, appointment_id: UUID) -> HttpResponse:
    """Cancel with a reason; the family is told the harmless part."""
    row = selectors.appointment(appointment_id, by=request.actor)
    form = forms.Cancel(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            services.cancel(
                row.pk, reason=data["reason"], by_family=data["whose"] == "family",
                by=request.actor, at=timezone.now(),
            )  # fmt: skip
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Cancelled; the family is told."))
            return redirect("appointments:appointment", row.pk)
    context = {"row": row, "cancel": form, "may_change": True}
    return render(request, "appointments/appointment.html", context, status=422)


@require_http_methods(["GET", "POST"])
def move(request: Request, appointment_id: UUID) -> HttpResponse:
    """Choose another time for an appointment."""
    now, by = timezone.now(), request.actor
    row = selectors.appointment(appointment_id, by=by)
    on = forms.today_or(request.GET.get("on", ""), timezone.localdate(row.arrives_at))
    found = services.offers_for(row.access_id, Kind(row.kind), on, by=by, at=now)
    form = forms.MoveTo(request.POST or None, slots=choices(found))
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = services.move(
                row.pk, data["slot"], request_id=data["request_id"], by=by, at=now
            )
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Moved; the family is told."))
            return redirect("appointments:appointment", made.pk)
    context = {
        "row": row, "form": form, "on": on, "before": on - DAY, "after": on + DAY,
        "found": found,
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "appointments/move.html", context, status=status)


def choices(found: Iterable[Offer]) -> list[tuple[str, str]]:
    """Return the free times as a form offers them."""
    return [(offer.key, words(offer)) for offer in found]


def words(offer: Offer) -> str:
    """Say a time: when to come, when the visit is, what is free."""
    come = dates.clock(offer.arrives_at)
    free = _("%(free)s of %(places)s free") % {
        "free": offer.free, "places": offer.places,
    }  # fmt: skip
    if offer.visit_at is None:
        return f"{come} · {free}"
    visit = _("visit %(clock)s") % {"clock": dates.clock(offer.visit_at)}
    return f"{come} · {visit} · {free}"
