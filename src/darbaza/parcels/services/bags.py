"""Bags: one step further, or a part of their goods into another bag.

Both under the bag's lock, so that two officers can neither take one bag into two hands
nor count its goods twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.parcels import chain, events
from darbaza.parcels.chain import Where
from darbaza.parcels.models import Bag, Line, Step
from darbaza.parcels.services import following, writing


@dataclass(frozen=True, slots=True)
class Move:
    """What the officer says about a step; the chain knows the rest."""

    to: Where
    taker: str = ""
    """Who has it now; empty: the officer."""
    witness: str = ""
    seal: str | None = None
    """Number of the seal on it after the step; None: as before."""
    place: str = ""
    order: str = ""
    signed: bool = False
    withdrawn: bool = False
    """The seizure under ``order`` was withdrawn (``releasing``)."""
    note: str = ""


@requires(Permission.PARCEL_INSPECT)
@transaction.atomic
def move(
    bag_id: UUID, wanted: Move, *, request_id: UUID, by: Actor, at: datetime
) -> Bag:
    """Take a bag one step further in its chain of custody; sent again, once.

    Raises:
        NotFound: No such bag in the actor's institution.
        Conflict: The chain forbids the step; the code is the first ground's.
    """
    return step(locked(bag_id, by=by), wanted, request_id=request_id, by=by, at=at)


@requires(Permission.PARCEL_REGISTER)
@transaction.atomic
def give_back(bag_id: UUID, *, request_id: UUID, by: Actor, at: datetime) -> Bag:
    """Give a bag back to whoever handed it in, against a signature; sent again, once.

    Raises:
        NotFound: No such bag in the actor's institution.
        Conflict: It is kept, or has left the house.
    """
    bag = locked(bag_id, by=by)
    if bag.part == Bag.Part.KEPT:
        raise Conflict("kept_never_goes_back")
    first = bag.steps.order_by("number").first()
    back = Move(Where.BACK, taker=first.giver if first else "", signed=True)
    return step(bag, back, request_id=request_id, by=by, at=at)


def step(bag: Bag, wanted: Move, *, request_id: UUID, by: Actor, at: datetime) -> Bag:
    """Take a locked bag one step further; the event stands in the same transaction.

    Raises:
        Conflict: The chain forbids the step.
    """
    rows = list(bag.steps.all())
    if any(row.request_id == request_id for row in rows):
        return bag
    taken = [chain.plain(row) for row in rows]
    new = _next(taken[-1], wanted, by, at)
    decision = chain.may_move(taken, new)
    if not decision:
        ground = decision.blocking[0]
        raise Conflict(ground.code, **ground.figures)
    Step.objects.create(
        institution_id=bag.institution_id, bag=bag, number=len(rows), to=new.to.value,
        at=at, giver=new.giver, taker=new.taker, witness=new.witness, seal=new.seal,
        broken=new.broken, place=new.place, order=new.order, signed=new.signed,
        withdrawn=new.withdrawn, note=wanted.note.strip()[:300], by_name=by.name,
        request_id=request_id,
    )  # fmt: skip
    bag.where, bag.holder, bag.since = new.to.value, new.taker, at
    bag.seal, bag.place = new.seal, new.place
    bag.save(update_fields=["where", "holder", "since", "seal", "place"])
    audit.record(
        events.MOVED, target=("bag", str(bag.pk)), by=by, at=at,
        sending=str(bag.sending_id or ""), to=new.to.value, number=len(rows),
        seal=new.seal, broken=new.broken, order=new.order, signed=new.signed,
        withdrawn=new.withdrawn,
    )  # fmt: skip
    following.follow(bag, reason=wanted.note, by=by, at=at)
    return bag


def _next(last: chain.Step, wanted: Move, by: Actor, at: datetime) -> chain.Step:
    """Return the step that follows: given by whoever holds the bag."""
    seal = last.seal if wanted.seal is None else wanted.seal.strip()
    return chain.Step(
        to=wanted.to, at=at, giver=last.taker, taker=wanted.taker.strip() or by.name,
        witness=wanted.witness.strip(), seal=seal,
        broken=last.seal if seal != last.seal else "", place=wanted.place.strip(),
        order=wanted.order.strip(), signed=wanted.signed, withdrawn=wanted.withdrawn,
    )  # fmt: skip


@requires(Permission.PARCEL_INSPECT)
@transaction.atomic
def split(
    bag_id: UUID,
    pieces: Mapping[int, int],
    part: str,
    *,
    by: Actor,
    at: datetime,
) -> Bag:
    """Move some pieces of some lines into a new bag; nothing is lost between them.

    The new bag begins at the counter in the hands of whoever holds the old one.

    Args:
        bag_id: The bag that is opened; it must not have left the house.
        pieces: How many, by the position of the line.
        part: What the new bag is for: back, kept or goods.
        by: Who splits.
        at: Now.

    Raises:
        NotFound: No such bag in the actor's institution.
        Invalid: Nothing, or more than lies in the bag.
        Conflict: The bag has left the house, or somebody else holds it.
    """
    bag = locked(bag_id, by=by)
    if bag.ended:
        raise Conflict("bag_has_left")
    lines = {line.position: line for line in bag.lines.all()}
    for position, count in pieces.items():
        if position not in lines or not 0 < count <= lines[position].quantity:
            raise Invalid("split_impossible", field="pieces", line=position)
    if not pieces:
        raise Invalid("split_of_nothing", field="pieces")
    fresh = writing.bag(
        bag.sending_id, part, giver=bag.holder, perishable=bag.perishable, by=by, at=at
    )
    for position, count in pieces.items():
        _take(lines[position], count, fresh)
    audit.record(
        events.SPLIT, target=("bag", str(bag.pk)), by=by, at=at,
        sending=str(bag.sending_id or ""), new=str(fresh), part=part,
        pieces=sorted(pieces.items()),
    )  # fmt: skip
    return Bag.objects.get(pk=fresh)


def _take(line: Line, count: int, bag_id: UUID) -> None:
    """Move pieces of a line into another bag, with their share of its weight."""
    share = line.grams * count // line.quantity
    if count == line.quantity:
        line.bag_id = bag_id
        line.save(update_fields=["bag_id"])
        return
    line.quantity, line.grams = line.quantity - count, line.grams - share
    line.save(update_fields=["quantity", "grams"])
    Line.objects.create(
        institution_id=line.institution_id, bag_id=bag_id, position=line.position,
        item_id=line.item_id, category=line.category, words=line.words, quantity=count,
        grams=share, effect=line.effect, grounds=line.grounds,
    )  # fmt: skip


def locked(bag_id: UUID, *, by: Actor) -> Bag:
    """Return a bag of the actor's institution, locked until commit.

    Raises:
        NotFound: No such bag there.
    """
    audit.lock(by.institution_id)
    rows = Bag.objects.select_for_update(of=("self",), no_key=True)
    bag = rows.filter(pk=bag_id, institution_id=by.institution_id).first()
    if bag is None:
        raise NotFound("bag")
    return bag
