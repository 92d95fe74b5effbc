"""What the room holds, as far as the actor may see it."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.appointments.models import (
    Access,
    Appointment,
    Ask,
    HandIn,
    Message,
    Plan,
    Review,
    Waiting,
)
from darbaza.kernel.errors import NotFound

DAY = timedelta(days=1)


@requires(Permission.APPOINTMENT_SEE)
def plans(*, by: Actor) -> QuerySet[Plan]:
    """Return the arrival plans of the actor's institution, newest first."""
    rows = Plan.objects.filter(institution_id=by.institution_id)
    return rows.order_by("-valid_from", "-id")


@requires(Permission.APPOINTMENT_SEE)
def plan(*, on: date, by: Actor) -> Plan | None:
    """Return the plan in force on a day; None before the first one."""
    return plans(by=by).filter(valid_from__lte=on).first()


@requires(Permission.APPOINTMENT_SEE)
def hand_in_hours(*, on: date, by: Actor) -> QuerySet[HandIn]:
    """Return the hours in which packages are taken, of a day's date or later."""
    rows = HandIn.objects.filter(institution_id=by.institution_id)
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gt=on))
    return rows.order_by("weekday", "starts_at")


@requires(Permission.APPOINTMENT_SEE)
def appointments(*, by: Actor) -> QuerySet[Appointment]:
    """Return all appointments that the actor sees."""
    rows = Appointment.objects.filter(institution_id__in=by.sees)
    return rows.select_related("prisoner__person", "person", "access", "visit")


@requires(Permission.APPOINTMENT_SEE)
def appointment(appointment_id: UUID, *, by: Actor) -> Appointment:
    """Return one appointment.

    Raises:
        NotFound: Not for this actor.
    """
    row = appointments(by=by).filter(pk=appointment_id).first()
    if row is None:
        raise NotFound
    return row


@requires(Permission.APPOINTMENT_SEE)
def of_day(day: date, *, by: Actor) -> QuerySet[Appointment]:
    """Return the appointments of a local day at the actor's institution, by time."""
    start = _midnight(day)
    rows = appointments(by=by).filter(institution_id=by.institution_id)
    rows = rows.filter(arrives_at__gte=start, arrives_at__lt=_midnight(day + DAY))
    return rows.order_by("arrives_at", "reference")


@requires(Permission.APPOINTMENT_SEE)
def left_over(day: date, *, by: Actor) -> QuerySet[Appointment]:
    """Return what was booked for days before, and nobody said how it went."""
    rows = Appointment.objects.filter(institution_id=by.institution_id)
    return rows.filter(status="booked", arrives_at__lt=_midnight(day))


@requires(Permission.APPOINTMENT_SEE)
def without_visit(at: datetime, *, by: Actor) -> QuerySet[Appointment]:
    """Return the appointments to come whose visit was cancelled or moved without it."""
    rows = Appointment.objects.filter(institution_id=by.institution_id)
    rows = rows.filter(status="booked", arrives_at__gt=at, visit__status="cancelled")
    return rows.select_related("visit", "access")


@requires(Permission.APPOINTMENT_SEE)
def erasable(before: datetime, *, by: Actor) -> bool:
    """Tell whether anything is older than its term."""
    here = {"institution_id": by.institution_id}
    old = Message.objects.filter(**here, due_at__lt=before).exists()
    return old or Ask.objects.filter(**here, asked_at__lt=before).exists()


@requires(Permission.APPOINTMENT_SEE)
def of_today(reference: str, *, by: Actor, at: datetime) -> Appointment | None:
    """Return the booked appointment of today under a reference as typed, or None."""
    bare = "".join(c for c in reference.upper() if c.isalnum())[:8]
    rows = of_day(timezone.localdate(at), by=by).filter(status="booked")
    return rows.filter(reference=f"{bare[:3]}-{bare[3:]}").first()


@requires(Permission.APPOINTMENT_SEE)
def accesses(*, prisoner_id: UUID, on: date, by: Actor) -> QuerySet[Access]:
    """Return the codes in force for a prisoner's contacts."""
    rows = Access.objects.filter(
        institution_id=by.institution_id, prisoner_id=prisoner_id, revoked_at=None,
        valid_to__gt=on,
    )  # fmt: skip
    return rows.select_related("person").order_by("-given_at")


@requires(Permission.APPOINTMENT_SEE)
def access_of(access_id: UUID, *, by: Actor) -> Access:
    """Return one code's row.

    Raises:
        NotFound: Not of the actor's institution.
    """
    rows = Access.objects.filter(institution_id=by.institution_id, pk=access_id)
    row = rows.select_related("person", "prisoner__person").first()
    if row is None:
        raise NotFound
    return row


@requires(Permission.APPOINTMENT_SEE)
def waiting(*, by: Actor) -> QuerySet[Waiting]:
    """Return who waits for a free time, longest first."""
    rows = Waiting.objects.filter(
        institution_id=by.institution_id, state__in=["waiting", "offered"]
    )
    return rows.select_related("access__person", "hold").order_by("put_at")


@requires(Permission.APPOINTMENT_SERVE)
def asks(*, by: Actor) -> QuerySet[Ask]:
    """Return what people without a code wrote, unanswered and newest first."""
    rows = Ask.objects.filter(institution_id__in=by.sees)
    return rows.select_related("institution").order_by("answered_at", "-asked_at")


@requires(Permission.APPOINTMENT_SEE)
def messages(*, by: Actor) -> QuerySet[Message]:
    """Return the messages of the actor's institution, newest first."""
    rows = Message.objects.filter(institution_id=by.institution_id)
    return rows.select_related("access__person", "appointment").order_by("-due_at")


@requires(Permission.APPOINTMENT_SEE)
def open_reviews(*, by: Actor) -> QuerySet[Review]:
    """Return the bookings to be looked at again, oldest first."""
    rows = Review.objects.filter(institution_id=by.institution_id, decision="")
    rows = rows.select_related(
        "appointment__prisoner__person", "appointment__person", "visit"
    )
    return rows.order_by("found_at")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
