"""Appointments follow visits that staff move and cancel on the pages of visits."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.timezone import localdate

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.appointments import events, selectors
from darbaza.appointments.models import Appointment
from darbaza.appointments.selectors.slots import draft_of
from darbaza.appointments.services import booking, keeping, messages
from darbaza.appointments.types import Kind
from darbaza.audit import selectors as record
from darbaza.audit import services as audit
from darbaza.visits import selectors as visits

DAY = timedelta(days=1)


@requires(Permission.APPOINTMENT_BOOK)
@transaction.atomic
def follow(*, by: Actor, at: datetime) -> int:
    """Move or cancel each appointment to come whose visit was; return how many.

    The family is told the new time, or that there is none; once, whatever was done.
    """
    audit.lock(by.institution_id)
    rows = selectors.without_visit(at, by=by).select_for_update(of=("self",))
    found = list(rows)
    for row in found:
        to = _moved_to(row.visit_id, by)
        if to is None or to.status in {"cancelled", "refused"}:
            _cancel(row, by, at)
        elif to.status == "booked":
            _move(row, to, by, at)
        else:  # moved to this very moment, and registered already
            keeping.come(row.pk, by=by, at=at)
    return len(found)


def _moved_to(visit_id: UUID | None, by: Actor) -> Any:
    """Return the visit that one was moved to, however often, or None."""
    visit = visits.visit(visit_id, by=by) if visit_id else None
    if visit is None or visit.sub_status != "moved":
        return visit
    told = record.events(institutions=[by.institution_id]).filter(
        type="visit.moved", target_id=str(visit.pk)
    )
    last = told.first()
    return _moved_to(UUID(last.facts["to"]), by) if last else None


def _move(row: Appointment, to: Any, by: Actor, at: datetime) -> None:
    booking.settle(row, "moved", at)
    new = Appointment.objects.create(
        institution_id=row.institution_id,
        kind=row.kind,
        reference=to.reference,
        arrives_at=_arrival(to, by, at),
        visit_at=to.starts_at,
        prisoner_id=row.prisoner_id,
        person_id=row.person_id,
        access=row.access,
        visit=to,
        adults=row.adults,
        children=row.children,
        list_code=row.list_code,
        channel="staff",
        booked_at=at,
        booked_by=by.name,
        request_id=uuid5(row.pk, str(to.pk)),
        replaces=row,
    )
    target = ("appointment", str(row.pk))
    audit.record(events.MOVED, target=target, by=by, at=at, to=str(new.pk))
    messages.about(new, "moved", at=at)


def _arrival(visit: Any, by: Actor, at: datetime) -> datetime:
    """Return when the family comes: the last free slot of its session.

    Staff who move a visit may fill its session above what the entrance serves: without
    a free slot everybody comes as late as the plan lets anybody come.
    """
    day = localdate(visit.starts_at)
    found = selectors.slots(Kind.VISIT, day, day + DAY, by=by, at=at)
    own = [o for o in found if o.visit_at == visit.starts_at and o.free]
    if own:
        return own[-1].arrives_at
    plan = draft_of(selectors.plan(on=day, by=by), day)
    begins: datetime = visit.starts_at
    return begins - timedelta(minutes=plan.lead_minutes)


def _cancel(row: Appointment, by: Actor, at: datetime) -> None:
    own = row.visit is not None and row.visit.sub_status == "by_family"
    cause = "by_family" if own else "by_institution"
    booking.call_off(row, cause, reason="", by=by, at=at)
