"""Second looks: what is booked is decided again, and an officer decides on each hit.

Nothing is cancelled by itself. A walk goes day by day, so that it may be cut off; the
gate never waits for it, for deciding is outside the transaction that writes.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.appointments import deciding, events, standing
from darbaza.appointments.deciding import Against
from darbaza.appointments.models import Recheck, Review
from darbaza.audit import selectors as record
from darbaza.audit import services as audit
from darbaza.kernel.errors import NotFound

AHEAD = timedelta(days=61)
"""Staff book up to sixty days ahead."""
AT_LEAST_EVERY = timedelta(hours=6)
"""So what begins or ends by itself on a day is seen the evening before."""
CAUSES = (
    "restriction.entered", "restriction.lifted", "contact.ended", "contact.refused",
    "prisoner.transferred", "prisoner.released", "prisoner.separated",
    "prisoner.separation_ended", "prisoner.regime_changed",
    "prisoner.conditions_changed", "prisoner.legal_status_changed",
    "prisoner.corrected", "prisoner.withdrawn", "permit.revoked",
    "keep_apart.entered", "timetable.closed", "timetable.reopened",
    "timetable.session_cancelled", "timetable.template_changed",
    "timetable.template_ended", "rule.added", "rule.verified", "rule.ended",
    "allowance.corrected", "appointment.hours_ended",
)  # fmt: skip
"""Events after which a booking may no longer stand, wherever they happened."""


@requires(Permission.VISIT_REGISTER)
@transaction.atomic
def begin(*, by: Actor, at: datetime) -> Recheck:
    """Begin to decide everything that is booked again.

    One walk at a time: one that has not ended gives way.
    """
    here = Recheck.objects.filter(institution_id=by.institution_id, ended_at=None)
    here.update(ended_at=at)
    today = localdate(at)
    return Recheck.objects.create(
        institution_id=by.institution_id,
        first_day=today,
        next_day=today,
        last_day=today + AHEAD,
        begun_at=at,
        begun_by=by.name,
    )


@requires(Permission.VISIT_REGISTER)
def begin_if_due(*, by: Actor, at: datetime) -> Recheck | None:
    """Return the walk that goes on, or one begun now because something changed."""
    newest = Recheck.objects.filter(institution_id=by.institution_id).first()
    if newest is not None and newest.ended_at is None:
        return newest
    old = newest is None or at - newest.begun_at >= AT_LEAST_EVERY
    if old or (newest is not None and _changed(newest.begun_at)):
        return begin(by=by, at=at)
    return None


@requires(Permission.VISIT_REGISTER)
def step(recheck_id: UUID, *, by: Actor, at: datetime) -> bool:
    """Decide the bookings of the next day again; tell whether there are more days.

    Raises:
        NotFound: No such walk where the actor acts.
    """
    rows = Recheck.objects.filter(pk=recheck_id, institution_id=by.institution_id)
    going = rows.first()
    if going is None:
        raise NotFound("recheck")
    if going.ended_at:
        return False
    found = deciding.of_day(going.next_day, by=by, at=at)
    with transaction.atomic():
        audit.lock(by.institution_id)
        row = rows.get()
        if row.ended_at or row.next_day != going.next_day:
            return row.ended_at is None
        row.found += _written(row.next_day, found, by, at)
        row.next_day += timedelta(days=1)
        if row.next_day >= row.last_day:
            row.ended_at = at
            facts = {"days": row.total, "found": row.found}
            audit.record(events.RECHECKED, target=row, by=by, at=at, **facts)
        row.save(update_fields=["next_day", "found", "ended_at"])
    return row.ended_at is None


def _changed(since: datetime) -> bool:
    """Tell whether something happened in any house that may undo a booking here."""
    return (
        record.events(institutions=record.chains())
        .filter(type__in=CAUSES, at__gte=since)
        .order_by()
        .exists()
    )


def _written(day: date, found: Iterable[Against], by: Actor, at: datetime) -> int:
    """Open or extend a review for each hit, mark what passed; return how many new."""
    waiting = {row.visit_id or row.appointment_id: row for row in _of_day(day, by)}
    new = 0
    for one in found:
        row = waiting.pop(one.visit_id or one.appointment_id, None)
        if row is not None:
            _extend(row, one, by, at)
        else:
            new += _open(one, by, at)
    for row in waiting.values():
        _extend(row, Against(()), by, at)
    return new


def _of_day(day: date, by: Actor) -> QuerySet[Review]:
    either = Q(visit__starts_at__date=day) | Q(
        visit=None, appointment__arrives_at__date=day
    )
    rows = Review.objects.filter(either, institution_id=by.institution_id)
    return rows.filter(decision="")


def _open(one: Against, by: Actor, at: datetime) -> bool:
    if not standing.must_open(_kept(one), one.grounds):
        return False
    grounds = standing.merged((), one.grounds, at=at)
    row = Review.objects.create(
        institution_id=by.institution_id,
        visit_id=one.visit_id,
        appointment_id=one.appointment_id,
        grounds=grounds,
        found_at=at,
    )
    codes = sorted(ground["code"] for ground in grounds)
    audit.record(events.REVIEW_OPENED, target=row, by=by, at=at, codes=codes)
    return True


def _extend(row: Review, one: Against, by: Actor, at: datetime) -> None:
    """Add and mark grounds; where none stands any more nobody need decide."""
    grounds = standing.merged(row.grounds, one.grounds, at=at)
    if grounds == row.grounds:
        return
    row.grounds = grounds
    if not one.grounds:
        row.decision, row.closed_at = Review.Decision.GONE, at
    row.save(update_fields=["grounds", "decision", "closed_at"])
    codes = sorted(ground["code"] for ground in grounds if not ground["gone_at"])
    audit.record(events.REVIEW_CHANGED, target=row, by=by, at=at, codes=codes)


def _kept(one: Against) -> set[str]:
    """Return the codes with which this booking was kept before."""
    mine = Q(appointment_id=one.appointment_id)
    if one.visit_id is not None:
        mine = Q(visit_id=one.visit_id)
    rows = Review.objects.filter(mine, decision=Review.Decision.KEPT)
    return {ground["code"] for row in rows for ground in row.grounds}
