"""Counting a sending again: what lies where, and where its pieces go. Plain Python.

What has left the house or lies under seal stands as it is; only what lies open can be
counted again. The pieces and grams of a position always add up to what was handed in.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from darbaza.kernel.errors import Invalid
from darbaza.parcels.types import Fate, LineVerdict, Wanted

GOODS, BACK, KEPT = "goods", "back", "kept"


@dataclass(frozen=True, slots=True)
class Lot:
    """Pieces of one position in one bag, as they are written down."""

    position: int
    item_id: UUID
    quantity: int
    grams: int
    part: str
    open: bool
    """Whether its bag may be counted again."""
    words: str = ""
    sent_back: bool = False
    """The officer sent it back, whatever the rules would let in."""


@dataclass(frozen=True, slots=True)
class Share:
    """What of a position goes into a bag of one part."""

    position: int
    part: str
    wanted: Wanted
    decided: LineVerdict
    quantity: int
    grams: int


def totals(lots: Iterable[Lot]) -> dict[int, Wanted]:
    """Return what was handed in by position, however many bags it lies in."""
    found: dict[int, Wanted] = {}
    for lot in lots:
        before = found.get(lot.position, Wanted(lot.item_id, 0, 0))
        found[lot.position] = Wanted(
            lot.item_id,
            before.quantity + lot.quantity,
            before.grams + lot.grams,
            before.words or lot.words,
            sent_back=before.sent_back or lot.sent_back,
        )
    return found


def check(wanted: dict[int, Wanted], lots: Iterable[Lot]) -> None:
    """Refuse a count that forgets what has gone already.

    Raises:
        Invalid: ``line`` is the position, ``gone`` how many pieces of it have gone.
    """
    for position, gone in totals(lot for lot in lots if not lot.open).items():
        asked = wanted.get(position)
        if asked is None or not _covers(asked, gone):
            raise Invalid("goods_gone_already", line=position, gone=gone.quantity)


def _covers(asked: Wanted, gone: Wanted) -> bool:
    if asked.item_id != gone.item_id or asked.quantity < gone.quantity:
        return False
    if asked.quantity == gone.quantity:
        return asked.grams == gone.grams
    return asked.grams >= gone.grams


def shares(
    position: int, wanted: Wanted, decided: LineVerdict, lots: Iterable[Lot]
) -> Iterator[Share]:
    """Yield where the open pieces of a position go, as decided.

    Args:
        position: The line.
        wanted: All that was handed in of it.
        decided: The decision on all of it.
        lots: What is written down of this position now.
    """
    gone = [lot for lot in lots if not lot.open]
    left = wanted.quantity - sum(lot.quantity for lot in gone)
    grams = wanted.grams - sum(lot.grams for lot in gone)
    taken_before = sum(lot.quantity for lot in gone if lot.part == GOODS)
    taken = min(max(decided.taken - taken_before, 0), left)
    weight = grams * taken // left if left else 0
    rest = KEPT if decided.fate is Fate.KEPT else BACK
    if taken:
        yield Share(position, GOODS, wanted, decided, taken, weight)
    if left - taken:
        yield Share(position, rest, wanted, decided, left - taken, grams - weight)
