"""What happens to a sending as such after it was registered."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel import ids
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.parcels import events
from darbaza.parcels.chain import Where
from darbaza.parcels.models import Bag, Sending
from darbaza.parcels.services import bags, charges
from darbaza.parcels.services.bags import Move


@requires(Permission.PARCEL_REGISTER)
@transaction.atomic
def cancel(sending_id: UUID, *, reason: str, by: Actor, at: datetime) -> Sending:
    """Cancel what was entered in error: the allowance comes back, the row stays.

    Only while everything still lies at the counter; all of it goes back to the sender.

    Raises:
        NotFound: No such sending in the actor's institution.
        Invalid: No reason.
        Conflict: Something of it has gone further or is kept as evidence, or it was
            cancelled before.
    """
    if not reason.strip():
        raise Invalid("reason_missing", field="reason")
    row = locked(sending_id, by=by)
    if row.status == Sending.Status.CANCELLED:
        raise Conflict("sending_cancelled")
    open_bags = [bag for bag in row.bags.all() if not bag.ended]
    if any(bag.where != Where.COUNTER for bag in open_bags):
        raise Conflict("sending_went_on")
    if any(bag.part == Bag.Part.KEPT for bag in open_bags):
        raise Conflict("kept_never_goes_back")
    row.status, row.ended_at, row.ended_reason = "cancelled", at, reason.strip()[:300]
    row.save(update_fields=["status", "ended_at", "ended_reason"])
    charges.give_back(row, note="entered_in_error", by=by, at=at)
    for bag in open_bags:
        back = Move(Where.BACK, taker=row.sent_by[:160], signed=True, note=reason)
        bags.step(
            bags.locked(bag.pk, by=by), back, request_id=ids.new_id(), by=by, at=at
        )
    audit.record(events.CANCELLED, target=row, by=by, at=at, reference=row.reference)
    return row


@requires(Permission.PARCEL_REGISTER)
@transaction.atomic
def note_printed(sending_id: UUID, *, by: Actor, at: datetime) -> int:
    """Count a print of the receipt; return which copy it is.

    Raises:
        NotFound: No such sending in the actor's institution.
    """
    row = locked(sending_id, by=by)
    row.prints += 1
    row.save(update_fields=["prints"])
    audit.record(events.RECEIPT_PRINTED, target=row, by=by, at=at, prints=row.prints)
    return row.prints


def locked(sending_id: UUID, *, by: Actor) -> Sending:
    """Return a sending of the actor's institution, locked until commit.

    Raises:
        NotFound: No such sending there.
    """
    audit.lock(by.institution_id)
    rows = Sending.objects.select_for_update(of=("self",), no_key=True)
    row = rows.filter(pk=sending_id, institution_id=by.institution_id).first()
    if row is None:
        raise NotFound("sending")
    return row
