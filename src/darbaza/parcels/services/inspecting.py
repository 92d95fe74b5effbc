"""Looking into a bag, and handing it on by hand: each with its papers and pictures."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel import ids
from darbaza.kernel.decisions import Decision
from darbaza.kernel.errors import Conflict, Forbidden, Invalid
from darbaza.parcels import chain, events, inspection
from darbaza.parcels.chain import Where
from darbaza.parcels.models import Bag, Inspection
from darbaza.parcels.services import bags, beginning, pictures
from darbaza.parcels.services.bags import Move
from darbaza.parcels.services.pictures import Upload

OPENS = frozenset({Where.COUNTER, Where.STORE})
"""From here a bag first goes to the inspection."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look into a bag: how, with what, and what came of it."""

    kind: str
    result: str
    device: str = ""
    note: str = ""
    place: str = ""
    """Where it is stored when nothing was found."""
    uploads: tuple[Upload, ...] = ()
    waiting: tuple[UUID, ...] = ()
    """Pictures of the device that show this bag."""


@requires(Permission.PARCEL_INSPECT)
def inspect(
    bag_id: UUID, look: Look, *, request_id: UUID, by: Actor, at: datetime
) -> Bag:
    """Record a look into a bag; goods in which nothing was found go to the store.

    The request id makes it happen once.

    Raises:
        NotFound: No such bag, or picture, in the actor's institution.
        Invalid: Device, place or words are missing; a picture cannot be read.
        Conflict: The bag is not at the inspection, or a letter would be opened.
    """
    made = [pictures.clean(upload) for upload in look.uploads]
    with transaction.atomic():
        bag = bags.locked(bag_id, by=by)
        if Inspection.objects.filter(request_id=request_id).exists():
            return bag
        _refuse(inspection.may_look(_looked(bag, look)))
        if Where(bag.where) in OPENS:
            _step(bag, Move(Where.INSPECTION), by, at)
        elif bag.where != Where.INSPECTION:
            raise Conflict("bag_not_at_inspection")
        row = _write(bag, look, request_id=request_id, by=by, at=at)
        beginning.tell(by, at, sending_id=bag.sending_id)
        for one in made:
            pictures.keep(bag, one, by=by, at=at, inspection=row)
        pictures.put_waiting(bag, look.waiting, by=by, at=at, inspection=row)
        if look.result == Inspection.Result.CLEAR and bag.part == Bag.Part.GOODS:
            _step(bag, Move(Where.STORE, place=look.place), by, at)
    return bag


def _looked(bag: Bag, look: Look) -> inspection.Looked:
    return inspection.Looked(
        look.kind, look.result,
        legal_mail=bag.sending is not None and bag.sending.channel == "legal_mail",
        goods=bag.part == Bag.Part.GOODS, device=look.device.strip(),
        note=look.note.strip(), place=look.place.strip(),
    )  # fmt: skip


FIELDS = {
    "device_missing": "device",
    "say_what_was_seen": "note",
    "place_missing": "place",
    "search_reason_missing": "reason",
    "officer_of_the_same_sex": "officer_sex",
}
"""Where the form shows a ground."""


def _refuse(decision: Decision) -> None:
    for ground in decision.blocking:
        if ground.code in FIELDS:
            raise Invalid(ground.code, field=FIELDS[ground.code])
        raise Conflict(ground.code, **ground.figures)


def _step(bag: Bag, wanted: Move, by: Actor, at: datetime) -> None:
    bags.step(bag, wanted, request_id=ids.new_id(), by=by, at=at)


def _write(
    bag: Bag, look: Look, *, request_id: UUID, by: Actor, at: datetime
) -> Inspection:
    row = Inspection.objects.create(
        institution_id=bag.institution_id, bag=bag, kind=look.kind, result=look.result,
        device=look.device.strip()[:80], note=look.note.strip()[:300], at=at,
        by_name=by.name, request_id=request_id,
    )  # fmt: skip
    audit.record(
        events.INSPECTED, target=("bag", str(bag.pk)), by=by, at=at,
        sending=str(bag.sending_id or ""), kind=row.kind, result=row.result,
        device=row.device, request=str(request_id),
    )  # fmt: skip
    return row


@requires(Permission.PARCEL_INSPECT)
def hand_on(
    bag_id: UUID,
    wanted: Move,
    *,
    second: Actor | None = None,
    upload: Upload | None = None,
    request_id: UUID,
    by: Actor,
    at: datetime,
) -> Bag:
    """Hand a bag on: give it back, hold, seize, destroy, to the investigator; once.

    Args:
        bag_id: The bag.
        wanted: The step; its witness is the second officer.
        second: Who confirmed it with name and password.
        upload: The signed paper, or a photograph.
        request_id: Makes it happen once.
        by: The officer.
        at: Now.

    Raises:
        NotFound: No such bag in the actor's institution.
        Conflict: The chain, or what the bag holds, forbids the step.
        Forbidden: The second officer may not confirm it.
    """
    made = pictures.clean(upload) if upload else None
    if second is not None:
        wanted = replace(wanted, witness=witness(second, by=by))
    with transaction.atomic():
        bag = bags.locked(bag_id, by=by)
        if bag.steps.filter(request_id=request_id).exists():
            return bag
        _refuse(chain.may_hand_on(bag.part, Where(bag.where), wanted.to))
        bags.step(bag, wanted, request_id=request_id, by=by, at=at)
        if made is not None:
            step = bag.steps.get(request_id=request_id)
            pictures.keep(bag, made, by=by, at=at, step=step)
    return bag


def witness(second: Actor, *, by: Actor) -> str:
    """Return the name of the second officer.

    Raises:
        Invalid: It is the first officer again.
        Forbidden: Nobody who may inspect here.
    """
    if second.id == by.id or second.name == by.name:
        raise Invalid("second_officer_is_first", field="username")
    here = second.institution_id == by.institution_id
    if not here or not second.may(Permission.PARCEL_INSPECT):
        raise Forbidden("second_officer_may_not")
    return second.name
