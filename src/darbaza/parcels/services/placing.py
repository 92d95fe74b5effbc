"""Where the goods of a corrected sending lie: lines replaced, bags found or made."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from darbaza.accounts.types import Actor
from darbaza.kernel import ids
from darbaza.parcels.chain import OPEN, Where
from darbaza.parcels.models import Bag, Correction, Line
from darbaza.parcels.recount import Share
from darbaza.parcels.services import bags, writing
from darbaza.parcels.services.bags import Move

Key = tuple[UUID, int]
"""Bag and position: where a line stands once."""


def place(made: Correction, shares: Iterable[Share], *, by: Actor, at: datetime) -> int:
    """Bring the open bags of a sending to what lies in them as corrected.

    Returns:
        How many lines were replaced, added or taken away.
    """
    rows = Line.objects.filter(bag__sending=made.sending, bag__where__in=OPEN)
    now: dict[Key, Line] = {
        (line.bag_id, line.position): line for line in rows.order_by("id")
    }
    wanted: dict[Key, Share] = {}
    for share in shares:
        wanted[_bag(made, share, now, by=by, at=at), share.position] = share
    stale = [line for key, line in now.items() if not _stands(line, wanted.get(key))]
    fresh = {k: s for k, s in wanted.items() if not _stands(now.get(k), s)}
    Line.objects.filter(pk__in=[line.pk for line in stale]).update(replaced_by=made)
    for (bag_id, _position), share in fresh.items():
        _write(bag_id, share)
    touched = {line.bag_id for line in stale} | {bag_id for bag_id, _n in fresh}
    gained = {key[0] for key, share in fresh.items() if _adds(now.get(key), share)}
    for bag_id in sorted(touched):
        _follow(made, bag_id, gained=bag_id in gained, by=by, at=at)
    return len(stale) + len(fresh)


def _bag(
    made: Correction, share: Share, now: dict[Key, Line], *, by: Actor, at: datetime
) -> UUID:
    """Return where it lies open, else an open bag of its part, else a new one."""
    rows = made.sending.bags.filter(where__in=OPEN).order_by("id")
    found = [bag.pk for bag in rows if bag.part == share.part]
    for bag_id in found:
        if (bag_id, share.position) in now:
            return bag_id
    if found:
        return found[0]
    first = rows.first()
    giver = first.holder if first else made.sending.sent_by[:160]
    return writing.bag(
        made.sending_id, share.part, giver=giver, perishable=False, by=by, at=at
    )


def _stands(line: Line | None, share: Share | None) -> bool:
    """Tell whether a line says already what it should."""
    if line is None or share is None:
        return False
    decision = share.decided.decision
    return (
        line.item_id, line.words, line.quantity, line.grams, line.effect, line.grounds,
    ) == (
        share.wanted.item_id, share.wanted.words.strip(), share.quantity, share.grams,
        decision.effect.name.lower(), decision.as_facts(),
    )  # fmt: skip


def _adds(line: Line | None, share: Share) -> bool:
    """Tell whether something comes into a bag that was not in it."""
    if line is None or line.item_id != share.wanted.item_id:
        return True
    return share.quantity > line.quantity or share.grams > line.grams


def _write(bag_id: UUID, share: Share) -> None:
    bag = Bag.objects.get(pk=bag_id)
    Line.objects.create(
        institution_id=bag.institution_id,
        bag=bag,
        position=share.position,
        item_id=share.wanted.item_id,
        category=share.decided.line.category,
        words=share.wanted.words.strip(),
        quantity=share.quantity,
        grams=share.grams,
        effect=share.decided.decision.effect.name.lower(),
        grounds=share.decided.decision.as_facts(),
    )


def _follow(
    made: Correction, bag_id: UUID, *, gained: bool, by: Actor, at: datetime
) -> None:
    """Close a bag that is empty now; look into an inspected one that got more."""
    bag = bags.locked(bag_id, by=by)
    lines = list(bag.lines.select_related("item"))
    bag.perishable = any(line.item.perishable for line in lines)
    bag.save(update_fields=["perishable"])
    to = None if lines else Where.EMPTIED
    if gained and bag.part == Bag.Part.GOODS and bag.where == Where.STORE:
        to = Where.INSPECTION
    if to:
        move = Move(to, note=made.reason)
        bags.step(bag, move, request_id=ids.new_id(), by=by, at=at)
