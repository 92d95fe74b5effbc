"""Isolation, quarantine, hospital: begin and end."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.custody import policies
from darbaza.custody.models import Change, Prisoner, Separation
from darbaza.custody.services import steps
from darbaza.custody.types import Order
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.kernel.periods import Period

DAY = timedelta(days=1)


@requires(Permission.PRISONER_MANAGE)
@transaction.atomic
def separate(
    prisoner_id: UUID,
    kind: str,
    ends_on: date | None,
    order: Order,
    *,
    by: Actor,
    at: datetime,
) -> Separation:
    """Put a prisoner into isolation, quarantine or hospital from the order's day.

    Args:
        prisoner_id: Whose file.
        kind: ``Separation.Kind``.
        ends_on: The day after the last; isolation must have one.
        order: Number and first day.
        by: Who enters it.
        at: When.

    Raises:
        NotFound: No such file here.
        Invalid: No order, no end of isolation, an end before the start, or isolation
            that with what came before or follows would reach a sixteenth day.
        Conflict: The file is closed, or such a separation covers these days already.
    """
    known = Separation.objects.filter(request_id=order.request_id or UUID(int=0))
    for again in known:
        return again
    steps.needs_number(order)
    prisoner = steps.held(prisoner_id, order, by=by, at=at)
    if ends_on and ends_on <= order.in_force_on:
        raise Invalid("ends_before_start", field="ends_on")
    _not_twice(prisoner, kind, order.in_force_on, ends_on)
    if kind == Separation.Kind.ISOLATION:
        _at_most_fifteen_days(prisoner, order.in_force_on, ends_on)
    row = Separation.objects.create(
        institution_id=by.institution_id,
        prisoner=prisoner,
        kind=kind,
        starts_on=order.in_force_on,
        ends_on=ends_on,
        order_number=order.number.strip()[:60],
        request_id=order.request_id,
    )
    after = {"kind": kind, "ends_on": steps.plain(ends_on), "separation": str(row.pk)}
    step = Change.Step.SEPARATED
    steps.record(prisoner, step, order, ({}, after), by=by, at=at)
    steps.touch(prisoner)
    return row


@requires(Permission.PRISONER_MANAGE)
@transaction.atomic
def end_separation(
    separation_id: UUID, order: Order, *, by: Actor, at: datetime
) -> Separation:
    """End a separation early, or one that had no end; ended once.

    Raises:
        NotFound: No such separation here.
        Invalid: The order's day is in the future or before the start.
    """
    rows = Separation.objects.select_for_update(of=("self",))
    here = {"prisoner__institution_id": by.institution_id}
    row = rows.filter(pk=separation_id, **here).first()
    if row is None:
        raise NotFound("separation")
    if row.ended_at:
        return row
    steps.check(order, not_before=row.starts_on, at=at)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    before = {"kind": row.kind, "ends_on": steps.plain(row.ends_on)}
    after = {"ended_on": str(order.in_force_on), "separation": str(row.pk)}
    prisoner = steps.own(row.prisoner_id, by=by)
    step = Change.Step.SEPARATION_ENDED
    steps.record(prisoner, step, order, (before, after), by=by, at=at)
    steps.touch(prisoner)
    return row


def isolated(prisoner: Prisoner) -> Iterator[Period]:
    """Yield the days of every isolation so far; the day of an early end counts."""
    rows = prisoner.separations.filter(kind=Separation.Kind.ISOLATION)
    for row in rows.exclude(ends_on=None):
        yield _days(row)


def _days(row: Separation) -> Period:
    ends_on = row.ends_on or date.max
    if row.ended_at:
        ends_on = min(ends_on, timezone.localdate(row.ended_at) + DAY)
    return Period(row.starts_on, max(ends_on, row.starts_on))


def _not_twice(
    prisoner: Prisoner, kind: str, starts_on: date, ends_on: date | None
) -> None:
    until = ends_on or date.max
    for row in prisoner.separations.filter(kind=kind):
        days = _days(row)
        if days.starts_on < until and starts_on < days.ends_on:
            raise Conflict("separation_overlaps", field="in_force_on")


def _at_most_fifteen_days(
    prisoner: Prisoner, starts_on: date, ends_on: date | None
) -> None:
    if ends_on is None:
        raise Invalid("isolation_without_end", field="ends_on")
    decision = policies.may_isolate(isolated(prisoner), Period(starts_on, ends_on))
    for ground in decision.blocking:
        raise Invalid(ground.code, field="ends_on", **ground.figures)
