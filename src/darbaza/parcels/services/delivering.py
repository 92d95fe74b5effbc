"""From the store to the prisoner: rounds, signatures, and whatever cannot be delivered.

Every step is one of the bag's chain of custody; what the sending as such has come to
follows from where its bags have ended.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.parcels import events
from darbaza.parcels.chain import Where
from darbaza.parcels.delivery import Missed
from darbaza.parcels.models import Bag, Picture, Sending, Step
from darbaza.parcels.selectors import store
from darbaza.parcels.services import bags, changes, signatures
from darbaza.parcels.services.bags import Move

MOST = 300
"""Bags that one officer takes out at once."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Who took it, and how that is signed for."""

    taker: str = ""
    """Empty: the prisoner; of medicine, whoever takes it in the medical unit."""
    signature: bytes = b""
    """A picture of the signature; empty: signed on the paper list."""


@requires(Permission.PARCEL_DELIVER)
@transaction.atomic
def take_out(
    blocks: Collection[str], *, request_id: UUID, by: Actor, at: datetime
) -> list[Bag]:
    """Take everything in the store for these blocks out on a round; sent again, once.

    Raises:
        Conflict: Nothing waits for these blocks here.
    """
    audit.lock(by.institution_id)
    mine = Bag.objects.filter(institution_id=by.institution_id)
    done = list(mine.filter(steps__request_id=request_id))
    if done:
        return done
    keys = list(store.for_round(blocks, by=by, at=at).values_list("pk", flat=True))
    if not keys:
        raise Conflict("round_empty")
    return [
        bags.step(
            bags.locked(key, by=by), Move(Where.ROUND), request_id=request_id, by=by,
            at=at,
        )
        for key in keys[:MOST]
    ]  # fmt: skip


@requires(Permission.PARCEL_DELIVER)
@transaction.atomic
def deliver(
    bag_id: UUID, receipt: Receipt, *, request_id: UUID, by: Actor, at: datetime
) -> Bag:
    """Hand a bag over against a signature; sent again, once.

    Raises:
        NotFound: No such bag in the actor's institution.
        Conflict: It is not out on a round.
        Invalid: The signature is no picture, or nothing is drawn on it.
    """
    bag = bags.locked(bag_id, by=by)
    if _repeated(bag, request_id):
        return bag
    sending = _sending_of(bag, by)
    taker = receipt.taker.strip()[:160] or str(sending.prisoner.person.name)[:160]
    wanted = Move(Where.DELIVERED, taker=taker, signed=True)
    bags.step(bag, wanted, request_id=request_id, by=by, at=at)
    if receipt.signature:
        step = bag.steps.get(request_id=request_id)
        kind = Picture.Kind.SIGNATURE
        signatures.keep(bag, step, kind, receipt.signature, by=by, at=at)
    audit.record(
        events.DELIVERED, target=sending, by=by, at=at, bag=bag.label,
        signed="tablet" if receipt.signature else "paper",
    )  # fmt: skip
    return bag


@requires(Permission.PARCEL_DELIVER)
@transaction.atomic
def miss(
    bag_id: UUID,
    why: Missed,
    *,
    reason: str,
    request_id: UUID,
    by: Actor,
    at: datetime,
) -> Bag:
    """Bring a bag back from a round; what the prisoner refuses goes to the sender.

    Args:
        bag_id: A bag out on a round.
        why: Why it was not handed over.
        reason: In words; a refusal needs them.
        request_id: Sent again, it happens once.
        by: The officer.
        at: Now.

    Raises:
        NotFound: No such bag in the actor's institution.
        Conflict: It is not out on a round.
        Invalid: The prisoner refuses, and nobody says why.
    """
    if why is Missed.REFUSED and not reason.strip():
        raise Invalid("reason_missing", field="reason")
    bag = bags.locked(bag_id, by=by)
    if _repeated(bag, request_id):
        return bag
    sending = _sending_of(bag, by)
    if bag.where != Where.ROUND:
        raise Conflict("not_on_round")
    wanted = Move(Where.STORE, note=reason)
    bags.step(bag, wanted, request_id=request_id, by=by, at=at)
    if why is Missed.REFUSED:
        bag.part = Bag.Part.BACK
        bag.save(update_fields=["part"])
    audit.record(
        events.NOT_DELIVERED, target=sending, by=by, at=at, bag=bag.label,
        why=why.value, reason=reason.strip()[:300],
    )  # fmt: skip
    return bag


@requires(Permission.PARCEL_DELIVER)
@transaction.atomic
def hand_back(
    bag_id: UUID,
    *,
    taker: str,
    reason: str,
    request_id: UUID,
    by: Actor,
    at: datetime,
) -> Bag:
    """Give a bag back to its sender, or to whoever collects it, against a signature.

    A sending that goes back whole gives its allowance back.

    Args:
        bag_id: A bag that its chain lets go back.
        taker: Who signs for it; empty: the sender.
        reason: Why it goes back.
        request_id: Sent again, it happens once.
        by: The officer.
        at: Now.

    Raises:
        NotFound: No such bag in the actor's institution.
        Conflict: From where it is it cannot go back, or it is kept as evidence.
        Invalid: No reason.
    """
    if not reason.strip():
        raise Invalid("reason_missing", field="reason")
    bag = bags.locked(bag_id, by=by)
    if _repeated(bag, request_id):
        return bag
    sending = _sending_of(bag, by)
    if bag.part == Bag.Part.KEPT:
        raise Conflict("kept_never_goes_back")
    wanted = Move(
        Where.BACK, taker=taker.strip()[:160] or sending.sent_by[:160],
        signed=True, note=reason,
    )  # fmt: skip
    bags.step(bag, wanted, request_id=request_id, by=by, at=at)
    return bag


@requires(Permission.PARCEL_DELIVER)
@transaction.atomic
def send_on(bag_id: UUID, *, request_id: UUID, by: Actor, at: datetime) -> Bag:
    """Send a stored bag to the institution where the prisoner's file is now.

    Raises:
        NotFound: No such bag in the actor's institution.
        Conflict: The prisoner is here, or was released; or the bag is not in the store.
    """
    bag = bags.locked(bag_id, by=by)
    if _repeated(bag, request_id):
        return bag
    sending = _sending_of(bag, by)
    prisoner = sending.prisoner
    if prisoner.status != "held" or prisoner.institution_id == by.institution_id:
        raise Conflict("not_transferred")
    wanted = Move(Where.SENT_ON, taker=str(prisoner.institution.name))
    bags.step(bag, wanted, request_id=request_id, by=by, at=at)
    return bag


@requires(Permission.PARCEL_DELIVER)
@transaction.atomic
def add_paper(
    bag_ids: Collection[UUID], image: bytes, *, by: Actor, at: datetime
) -> int:
    """Keep the scan of a list that prisoners signed with each bag on it.

    Returns:
        How many bags have it now.

    Raises:
        NotFound: One of the bags is not here.
        Conflict: One of them was not delivered.
        Invalid: No bag is named, or the picture is none.
    """
    if not bag_ids:
        raise Invalid("paper_for_nothing", field="bags")
    for key in sorted(bag_ids)[:MOST]:
        bag = bags.locked(key, by=by)
        step = Step.objects.filter(bag=bag, to=Where.DELIVERED).first()
        if step is None:
            raise Conflict("not_delivered_yet")
        signatures.keep(bag, step, Picture.Kind.PAPER, image, by=by, at=at)
    return len(bag_ids)


def _repeated(bag: Bag, request_id: UUID) -> bool:
    return bag.steps.filter(request_id=request_id).exists()


def _sending_of(bag: Bag, by: Actor) -> Sending:
    """Return the sending of a bag, locked; a bag found on a person has none."""
    if bag.sending_id is None:
        raise NotFound("sending")
    return changes.locked(bag.sending_id, by=by)
