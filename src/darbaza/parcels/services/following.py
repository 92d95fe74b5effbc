"""A sending follows its goods: stored, it is accepted; gone back, it is returned."""

from datetime import datetime

from darbaza.accounts.types import Actor
from darbaza.parcels.chain import Where
from darbaza.parcels.models import Bag, Sending

OPEN = (Sending.Status.REGISTERED, Sending.Status.ACCEPTED)


def follow(bag: Bag, *, by: Actor, at: datetime) -> None:
    """Bring the state of a sending up to where the bag with its goods is now.

    The audit record has the step itself; delivery and sending on say their own.
    """
    if bag.sending_id is None or bag.part != Bag.Part.GOODS:
        return
    rows = Sending.objects.filter(pk=bag.sending_id, status__in=OPEN)
    if bag.where == Where.STORE:
        decided = {"decided_at": at, "decided_by": by.name}
        stored = rows.filter(status=Sending.Status.REGISTERED)
        stored.update(status=Sending.Status.ACCEPTED, **decided)
    elif bag.where == Where.BACK:
        rows.update(status=Sending.Status.RETURNED, ended_at=at)
    elif bag.where in {Where.SEIZED, Where.DESTROYED}:
        rows.update(status=Sending.Status.KEPT, ended_at=at)
