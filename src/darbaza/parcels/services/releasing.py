"""Out of evidence again: its finding was withdrawn, or there never was one.

The bag is only held then, under its seal; what follows (to the sender, to the store, or
seized anew) is a step of its own with its own signature.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.kernel.errors import Conflict, Invalid
from darbaza.parcels import selectors
from darbaza.parcels.chain import Where
from darbaza.parcels.models import Bag, Sending
from darbaza.parcels.services import bags, findings, following
from darbaza.parcels.services.bags import Move
from darbaza.parcels.services.inspecting import witness

TO = (Bag.Part.BACK, Bag.Part.GOODS)
"""What the thing is for afterwards: it goes home, or to the prisoner after all."""


@requires(Permission.PARCEL_INSPECT)
@transaction.atomic
def release(
    finding_id: UUID,
    part: str,
    *,
    second: Actor,
    request_id: UUID,
    by: Actor,
    at: datetime,
) -> Bag:
    """Take a seized bag out of evidence, its finding being withdrawn; sent again, once.

    Args:
        finding_id: The withdrawn finding; its protocol stands on the step.
        part: One of ``TO``.
        second: The second officer, who gave name and password.
        request_id: Makes it happen once.
        by: The officer; both have signed.
        at: Now.

    Raises:
        NotFound: No such finding in the actor's institution.
        Invalid: No such part, or the second officer is the first.
        Forbidden: The second officer may not confirm it.
        Conflict: The finding stands, the bag is not seized any more, or nothing of it
            can go to a prisoner.
    """
    seconded = witness(second, by=by)
    row = findings.locked(finding_id, by=by)
    if row.withdrawn_at is None:
        raise Conflict("finding_stands")
    bag = bags.locked(row.bag_id, by=by)
    if bag.steps.filter(request_id=request_id).exists():
        return bag
    out = Move(
        Where.HELD, witness=seconded, place=bag.place, order=row.protocol, signed=True,
        withdrawn=True, note=row.withdrawn_reason,
    )  # fmt: skip
    _must_fit(bag, part, row.sending)
    return _released(bag, part, out, request_id=request_id, by=by, at=at)


@requires(Permission.OVERRIDE_SHIFT)
@transaction.atomic
def undo_seizure(
    bag_id: UUID,
    part: str,
    reason: str,
    *,
    second: Actor,
    request_id: UUID,
    by: Actor,
    at: datetime,
) -> Bag:
    """Take out a bag that was seized by a step of its own, without a finding; once.

    The step names the protocol or order of the seizure, and why it was none. Arguments
    and errors as for ``release``.

    Raises:
        NotFound: No such bag in the actor's institution.
        Invalid: No reason, no such part, or the second officer is the first.
        Forbidden: The second officer may not confirm it.
        Conflict: A finding seized it, it is not seized any more, or nothing of it can
            go to a prisoner.
    """
    if not reason.strip():
        raise Invalid("reason_missing", field="reason")
    seconded = witness(second, by=by)
    bag = bags.locked(bag_id, by=by)
    if bag.steps.filter(request_id=request_id).exists():
        return bag
    _must_fit(bag, part, bag.sending)
    order = selectors.seized_by_hand(bag.pk, by=by)
    if not order:
        raise Conflict("finding_stands")
    out = Move(
        Where.HELD, witness=seconded, place=bag.place, order=order, signed=True,
        withdrawn=True, note=reason.strip(),
    )  # fmt: skip
    return _released(bag, part, out, request_id=request_id, by=by, at=at)


def _must_fit(bag: Bag, part: str, sending: Sending | None) -> None:
    if part not in TO:
        raise Invalid("value_unknown", field="part")
    if bag.where != Where.SEIZED:
        raise Conflict("bag_not_seized")
    taken_in = sending is not None and sending.status not in following.CLOSED
    if part == Bag.Part.GOODS and not taken_in:
        raise Conflict("released_only_to_sender")


def _released(
    bag: Bag, part: str, out: Move, *, request_id: UUID, by: Actor, at: datetime
) -> Bag:
    bag.part = part
    bag.save(update_fields=["part"])
    return bags.step(bag, out, request_id=request_id, by=by, at=at)
