"""Orders that suspend perishable goods at one institution for a time."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.parcels import events
from darbaza.parcels.models import Suspension


@dataclass(frozen=True, slots=True)
class Order:
    """An order: number, reason, from a day until the day after the last."""

    number: str
    reason: str
    starts_on: date
    ends_on: date


@requires(Permission.CATALOGUE_MANAGE)
@transaction.atomic
def suspend(order: Order, *, request_id: UUID, by: Actor, at: datetime) -> Suspension:
    """Suspend perishable goods here by an order; sent again, once.

    Raises:
        Invalid: No number or reason, or an end before the beginning.
    """
    if order.ends_on <= order.starts_on:
        raise Invalid("suspension_ends_too_early", field="last")
    if not order.number.strip() or not order.reason.strip():
        raise Invalid("reason_missing", field="reason")
    row, new = Suspension.objects.get_or_create(
        request_id=request_id,
        defaults={
            "institution_id": by.institution_id, "order_number": order.number.strip(),
            "reason": order.reason.strip(), "starts_on": order.starts_on,
            "ends_on": order.ends_on, "recorded_at": at, "recorded_by": by.name,
        },
    )  # fmt: skip
    if new:
        audit.record(
            events.SUSPENDED, target=row, by=by, at=at, order=row.order_number,
            starts_on=row.starts_on, ends_on=row.ends_on,
        )  # fmt: skip
    return row


@requires(Permission.CATALOGUE_MANAGE)
@transaction.atomic
def end_suspension(suspension_id: UUID, *, by: Actor, at: datetime) -> Suspension:
    """End a suspension early: from now on perishable goods are taken again.

    Raises:
        NotFound: No such order at the actor's institution.
        Conflict: It was ended before.
    """
    rows = Suspension.objects.select_for_update(of=("self",), no_key=True)
    row = rows.filter(pk=suspension_id, institution_id=by.institution_id).first()
    if row is None:
        raise NotFound("suspension")
    if row.ended_at:
        raise Conflict("suspension_ended")
    row.ended_at, row.ended_by = at, by.name
    row.save(update_fields=["ended_at", "ended_by"])
    audit.record(
        events.SUSPENSION_ENDED, target=row, by=by, at=at, order=row.order_number
    )
    return row
