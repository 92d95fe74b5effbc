"""The appointments of a day as a file; that it was taken is recorded."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.http import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_GET

from darbaza.appointments import forms, services, tables
from darbaza.appointments.models import Appointment
from darbaza.appointments.views import days
from darbaza.pages import exports
from darbaza.pages.requests import Request


@require_GET
def day(request: Request) -> HttpResponseBase:
    """Give the day as CSV or XLSX, times to which nobody comes too.

    Raises:
        Invalid: ``format_unknown``.
        Forbidden: Who asks may not take lists away.
    """
    now, by = timezone.now(), request.actor
    on = forms.today_or(request.GET.get("on", ""), timezone.localdate(now))
    kind = request.GET.get("format", "")

    def noted(count: int) -> None:
        services.note_exported(on, kind, count, by=by, at=now)

    return exports.give(
        tables.DAY, list(_lines(on, by=by, at=now)), request.GET,
        kind=kind, name=f"appointments-{on:%Y-%m-%d}", noted=noted,
    )  # fmt: skip


def _lines(on: date, *, by: Any, at: datetime) -> Iterator[tables.Line]:
    for moment in days.moments(on, by=by, at=at):
        rows: list[Appointment | None] = [*moment.rows]
        for row in rows or [None]:
            yield tables.Line(moment.at, moment.visits, moment.packages, row)
