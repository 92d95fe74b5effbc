"""The rows of a sending: itself, its bags, their lines, their first step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps

from darbaza.accounts.types import Actor
from darbaza.kernel import ids
from darbaza.kernel.db import Insert, PreparedObjects
from darbaza.kernel.errors import NotFound
from darbaza.kernel.ids import NOWHERE
from darbaza.parcels.chain import FIRST
from darbaza.parcels.models import Bag, Line, Override, Sending, Step
from darbaza.parcels.types import (
    Fate,
    Known,
    LineVerdict,
    OverrideRequest,
    Registered,
    Registration,
    SendingVerdict,
    Wanted,
)

SECRET = 8
"""Characters of the sender's code: 40 bits, and few questions a minute."""


@cache
def _insert(model: type[Any]) -> Insert:
    return Insert(model)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What of one line goes into one bag."""

    position: int
    wanted: Wanted
    decided: LineVerdict
    part: str
    quantity: int

    @property
    def grams(self) -> int:
        """Its share of the line's weight; the part that comes last takes the rest."""
        whole, pieces = self.wanted.grams, self.wanted.quantity
        share = whole * self.decided.taken // pieces
        if self.quantity == pieces:
            return whole
        return share if self.part == Bag.Part.GOODS else whole - share


def write(
    registration: Registration,
    known: Known,
    verdict: SendingVerdict,
    *,
    by: Actor,
    at: datetime,
) -> Registered:
    """Insert a sending as decided: a bag for what goes in, back, or is kept."""
    giver = _giver(registration)
    columns = _sending(registration, by, at) | {
        "grams": known.sending.grams,
        "status": "registered" if verdict.accepted else "refused",
        "effect": verdict.sending.effect.name.lower(),
        "grounds": verdict.sending.as_facts(),
    }
    _insert(Sending)(**columns)
    pieces = list(_pieces(registration, verdict))
    bags: dict[str, UUID] = {}
    for part in Bag.Part.values:
        own = [piece for piece in pieces if piece.part == part]
        if own or (part == Bag.Part.GOODS and not pieces):
            perishable = any(p.decided.line.perishable for p in own)
            bags[part] = bag(
                columns["id"], part, giver=giver, perishable=perishable, by=by, at=at
            )
            _lines(bags[part], own, by)
    return Registered(columns["id"], columns["reference"], columns["status"], bags)


def _sending(registration: Registration, by: Actor, at: datetime) -> dict[str, Any]:
    """Return the columns of a sending that the decision does not change."""
    return {
        "id": ids.new_id(),
        "institution_id": by.institution_id,
        "prisoner_id": registration.prisoner_id,
        "sender_id": registration.sender_id,
        "document_id": registration.document_id,
        "sender_name": registration.sender_name.strip(),
        "channel": registration.channel.value,
        "reference": ids.reference(),
        "secret": ids.random_code(SECRET),
        "weighed": registration.weighed_g is not None,
        "advice": registration.advice.strip(),
        "language": registration.language,
        "note": registration.note.strip(),
        "handed_in_at": at,
        "registered_by": by.name,
        "decided_at": None,
        "decided_by": "",
        "delivered_at": None,
        "ended_at": None,
        "ended_reason": "",
        "prints": 0,
        "request_id": registration.request_id,
    }


def _pieces(registration: Registration, verdict: SendingVerdict) -> Iterable[_Piece]:
    """Yield what of each line goes into which bag; none goes in if it is refused."""
    pairs = zip(registration.lines, verdict.lines, strict=False)
    for position, (wanted, decided) in enumerate(pairs, start=1):
        taken = decided.taken if verdict.accepted else 0
        rest = wanted.quantity - taken
        if taken:
            yield _Piece(position, wanted, decided, Bag.Part.GOODS, taken)
        if rest:
            kept = decided.fate is Fate.KEPT
            part = Bag.Part.KEPT if kept else Bag.Part.BACK
            yield _Piece(position, wanted, decided, part, rest)


def bag(
    sending_id: UUID | None,
    part: str,
    *,
    giver: str,
    perishable: bool,
    by: Actor,
    at: datetime,
) -> UUID:
    """Insert a bag at the counter, with the first step of its chain."""
    key, house = ids.new_id(), by.institution_id
    _insert(Bag)(
        id=key, institution_id=house, sending_id=sending_id, part=part,
        label=ids.random_code(10), where=FIRST.value, holder=by.name, seal="",
        place="", perishable=perishable, since=at, prints=0,
    )  # fmt: skip
    _insert(Step)(
        id=ids.new_id(), institution_id=house, bag_id=key, number=0, to=FIRST.value,
        at=at, giver=giver, taker=by.name, witness="", seal="", broken="", place="",
        order="", signed=False, withdrawn=False, note="", by_name=by.name,
        request_id=ids.new_id(),
    )  # fmt: skip
    return key


def _lines(bag_id: UUID, pieces: Sequence[_Piece], by: Actor) -> None:
    for piece in pieces:
        _insert(Line)(
            id=ids.new_id(),
            institution_id=by.institution_id,
            bag_id=bag_id,
            position=piece.position,
            item_id=piece.wanted.item_id,
            category=piece.decided.line.category,
            words=piece.wanted.words.strip(),
            quantity=piece.quantity,
            grams=piece.grams,
            effect=piece.decided.decision.effect.name.lower(),
            grounds=piece.decided.decision.as_facts(),
            replaced_by_id=None,
        )


def overrides(
    registered: Registered,
    used: list[tuple[OverrideRequest, str]],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Insert the overrides of a registration under the name that answers for them."""
    for override, permission in used:
        _insert(Override)(
            id=ids.new_id(),
            institution_id=by.institution_id,
            sending_id=registered.sending_id,
            position=override.position,
            code=override.code,
            permission=permission,
            reason=override.reason.strip(),
            at=at,
            by_id=by.id,
            by_name=by.name,
        )


def repeated(row: Sending) -> Registered:
    """Return what an earlier, equal request did."""
    bags = dict(row.bags.order_by("id").values_list("part", "id"))
    return Registered(row.pk, row.reference, row.status, bags, again=True)


def _giver(registration: Registration) -> str:
    """Return the name that the first step of the chain names as giver.

    Raises:
        NotFound: No such person, or the document is somebody else's.
    """
    if registration.document_id:
        own = {"key": registration.document_id, "sender": registration.sender_id}
        if registration.sender_id is None or _papers.one(**own) is None:
            raise NotFound("document")
    if registration.sender_name.strip():
        return registration.sender_name.strip()[:160]
    person = _people.one(key=registration.sender_id or NOWHERE)
    if person is None:
        raise NotFound("person")
    return str(person.name)[:160]


_papers: PreparedObjects[Any] = PreparedObjects(
    lambda key, sender: apps.get_model("persons", "Document")._default_manager.filter(
        pk=key, person_id=sender
    )
)
_people: PreparedObjects[Any] = PreparedObjects(
    lambda key: apps.get_model("persons", "Person")._default_manager.filter(pk=key)
)
