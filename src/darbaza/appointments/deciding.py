"""What stands against the bookings of one day, decided again now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.timezone import localtime

from darbaza.accounts.types import Actor
from darbaza.appointments import selectors
from darbaza.appointments.models import Appointment, HandIn
from darbaza.appointments.types import Kind
from darbaza.kernel.decisions import Ground, block
from darbaza.parcels import services as parcels
from darbaza.parcels.types import Channel, Registration
from darbaza.visits import selectors as visits
from darbaza.visits import services as of_visits

MANY = 5_000
"""No prison has so many visits a day."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Against:
    """A booking and every ground that blocks it now."""

    grounds: tuple[Ground, ...]
    visit_id: UUID | None = None
    appointment_id: UUID | None = None


def of_day(day: date, *, by: Actor, at: datetime) -> list[Against]:
    """Return the bookings of a day that would be refused now; writes nothing."""
    return [*_visits(day, by, at), *_parcels(day, by, at)]


def _visits(day: date, by: Actor, at: datetime) -> Iterator[Against]:
    found = of_visits.affected(day, day + DAY, by=by, at=at, visits=MANY)
    keys = [one.visit.pk for one in found if not one.kept_by and one.visit.ends_at > at]
    known = dict(
        Appointment.objects.filter(visit_id__in=keys).values_list("visit_id", "pk")
    )
    for one in found:
        if one.visit.pk in keys:
            yield Against(one.against, one.visit.pk, known.get(one.visit.pk))


def _parcels(day: date, by: Actor, at: datetime) -> Iterator[Against]:
    rows = Appointment.objects.filter(
        institution_id=by.institution_id,
        kind=Kind.PARCEL.value,
        status=Appointment.Status.BOOKED,
        arrives_at__date=day,
        arrives_at__gt=at,
    )
    closed = _closed(day, by)
    hours = [h for h in selectors.hand_in_hours(on=day, by=by) if _held_on(h, day)]
    for row in rows:
        grounds = (*closed, *_hours(row, hours), *_sending(row, by))
        if grounds:
            yield Against(grounds, appointment_id=row.pk)


def _sending(row: Appointment, by: Actor) -> tuple[Ground, ...]:
    """Decide as the window would, at the time at which the package is brought."""
    wanted = Registration(
        prisoner_id=row.prisoner_id,
        channel=Channel.PACKAGE,
        request_id=row.pk,
        sender_id=row.person_id,
    )
    verdict = parcels.decide(wanted, by=by, at=row.arrives_at)
    return tuple(verdict.sending.blocking)


def _held_on(hours: HandIn, day: date) -> bool:
    return hours.weekday == day.weekday() and hours.valid_from <= day


def _hours(row: Appointment, hours: list[HandIn]) -> tuple[Ground, ...]:
    comes = localtime(row.arrives_at).time()
    taken = any(h.starts_at <= comes < h.ends_at for h in hours)
    return () if taken else (block("hand_in_ended"),)


def _closed(day: date, by: Actor) -> tuple[Ground, ...]:
    """A closure of the whole house stops packages too."""
    rows = visits.closures(by=by).filter(
        starts_on__lte=day, ends_on__gt=day, room=None, template=None, reopened_at=None
    )
    return (block("hand_in_closed"),) if rows.exists() else ()
