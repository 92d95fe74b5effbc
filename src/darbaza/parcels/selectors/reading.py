"""What an officer types or scans at the desk, as lines of goods."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.kernel.errors import Invalid, NotFound
from darbaza.parcels import entry, lists
from darbaza.parcels.models import Item
from darbaza.parcels.policies import is_barcode, is_digits
from darbaza.parcels.selectors import goods, sendings
from darbaza.parcels.types import Channel

OTHER = "other"
"""Code of the item for what the catalogue has no word for."""
CHANNELS = tuple(str(channel) for channel in Channel)


@dataclass(frozen=True, slots=True)
class Entered:
    """One line of goods, as the desk keeps it: keys are texts there."""

    item: str
    quantity: int
    grams: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: lines, or a barcode that nobody has learned yet."""

    lines: Sequence[Entered] = ()
    barcode: str = ""


@requires(Permission.PARCEL_REGISTER)
def read(text: str, *, by: Actor) -> Read:
    """Read a typed line, a shop's barcode, or the list that a family made at home.

    The likeliest item of a word is taken, as it was offered first.

    Raises:
        Invalid: Nothing in the catalogue is called so, or a list is damaged.
    """
    bare = text.strip()
    if is_barcode(bare):
        known = goods.barcode(bare, by=by)
        if known is None:
            return Read(barcode=bare)
        grams = known.piece_g or known.item.piece_g or 0
        return Read([Entered(str(known.item_id), 1, grams, known.label)])
    if is_digits(bare):
        raise Invalid("barcode_unknown_kind", field="item", read=bare[:20])
    if lists.is_list(bare):
        return Read(read_list(bare, by=by))
    quick = entry.parse(bare)
    offered = goods.find_items(quick.words, by=by, limit=1)
    if not offered:
        raise Invalid("item_unknown", field="item", words=quick.words[:60])
    return Read([_line(offered[0], quick)])


@requires(Permission.PARCEL_REGISTER)
def read_list(text: str, *, by: Actor) -> list[Entered]:
    """Return the lines of a family's list; goods closed since then are left out.

    Raises:
        Invalid: It is no list, or one that was damaged on the way.
    """
    listed = [line for code in lists.apart(text) for line in lists.decode(code)]
    items = goods.by_code({one.item for one in listed}, by=by)
    found = []
    for one in listed:
        item = items.get(one.item)
        if item:
            grams = one.grams or (item.piece_g or 0) * one.quantity
            found.append(Entered(str(item.pk), one.quantity, grams))
    return found


@requires(Permission.PARCEL_REGISTER)
def offered(text: str, *, by: Actor) -> list[Item]:
    """Return the goods that a half typed line may mean; "other" closes the list."""
    words = entry.parse(text).words
    if not words or is_barcode(text.strip()):
        return []
    found = goods.find_items(words, by=by)
    other = goods.find_items(OTHER, by=by, limit=1)
    return [*found, *(item for item in other if item not in found)]


@requires(Permission.PARCEL_REGISTER)
def line_of(item_id: UUID, text: str, *, by: Actor) -> Entered:
    """Return a line of one item with the pieces and grams that a text names.

    Raises:
        NotFound: No such item.
    """
    item = goods.items([item_id], by=by).get(item_id)
    if item is None:
        raise NotFound("item")
    return _line(item, entry.parse(text))


@requires(Permission.PARCEL_REGISTER)
def of_bundle(code: str, *, by: Actor) -> list[Entered]:
    """Return the lines of a usual bundle.

    Raises:
        Invalid: No such bundle.
    """
    return [
        Entered(str(row.item_id), row.quantity, row.grams)
        for row in goods.bundle(code, by=by)
    ]


@requires(Permission.PARCEL_REGISTER)
def again(
    sender_id: UUID, prisoner_id: UUID | None = None, *, by: Actor
) -> list[Entered]:
    """Return what went in of the sender's last sending, to be entered once more."""
    rows = sendings.last_of(sender_id, prisoner_id, by=by)
    return [Entered(str(r.item_id), r.quantity, r.grams, r.words) for r in rows]


def _line(item: Item, quick: entry.Quick) -> Entered:
    quantity = 1 if quick.quantity is None else quick.quantity
    grams = quick.grams
    if grams is None:
        grams = (item.piece_g or 0) * max(quantity, 0)
    words = quick.words if item.code == OTHER else ""
    return Entered(str(item.pk), quantity, grams, words)
