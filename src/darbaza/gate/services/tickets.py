"""Tickets: taken at a kiosk, from an officer, with an appointment, on a slip."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.apps import apps
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.appointments import selectors as booked
from darbaza.appointments import services as appointments
from darbaza.audit import services as audit
from darbaza.gate import events, queueing
from darbaza.gate.models import Lane, Ticket
from darbaza.gate.queueing import Place, State, Step
from darbaza.gate.selectors import queue
from darbaza.gate.services import stamps
from darbaza.kernel import ids
from darbaza.kernel.errors import Invalid, NotFound

CODE_LENGTH = 10
LEFT_OVER = (State.WAITING, State.CALLED, State.PARKED)
LANE_OF_KIND = {"lawyer": "lawyer"}
"""In which lane somebody with an appointment of a kind queues; else with visits."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A ticket that is asked for."""

    lane_id: UUID
    source: str
    language: str = "ky"
    due_at: datetime | None = None
    list_code: str = ""
    """The list of goods that was sent ahead, as its own code."""


@requires(Permission.QUEUE_TAKE)
@transaction.atomic
def take_ticket(wanted: Wanted, *, request_id: UUID, by: Actor, at: datetime) -> Ticket:
    """Give a number, with an honest wait; the same request again is one ticket.

    Raises:
        NotFound: No such lane here.
    """
    audit.lock(by.institution_id)
    known = Ticket.objects.filter(request_id=request_id).first()
    if known is not None:
        if known.institution_id != by.institution_id:
            raise NotFound("ticket")
        return known
    row = _made(queue.lane(wanted.lane_id, by=by), wanted, by, at)
    row.request_id = request_id
    row.save(force_insert=True)
    stamps.note(row, Step.TAKEN, by=by, at=at)
    audit.record(
        events.TICKET_TAKEN, target=row, by=by, at=at,
        label=row.label, source=row.source, ahead=row.ahead,
        low=row.low_minutes, high=row.high_minutes,
    )  # fmt: skip
    return row


def _made(lane: Lane, wanted: Wanted, by: Actor, at: datetime) -> Ticket:
    day = timezone.localdate(at)
    number = _next_number(lane, day, by, at)
    place_at = queueing.place_at(
        at, head_start=timedelta(minutes=lane.head_start_minutes), due_at=wanted.due_at
    )
    place = Place(place_at, wanted.due_at, number)
    ahead, told = queue.expected(lane, place, by=by, at=at)
    return Ticket(
        institution_id=by.institution_id, lane=lane, day=day, prefix=lane.prefix,
        number=number, source=wanted.source, taken_at=at, due_at=wanted.due_at,
        place_at=place_at, language=wanted.language, ahead=ahead,
        low_minutes=told.low, high_minutes=told.high, reckoned_minutes=told.reckoned,
        code=ids.random_code(CODE_LENGTH), list_code=wanted.list_code,
    )  # fmt: skip


def _next_number(lane: Lane, day: Any, by: Actor, at: datetime) -> int:
    """Return the next number of a letter; the first of a day ends what is left over."""
    today = Ticket.objects.filter(institution_id=by.institution_id, day=day)
    if not today.exists():
        _end_days_before(day, by, at)
    highest = today.filter(prefix=lane.prefix).aggregate(most=Max("number"))["most"]
    return (highest or 0) + 1


def _end_days_before(day: Any, by: Actor, at: datetime) -> None:
    """Note of everybody left over from another day that they have gone."""
    rows = Ticket.objects.filter(
        institution_id=by.institution_id, day__lt=day, state__in=LEFT_OVER
    )
    for row in rows:
        stamps.advance(row, Step.GONE, by=by, at=at)


@requires(Permission.QUEUE_TAKE)
@transaction.atomic
def take_with_appointment(
    reference: str, *, language: str, by: Actor, at: datetime
) -> Ticket:
    """Give a number for an appointment of today; asked again, the same number.

    The ticket keeps the time of the appointment, the list that was sent ahead, and
    nothing of whose they are.

    Raises:
        Invalid: ``appointment_unknown``: none today under this reference, for whatever
            reason; or ``appointment_lane``: no lane here takes appointments.
    """
    day = timezone.localdate(at)
    due = _appointment(reference, day, by) or _visit(reference, day, by)
    if due is None:
        raise Invalid("appointment_unknown", field="reference")
    wanted = Wanted(_lane(due, by).pk, "appointment", language, due.at, due.list_code)
    request_id = uuid5(due.key, f"ticket {day}")
    row = take_ticket(wanted, request_id=request_id, by=by, at=at)
    if due.appointment_id is not None:
        appointments.come(due.appointment_id, by=by, at=at)
    return row


@dataclass(frozen=True, slots=True)
class Due:
    """Who is expected at a time, as far as a number asks."""

    key: UUID
    at: datetime
    lanes: tuple[str, ...]
    """Kinds of lanes, the fitting one first."""
    list_code: str = ""
    appointment_id: UUID | None = None


def _appointment(reference: str, day: date, by: Actor) -> Due | None:
    """Return an appointment of a day under a reference as typed; come or not yet."""
    rows = booked.of_day(day, by=by).filter(
        reference=_bare(reference), status__in=["booked", "come"]
    )
    row = rows.first()
    if row is None:
        return None
    lanes = ("express", row.kind) if row.list_code else (row.kind,)
    return Due(row.visit_id or row.pk, row.arrives_at, lanes, row.list_code, row.pk)


def _visit(reference: str, day: date, by: Actor) -> Due | None:
    """Return the visit of a day that staff booked without an appointment."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    rows = apps.get_model("visits", "Visit")._default_manager.filter(
        institution_id=by.institution_id, reference=_bare(reference),
        status="booked", starts_at__gte=start, starts_at__lt=start + timedelta(days=1),
    )  # fmt: skip
    row = rows.first()
    if row is None:
        return None
    return Due(row.pk, row.starts_at, (LANE_OF_KIND.get(row.kind, "visit"),))


def _bare(reference: str) -> str:
    """Return a reference as it is stored, from what somebody typed."""
    bare = "".join(c for c in reference.upper() if c.isalnum())[:8]
    return f"{bare[:3]}-{bare[3:]}"


def _lane(due: Due, by: Actor) -> Lane:
    """Return the lane of an appointment; a list sent ahead leads to the express one.

    Raises:
        Invalid: ``appointment_lane``: there is none.
    """
    open_lanes = queue.lanes(by=by)
    for kind in due.lanes:
        if (row := open_lanes.filter(kind=kind).first()) is not None:
            return row
    raise Invalid("appointment_lane", field="reference")
