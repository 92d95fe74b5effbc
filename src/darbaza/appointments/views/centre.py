"""The call centre: one appointment at a time, found by number and telephone.

It sees when and for what a family comes, and whether it was told; never whom, and
nothing of any other record. Every look is on record.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from darbaza.appointments import forms, selectors, services
from darbaza.appointments.forms import centre
from darbaza.appointments.types import Kind
from darbaza.appointments.views import days
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.pages.requests import Request

DAY = timedelta(days=1)
FOUND = "centre_found"
"""Which appointments this browser has found; no other can be opened."""
KEPT = 20
A_PAGE = 25


@require_http_methods(["GET", "POST"])
def look_up(request: Request) -> HttpResponse:
    """Find an appointment; below it the questions of people without a code."""
    form = centre.LookUp(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        row = services.look_up(
            data["reference"], data["phone_end"], by=request.actor, at=timezone.now()
        )
        if row is not None:
            found = [str(row.pk), *request.session.get(FOUND, [])]
            request.session[FOUND] = found[:KEPT]
            return redirect("appointments:served", row.pk)
        form.add_error(None, _("Number and telephone do not belong together."))
    asks = Paginator(selectors.asks(by=request.actor), A_PAGE)
    context = {
        "form": form,
        "asks": asks.get_page(request.GET.get("page")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "appointments/centre.html", context, status=status)


def _found(request: Request, appointment_id: UUID) -> Any:
    if str(appointment_id) not in request.session.get(FOUND, []):
        raise NotFound
    return services.served(appointment_id, by=request.actor)


@require_http_methods(["GET", "POST"])
def served(request: Request, appointment_id: UUID) -> HttpResponse:
    """Show the appointment that was found; cancel it."""
    row = _found(request, appointment_id)
    form = forms.Cancel(request.POST or None)
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
            return redirect("appointments:served", row.pk)
    status = 422 if form.is_bound else 200
    context = {"row": row, "cancel": form}
    return render(request, "appointments/served.html", context, status=status)


@require_http_methods(["GET", "POST"])
def moved(request: Request, appointment_id: UUID) -> HttpResponse:
    """Choose another time for the appointment that was found."""
    now, row = timezone.now(), _found(request, appointment_id)
    on = forms.today_or(request.GET.get("on", ""), timezone.localdate(row.arrives_at))
    found = services.offers_for(
        row.access_id, Kind(row.kind), on, by=request.actor, at=now
    )
    form = forms.MoveTo(request.POST or None, slots=days.choices(found))
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = services.move(
                row.pk, data["slot"], request_id=data["request_id"],
                by=request.actor, at=now,
            )  # fmt: skip
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            seen = [str(made.pk), *request.session.get(FOUND, [])]
            request.session[FOUND] = seen[:KEPT]
            messages.success(request, _("Moved; the family is told."))
            return redirect("appointments:served", made.pk)
    context = {
        "row": row, "form": form, "on": on, "before": on - DAY, "after": on + DAY,
        "found": found, "limited": True,
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "appointments/move.html", context, status=status)


@require_POST
def answered(request: Request, ask_id: UUID) -> HttpResponse:
    """Close a question with what was answered."""
    words = request.POST.get("answer", "")[:300]
    try:
        services.answer_ask(ask_id, words, by=request.actor, at=timezone.now())
    except Invalid:
        messages.error(request, _("Say what was answered."))
    else:
        messages.success(request, _("Answered."))
    return redirect("appointments:centre")
