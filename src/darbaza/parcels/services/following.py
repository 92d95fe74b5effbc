"""A sending follows its bags: stored, it is accepted; gone, it has come to its end."""

from collections.abc import Collection
from datetime import datetime

from darbaza.accounts.types import Actor
from darbaza.parcels.chain import Where
from darbaza.parcels.models import Bag, Sending
from darbaza.parcels.services import charges

CLOSED = frozenset({Sending.Status.REFUSED.value, Sending.Status.CANCELLED.value})
"""What ended at the window stays so; its bags only go home."""
EVIDENCE = frozenset({Where.SEIZED, Where.INVESTIGATOR, Where.DESTROYED})
Status = Sending.Status


def follow(bag: Bag, *, reason: str, by: Actor, at: datetime) -> None:
    """Bring the state of a sending up to where its bags are after a step of one.

    What goes back whole gives its allowance back. The audit record has the step
    itself.
    """
    if bag.sending_id is None:
        return
    sending = Sending.objects.get(pk=bag.sending_id)
    if sending.status in CLOSED:
        return
    if sending.status == Status.KEPT and bag.where == Where.HELD:
        _reopen(sending)
        return
    stored = bag.part == Bag.Part.GOODS and bag.where == Where.STORE
    if stored and sending.status == Status.REGISTERED:
        sending.status = Status.ACCEPTED
        sending.decided_at, sending.decided_by = at, by.name
        sending.save(update_fields=["status", "decided_at", "decided_by"])
        return
    rows = sending.bags.exclude(where=Where.EMPTIED)
    parts = list(rows.values_list("part", "where"))
    status = _status(parts)
    if status in {"", sending.status}:
        return
    _end(sending, status, reason, at)
    whole = all(where == Where.BACK for _part, where in parts)
    if status == Status.RETURNED and whole:
        charges.give_back(sending, note="sending_returned", by=by, at=at)


def _reopen(sending: Sending) -> None:
    """Let a sending go on whose goods came out of evidence again."""
    sending.status = Status.ACCEPTED if sending.decided_at else Status.REGISTERED
    sending.ended_at, sending.ended_reason = None, ""
    sending.save(update_fields=["status", "ended_at", "ended_reason"])


def _end(sending: Sending, status: str, reason: str, at: datetime) -> None:
    sending.status = status
    if status == Status.DELIVERED:
        sending.delivered_at = at
    else:
        sending.ended_at, sending.ended_reason = at, reason.strip()[:300]
    sending.save(update_fields=["status", "delivered_at", "ended_at", "ended_reason"])


def _status(parts: Collection[tuple[str, str]]) -> str:
    """Return what a sending has come to, or "" while it is under way."""
    goods = {where for part, where in parts if part == Bag.Part.GOODS}
    if goods and goods <= EVIDENCE:
        return Status.KEPT.value
    if goods <= {Where.DELIVERED, Where.SENT_ON, Where.BACK}:
        for end in (Where.DELIVERED, Where.SENT_ON):
            if end in goods:
                return end.value
    rest = {where for part, where in parts if part != Bag.Part.KEPT}
    return Status.RETURNED.value if rest == {Where.BACK} else ""
