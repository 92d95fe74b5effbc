"""An appointment goes where its visit goes, also when that is moved on its own page."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.appointments import events, selectors
from darbaza.appointments.models import Appointment
from darbaza.appointments.services import booking, keeping, messages
from darbaza.appointments.types import Offer
from darbaza.audit import services as audit
from darbaza.visits import selectors as visits
from darbaza.visits.types import Exchanged

STAYS = (
    "institution_id", "kind", "prisoner_id", "person_id", "access_id", "adults",
    "children", "list_code", "channel",
)  # fmt: skip


@requires(Permission.VISIT_CHANGE)
@transaction.atomic
def follow(moved: Exchanged, *, by: Actor, at: datetime) -> None:
    """Move the appointment of a moved visit along and tell the family the new time.

    A full slot takes it too: staff decided. Where the plan has no slot for the new
    session the appointment is cancelled, and the family is asked to call.
    """
    rows = Appointment.objects.select_for_update()
    old = rows.filter(visit_id=moved.old_id, status="booked").first()
    if old is None:
        return
    there = booking.acting(by, old.institution_id)
    slot = _slot(moved.new_id, there, at)
    if slot is None:
        booking.call_off(old, "by_institution", reason=moved.reason, by=there, at=at)
    else:
        _move(old, moved, slot, there, at)
    keeping.free_again(old, at=at)


def _slot(visit_id: UUID, by: Actor, at: datetime) -> Offer | None:
    """Return the first free slot of a visit's session, or the one with fewest."""
    visit = visits.visit(visit_id, by=by)
    if visit.session is None:
        return None
    found = selectors.of_session(visit.session, by=by, at=at)
    coming = [offer for offer in found if offer.arrives_at > at] or found[-1:]
    free = next((offer for offer in coming if offer.free), None)
    return free or min(coming, key=lambda offer: offer.taken, default=None)


def _move(
    old: Appointment, moved: Exchanged, slot: Offer, by: Actor, at: datetime
) -> None:
    visit = visits.visit(moved.new_id, by=by)
    booking.settle(old, "moved", at)
    row = Appointment.objects.create(
        **{name: getattr(old, name) for name in STAYS},
        reference=visit.reference,
        arrives_at=slot.arrives_at,
        visit_at=slot.visit_at,
        visit_id=visit.pk,
        booked_at=at,
        booked_by=by.name,
        request_id=uuid5(old.pk, "follow"),
        replaces=old,
    )
    target = ("appointment", str(old.pk))
    facts = {"to": str(row.pk), "reason": moved.reason}
    audit.record(events.MOVED, target=target, by=by, at=at, **facts)
    messages.about(row, "moved", at=at)
