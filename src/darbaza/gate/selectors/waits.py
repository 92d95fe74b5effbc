"""What the stamps say: waits, the slow stage, how often the estimate was right."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.gate import queueing, waits
from darbaza.gate.models import Lane, Ticket, TicketEvent, Timing
from darbaza.gate.queueing import Accuracy, Step
from darbaza.gate.waits import Passed, Spread, Stage

TICKETS_AT_MOST = 50_000
"""A year of a large entrance; a report over more says so."""
STAGE_OF_COLUMN = {
    "wait_seconds": Stage.WAIT,
    "desk_seconds": Stage.DESK,
    "to_search_seconds": Stage.TO_SEARCH,
    "search_seconds": Stage.SEARCH,
}


@requires(Permission.WAIT_SEE)
def passed(first: date, last: date, *, by: Actor) -> list[Passed]:
    """Return the tickets of days from ``first`` to ``last``, both included.

    Each with all its stamps in the time of the place; those never called too.
    """
    tickets = _tickets(first, last, by).select_related("lane", "window")
    stamps = _stamps(first, last, by)
    return [
        Passed(
            row.lane.name,
            row.window.name if row.window and row.called_at else "",
            timezone.localtime(row.taken_at),
            stamps[row.pk],
        )
        for row in tickets[:TICKETS_AT_MOST]
    ]


@requires(Permission.WAIT_SEE)
def targets(*, by: Actor) -> dict[str, int]:
    """Return the target of each lane by its name, in minutes."""
    rows = Lane.objects.filter(institution_id=by.institution_id)
    return {row.name: row.target_minutes for row in rows}


@requires(Permission.WAIT_SEE)
def accuracy(first: date, last: date, *, by: Actor) -> Accuracy:
    """Return how often the wait that was told was right; appointments are left out."""
    rows = _tickets(first, last, by).filter(called_at__isnull=False, due_at=None)
    known = rows.values_list("low_minutes", "high_minutes", "taken_at", "called_at")
    return queueing.accuracy(
        [
            (low, high, int((called - taken).total_seconds() // 60))
            for low, high, taken, called in known
            if called and called >= taken
        ]
    )


@requires(Permission.WAIT_SEE)
def timings(*, by: Actor) -> QuerySet[Timing]:
    """Return the stop-watch timings of the paper process, newest first."""
    rows = Timing.objects.filter(institution_id=by.institution_id)
    return rows.select_related("lane")


@requires(Permission.WAIT_SEE)
def on_paper(*, by: Actor) -> dict[Stage, list[float]]:
    """Return the minutes of the paper process by stage, as timed."""
    found: dict[Stage, list[float]] = defaultdict(list)
    for row in timings(by=by):
        for column, stage in STAGE_OF_COLUMN.items():
            seconds = getattr(row, column)
            if seconds is not None:
                found[stage].append(seconds / 60)
    return found


@dataclass(frozen=True, slots=True)
class Measured:
    """Minutes of service as a simulation takes them; None where nothing was measured.

    The window and the visit itself; parcels and visits apart. Waiting is left out: it
    is what a simulation is asked for.
    """

    visit_desk: Spread | None
    parcel_desk: Spread | None
    search: Spread | None
    visit: Spread | None


@requires(Permission.WAIT_SEE)
def measured_minutes(first: date, last: date, *, by: Actor) -> Measured:
    """Return how long each stage took from ``first`` to ``last``, both included."""
    stamps = _stamps(first, last, by)
    desks = [(one, waits.stage_minutes(one, Stage.DESK)) for one in stamps.values()]
    return Measured(
        visit_desk=_of([m for one, m in desks if Step.REGISTERED in one]),
        parcel_desk=_of([m for one, m in desks if Step.REGISTERED not in one]),
        search=_of([waits.stage_minutes(s, Stage.SEARCH) for s in stamps.values()]),
        visit=_of([waits.stage_minutes(s, Stage.INSIDE) for s in stamps.values()]),
    )


def _of(minutes: list[float | None]) -> Spread | None:
    return waits.spread([m for m in minutes if m is not None])


def _tickets(first: date, last: date, by: Actor) -> QuerySet[Ticket]:
    return Ticket.objects.filter(
        institution_id=by.institution_id, day__gte=first, day__lte=last
    ).order_by("taken_at", "id")


def _stamps(first: date, last: date, by: Actor) -> Mapping[UUID, waits.Stamps]:
    """Return the first stamp of each step by ticket."""
    rows = TicketEvent.objects.filter(
        institution_id=by.institution_id, ticket__day__gte=first, ticket__day__lte=last
    ).order_by("-at", "-id")
    found: dict[UUID, dict[Step, datetime]] = defaultdict(dict)
    for ticket_id, step, at in rows.values_list("ticket_id", "step", "at"):
        found[ticket_id][Step(step)] = at
    return found
