"""What stands open to families: what may be brought, and how a sending stands.

Nobody has signed in here. The state of a sending is told to whoever holds its receipt
and the code on it, in words that say neither who is held nor where.
"""

import hmac
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch

from darbaza.accounts import types as accounts
from darbaza.entitlements import selectors as entitlements
from darbaza.entitlements.types import QuotaWords
from darbaza.kernel import ids
from darbaza.parcels import lists
from darbaza.parcels.chain import Where
from darbaza.parcels.delivery import Next
from darbaza.parcels.models import Bag, Item, Sending, Suspension
from darbaza.parcels.selectors import goods, store
from darbaza.parcels.types import ItemRule, Verdict

PAGE = accounts.system("family page")
"""Asks for the public law and the catalogue, and for nothing else."""
REST = "other"
"""The category of whatever no other one holds: the last that anybody looks for."""
_TYPED = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
_NO_SECRET = "-" * 8


@dataclass(frozen=True, slots=True)
class Shelf:
    """One category of goods with what holds for it."""

    category: str
    name: str
    rule: ItemRule
    items: list[Item] = field(default_factory=list)

    @property
    def choosable(self) -> bool:
        """Whether a family may put it on its list."""
        return self.rule.verdict in {Verdict.ALLOWED, Verdict.LIMITED, Verdict.MEDICAL}


@dataclass(frozen=True, slots=True)
class State:
    """How a sending stands, as its sender may know it."""

    code: str
    """One of ``words.STATE``."""
    handed_in_at: datetime
    decided_at: datetime | None
    ended_at: datetime | None
    back: bool
    """Part of it waits to be taken home."""


def shelves(on: date) -> list[Shelf]:
    """Return every category on a day, what may be brought first, with its goods."""
    rules = goods.categories(on, by=PAGE)
    rows = entitlements.rule_rows(on=on, by=PAGE).filter(code__startswith=goods.RULE)
    items: dict[str, list[Item]] = {}
    for item in Item.objects.filter(closed_on=None).order_by("code"):
        if lists.CODE.fullmatch(item.code):
            items.setdefault(item.category, []).append(item)
    found = [
        Shelf(category, str(row.name), rules[category], items.get(category, []))
        for row in rows
        if (category := row.code.removeprefix(goods.RULE)) in rules
    ]
    order = list(Verdict)

    def place(shelf: Shelf) -> tuple[int, bool, str]:
        return order.index(shelf.rule.verdict), shelf.category == REST, shelf.name

    return sorted(found, key=place)


def weights(on: date) -> dict[str, int]:
    """Return the grams that one sending may weigh, by channel."""
    figures = entitlements.figures(on, by=PAGE)
    prefix = "parcels.weight."
    return {
        code.removeprefix(prefix): int(found["most_g"])
        for code, found in figures.items()
        if code.startswith(prefix) and "most_g" in found
    }


def quotas(on: date) -> list[QuotaWords]:
    """Return how many packages and parcels each regime allows, in words."""
    return entitlements.quota_words("parcel", on, by=PAGE)


def suspended(institution_id: UUID, on: date) -> Suspension | None:
    """Return the order that suspends perishable goods at a prison on a day."""
    by = accounts.system("family page", institution_id)
    return goods.suspension(on, by=by)


def state(reference: str, secret: str) -> State | None:
    """Return how a sending stands; None for a wrong number and a wrong code alike."""
    bags = Prefetch("bags", Bag.objects.select_related("sending__prisoner"))
    rows = Sending.objects.filter(reference=_reference(reference))
    row = rows.prefetch_related(bags).first()
    # A wrong number costs the same comparison as a wrong code.
    expected = row.secret if row else _NO_SECRET
    if not hmac.compare_digest(expected.encode(), _bare(secret).encode()) or not row:
        return None
    found = list(row.bags.all())
    return State(
        _code(row, found),
        row.handed_in_at,
        row.decided_at,
        row.delivered_at or row.ended_at,
        any(bag.part == Bag.Part.BACK and not bag.ended for bag in found),
    )


def _bare(text: str) -> str:
    known = text[:40].upper().translate(_TYPED)
    return "".join(sign for sign in known if sign in ids.ALPHABET)


def _reference(text: str) -> str:
    bare = _bare(text)
    return f"{bare[:3]}-{bare[3:]}"


def _code(row: Sending, bags: list[Bag]) -> str:
    """Return the word for a sending: the same wherever the prisoner is, and why."""
    if row.status == Sending.Status.SENT_ON:
        return "under_way"
    if row.status not in {Sending.Status.REGISTERED, Sending.Status.ACCEPTED}:
        return row.status
    goods_bags = [bag for bag in bags if bag.part == Bag.Part.GOODS and not bag.ended]
    if any(bag.where == Where.ROUND for bag in goods_bags):
        return "under_way"
    if any(store.next_of(bag) is Next.COLLECT for bag in goods_bags):
        return "ask"
    if bags and not goods_bags:  # the addressee did not take it
        return "ask"
    if any(bag.where == Where.STORE for bag in goods_bags):
        return "accepted"
    return row.status


for _door in (shelves, weights, quotas, suspended, state):
    _door.permission = None  # type: ignore[union-attr] # open to families
