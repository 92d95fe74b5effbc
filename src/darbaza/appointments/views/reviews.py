"""Second looks: bookings that would be refused today, and what is decided on each."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from darbaza.appointments import selectors, services, tasks
from darbaza.appointments.forms import following as forms
from darbaza.appointments.models import Recheck, Review
from darbaza.appointments.types import Kind
from darbaza.kernel.decisions import Decision, Ground
from darbaza.kernel.errors import DarbazaError
from darbaza.pages import dates
from darbaza.pages.requests import Request

SHOWN = 100
DAYS_OFFERED = timedelta(days=28)


@require_GET
def reviews(request: Request) -> HttpResponse:
    """List what waits for a decision, and what was decided lately."""
    by = request.actor
    since = timezone.localdate() - selectors.CLOSED_SHOWN
    found = selectors.reviews(by=by)
    context = {
        "rows": [_shown(row) for row in found[:SHOWN]],
        "total": found.count(),
        "decided": selectors.decided_reviews(since=since, by=by)[:SHOWN],
        **_progress(selectors.recheck(by=by)),
    }
    return render(request, "appointments/reviews.html", context)


@require_GET
def progress(request: Request) -> HttpResponse:
    """Answer how far the walk has come."""
    context = _progress(selectors.recheck(by=request.actor))
    return render(request, "appointments/_progress.html", context)


@require_POST
def check_now(request: Request) -> HttpResponse:
    """Begin to decide everything that is booked again."""
    row = services.begin(by=request.actor, at=timezone.now())
    tasks.walk.enqueue(str(row.pk))
    messages.success(request, _("Everything booked is being decided again."))
    return redirect("appointments:reviews")


@require_http_methods(["GET", "POST"])
def review(request: Request, review_id: UUID) -> HttpResponse:
    """Show one second look and take the decision with its reason."""
    row = selectors.review(review_id, by=request.actor)
    form = forms.Verdict(request.POST or None, slots=_slots(request, row))
    if form.is_valid():
        try:
            _decide(row, form.cleaned_data, request)
        except DarbazaError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Decided, with the reason on record."))
            return redirect("appointments:reviews")
    context = {"one": _shown(row), "row": row, "form": form}
    return render(request, "appointments/review.html", context)


def _decide(row: Review, told: dict[str, Any], request: Request) -> None:
    who = {"reason": told["reason"], "by": request.actor, "at": timezone.now()}
    if told["decision"] == Review.Decision.KEPT:
        services.keep_reviewed(row.pk, **who)
    elif told["decision"] == Review.Decision.CANCELLED:
        services.cancel_reviewed(row.pk, **who)
    else:
        services.move_reviewed(
            row.pk, told["slot"], request_id=told["request_id"], **who
        )


def _slots(request: Request, row: Review) -> list[tuple[str, str]]:
    """Return the free times to which a booking may move."""
    booked = row.appointment
    if booked is None or row.decision:
        return []
    now = timezone.now()
    today = timezone.localdate(now)
    found = selectors.slots(
        Kind(booked.kind), today, today + DAYS_OFFERED,
        prisoner_id=booked.prisoner_id, by=request.actor, at=now,
    )  # fmt: skip
    return [
        (offer.key, dates.moment(offer.arrives_at))
        for offer in found
        if offer.free and offer.arrives_at > now
    ]


def _shown(row: Review) -> dict[str, Any]:
    """Return a second look as its card shows it."""
    booked = row.visit or row.appointment
    assert booked is not None  # noqa: S101 - a constraint of the table
    return {
        "row": row,
        "reference": booked.reference,
        "at": row.visit.starts_at if row.visit else row.appointment.arrives_at,  # type: ignore[union-attr]
        "prisoner": booked.prisoner,
        "is_visit": row.visit is not None,
        "told": bool(
            row.appointment and row.appointment.access and row.appointment.access.phone
        ),
        "stands": Decision(_grounds(row, gone=False)),
        "gone": _grounds(row, gone=True),
    }


def _grounds(row: Review, *, gone: bool) -> tuple[Ground, ...]:
    found = [dict(one) for one in row.grounds if bool(one["gone_at"]) is gone]
    for facts in found:
        del facts["found_at"], facts["gone_at"]
    return Decision.of_facts(found).grounds


def _progress(row: Recheck | None) -> dict[str, Any]:
    if row is None:
        return {"progress": None}
    words = _("Decided again: %(when)s") % {"when": dates.moment(row.begun_at)}
    return {
        "progress": {
            "done": row.done,
            "total": row.total,
            "finished": row.ended_at is not None,
            "words": words,
        },
        "poll_url": reverse("appointments:recheck_progress"),
    }
