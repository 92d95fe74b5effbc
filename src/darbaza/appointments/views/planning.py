"""The arrival plan: what each stage serves, how places are spread; package hours."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from darbaza.accounts.permissions import Permission
from darbaza.appointments import forms, policies, selectors, services
from darbaza.appointments.selectors.slots import draft_of
from darbaza.appointments.types import PlanDraft
from darbaza.kernel.errors import Invalid
from darbaza.pages.requests import Request

STAGES = {
    "registration": pgettext_lazy("arrival plan", "registration"),
    "inspection": pgettext_lazy("arrival plan", "inspection of packages"),
    "search": pgettext_lazy("arrival plan", "search of visitors"),
}


@require_http_methods(["GET", "POST"])
def plan(request: Request) -> HttpResponse:
    """Show the plan in force and what follows from its figures; adopt another."""
    today, by = timezone.localdate(), request.actor
    row = selectors.plan(on=today, by=by)
    current = draft_of(row, today)
    start = asdict(current) | {"valid_from": today}
    form = forms.PlanFigures(request.POST or None, initial=start)
    if form.is_valid() and by.may(Permission.APPOINTMENT_PLAN):
        if "look" in request.POST:
            return _page(request, form, form.draft())
        try:
            services.adopt(form.draft(), by=by, at=timezone.now())
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, _("The plan counts from its day on."))
            return redirect("appointments:plan")
    return _page(request, form, current, status=422 if form.is_bound else 200)


def _page(
    request: Request,
    form: Any,
    shown: PlanDraft,
    *,
    hours: Any = None,
    status: int = 200,
) -> HttpResponse:
    today, by = timezone.localdate(), request.actor
    served = policies.capacity(shown)
    context = {
        "form": form,
        "shown": shown,
        "served": [
            (STAGES["registration"], served.all),
            (STAGES["inspection"], served.parcels),
            (STAGES["search"], served.visits),
        ],
        "slowest": STAGES[policies.slowest(shown)],
        "example": policies.spread(
            min(served.all, served.parcels, served.visits), 8, shown.shape
        ),
        "plans": selectors.plans(by=by)[:10],
        "hours": selectors.hand_in_hours(on=today, by=by),
        "hours_form": hours or forms.Hours(initial={"valid_from": today}),
        "may_plan": by.may(Permission.APPOINTMENT_PLAN),
    }
    return render(request, "appointments/plan.html", context, status=status)


@require_POST
def hours(request: Request) -> HttpResponse:
    """Add hours in which packages are taken."""
    form = forms.Hours(request.POST)
    if form.is_valid():
        try:
            services.add_hand_in(form.draft(), by=request.actor, at=timezone.now())
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, _("Packages are taken in these hours."))
            return redirect("appointments:plan")
    today = timezone.localdate()
    current = draft_of(selectors.plan(on=today, by=request.actor), today)
    figures = forms.PlanFigures(initial=asdict(current))
    return _page(request, figures, current, hours=form, status=422)


@require_POST
def end_hours(request: Request, hand_in_id: UUID) -> HttpResponse:
    """Take no packages in these hours from today on."""
    now = timezone.now()
    services.end_hand_in(
        hand_in_id, on=timezone.localdate(now), by=request.actor, at=now
    )  # fmt: skip
    messages.success(request, _("Ended. What was booked stays: look at it again."))
    return redirect("appointments:plan")
