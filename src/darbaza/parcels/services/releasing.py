"""Out of evidence again, because its finding was withdrawn: the one way back.

The bag is only held then, under its seal; what follows (to the sender, to the store, or
seized anew) is a step of its own with its own signature.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.kernel.errors import Conflict, Invalid
from darbaza.parcels.chain import Where
from darbaza.parcels.models import Bag, Finding
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
    if part not in TO:
        raise Invalid("value_unknown", field="part")
    seconded = witness(second, by=by)
    row = findings.locked(finding_id, by=by)
    if row.withdrawn_at is None:
        raise Conflict("finding_stands")
    bag = bags.locked(row.bag_id, by=by)
    if bag.steps.filter(request_id=request_id).exists():
        return bag
    if bag.where != Where.SEIZED:
        raise Conflict("bag_not_seized")
    if part == Bag.Part.GOODS and not _may_go_in(row):
        raise Conflict("released_only_to_sender")
    bag.part = part
    bag.save(update_fields=["part"])
    held = Move(
        Where.HELD, witness=seconded, place=bag.place, order=row.protocol, signed=True,
        withdrawn=True, note=row.withdrawn_reason,
    )  # fmt: skip
    return bags.step(bag, held, request_id=request_id, by=by, at=at)


def _may_go_in(row: Finding) -> bool:
    """Tell whether what was found came with a sending that was taken in."""
    return row.sending is not None and row.sending.status not in following.CLOSED
