"""What if: the waits of today against those of a plan, for one entrance."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from darbaza.accounts.permissions import Permission
from darbaza.appointments import selectors as booked
from darbaza.appointments import services as appointments
from darbaza.appointments.types import PlanDraft
from darbaza.gate import adopting, selectors, simulation
from darbaza.gate.forms import what_if as forms
from darbaza.gate.texts import waiting as texts
from darbaza.gate.types import Recorded
from darbaza.pages import dates, exports
from darbaza.pages.figures import tenths
from darbaza.pages.requests import Request

DAYS, SEED = 100, 1
"""As many as the command takes when nobody says otherwise."""
TRIED_FAMILIES = 3_600
"""Of how many families each staff is tried, that a page may look for the smallest."""
FULL = 100
WORTH_SAYING = 0.1
"""Minutes; below that nothing is slow."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a picture: its words, its figure, its length of a hundred."""

    label: str
    figure: float
    length: int
    kind: str = ""


@require_GET
def what_if(request: Request) -> HttpResponse:
    """Show the figures and, once they are sent, what they come to."""
    known = selectors.recorded(by=request.actor, at=timezone.now())
    form = _form(request, known)
    context = {
        "form": form,
        "known": known,
        "own": [form[name].label for name in forms.own_figures(known)],
        "query": request.GET.urlencode(),
    }
    try:
        if form.is_valid():
            context |= _answer(form) | _adoption(request, form)
    except simulation.UnusableError:
        form.add_error(None, _("Not one slot fits into a day as short as this."))
    status = 422 if form.errors else 200
    return render(request, "gate/what_if.html", context, status=status)


@require_POST
def adopt(request: Request) -> HttpResponse:
    """Let the plan of the same figures count from tomorrow; twice is once."""
    known = selectors.recorded(by=request.actor, at=timezone.now())
    form, back = _form(request, known), f"?{request.GET.urlencode()}"
    wanted = _adoption(request, form).get("adoption") if form.is_valid() else None
    if wanted is None:
        return redirect(reverse("gate:what_if") + back)
    if any(change.changes for change in wanted.changes):
        appointments.adopt(wanted.draft, by=request.actor, at=timezone.now())
    day = dates.short(wanted.draft.valid_from)
    words = _("The plan counts from %(day)s: times that can be booked follow it.")
    messages.success(request, words % {"day": day})
    return redirect(reverse("gate:what_if") + back)


@dataclass(frozen=True, slots=True)
class Adoption:
    """What adopting would change."""

    draft: PlanDraft
    changes: list[adopting.Change]
    since: date | None
    """From when the plan counts that would be replaced."""

    @property
    def counts(self) -> bool:
        """Whether it is in force already."""
        return not any(change.changes for change in self.changes)


def _adoption(request: Request, form: forms.WhatIf) -> dict[str, Any]:
    """Return what may be adopted; nothing for who may not, or without appointments."""
    if not request.actor.may(Permission.APPOINTMENT_PLAN):
        return {}
    tomorrow = timezone.localdate() + timedelta(days=1)
    plan = booked.plan(on=tomorrow, by=request.actor)
    draft = adopting.draft(form.scenario(), plan, valid_from=tomorrow)
    if draft is None:
        return {}
    found = adopting.changes(plan, draft)
    since = plan.valid_from if plan else None
    return {"adoption": Adoption(draft, found, since)}


@require_GET
def slots_csv(request: Request) -> HttpResponseBase:
    """Give the slot plan of the same figures as a file."""
    known = selectors.recorded(by=request.actor, at=timezone.now())
    form = _form(request, known)
    lines: list[list[Any]] = [[_("Slot"), _("Parcels"), _("Visits"), _("Places")]]
    try:
        if form.is_valid():
            lines += [[*row] for row in _slots(form, form.scenario())]
    except simulation.UnusableError:
        lines = lines[:1]
    return exports.respond(lines, kind="csv", name="slots")


def _form(request: Request, known: Recorded) -> forms.WhatIf:
    """Return the form as it was sent, or filled with what is known and counted."""
    sent = request.GET if "families" in request.GET else None
    return forms.WhatIf(sent or forms.begun_with(known))


def _answer(form: forms.WhatIf) -> dict[str, Any]:
    scenario = form.scenario()
    found = simulation.compare(scenario, days=DAYS, seed=SEED)
    cured = simulation.cure(scenario, found.plan, days=DAYS, seed=SEED)
    tried = max(4, TRIED_FAMILIES // scenario.day.families)
    staff = simulation.smallest_staff(
        scenario, scenario.plan, form.target(), days=tried, seed=SEED
    )
    return {
        "found": found,
        "days": DAYS,
        "figures": _figures(found),
        "waits": _waits(found),
        "busy": _busy(found.plan),
        "slow": texts.stage(found.plan.bottleneck),
        "cure": texts.more(cured.stage, cured.more),
        "cured": cured.outcome,
        "staff": staff,
        "slots": list(_slots(form, scenario)),
        "moved": round(found.plan.moved * scenario.day.families),
        "waiting": found.plan.mean >= WORTH_SAYING,
    }


def _figures(found: simulation.Comparison) -> list[tuple[str, str, str]]:
    """Return the lines of the table: what, today, with the plan."""
    today, plan = found.today, found.plan
    return [
        (_("Mean, minutes"), tenths(today.mean), tenths(plan.mean)),
        (
            _("95 of 100 wait no longer than, minutes"),
            tenths(today.p95),
            tenths(plan.p95),
        ),
        (_("Over an hour"), _part(today.over_60), _part(plan.over_60)),
        (_("Not served that day"), _part(today.not_served), _part(plan.not_served)),
        (_("Nobody can do better than, minutes"), "–", tenths(found.lower_bound)),
    ]


def _part(share: float) -> str:
    return f"{tenths(share * FULL)}%"


def _waits(found: simulation.Comparison) -> list[Bar]:
    longest = max(found.today.p95, found.plan.p95, 1)
    rows = (
        (_("today, mean"), found.today.mean, "today"),
        (_("today, 95 of 100 wait no longer"), found.today.p95, "today"),
        (_("plan, mean"), found.plan.mean, "plan"),
        (_("plan, 95 of 100 wait no longer"), found.plan.p95, "plan"),
    )
    return [Bar(label, m, round(m / longest * FULL), kind) for label, m, kind in rows]


def _busy(plan: simulation.Outcome) -> list[Bar]:
    return [
        Bar(texts.stage(stage), share * FULL, round(share * FULL), "plan")
        for stage, share in plan.busy.items()
    ]


def _slots(
    form: forms.WhatIf, scenario: simulation.Scenario
) -> Iterator[tuple[time, int, int, int]]:
    """Yield the slots by the clock: when, parcels, visits, all."""
    opens = datetime.combine(date.min, form.cleaned_data["opens"])
    for slot in simulation.slot_plan(scenario, scenario.plan):
        at = (opens + timedelta(minutes=slot.minute)).time()
        yield at, slot.parcels, slot.visits, slot.places
