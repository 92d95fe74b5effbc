"""Rows that tests of parcels begin with: a prisoner, a sender, goods, rules."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from darbaza.entitlements.models import Quota, Rule
from darbaza.kernel import ids
from darbaza.parcels import services
from darbaza.parcels.chain import Where
from darbaza.parcels.models import Bag, Item
from darbaza.parcels.selectors import goods
from darbaza.parcels.types import Channel, Registered, Registration, Wanted
from darbaza.persons.models import Person
from darbaza.sites.models import Block
from tests import cast
from tests.entitlements.builders import prisoner as prisoner  # noqa: PLC0414

OFFICER: dict[str, Any] = {"by": cast.GATE_OFFICER, "at": cast.NINE}
GOODS = {
    "tea": ("tea_coffee", "allowed", 100),
    "soap": ("hygiene", "limited", 100),
    "sausage": ("fresh_food", "allowed", 500),
    "pills": ("medicine", "medical", 50),
    "cards": ("cards", "prohibited", 50),
    "phone": ("phones", "criminal", 200),
}
LIMITS: Mapping[str, Mapping[str, int]] = {"soap": {"most": 3}}


def rule(code: str, *, verified: bool = True, **figures: Any) -> Rule:
    """Make a rule in force since long ago."""
    return Rule.objects.create(
        code=code, name_ky=code, name_ru=code, name_en=code, legal_basis="Test act",
        valid_from=date(2020, 1, 1), figures=figures, added_at=cast.LONG_AGO,
        added_by="tests", verified_by="a lawyer" if verified else "",
        verified_on=date(2026, 1, 1) if verified else None,
    )  # fmt: skip


def quota(
    amount: int | None = 6, *, kind: str = "parcel", verified: bool = True
) -> Quota:
    """Say how many sendings the general regime allows in a year."""
    row = rule(f"parcels.quota.{kind}", verified=verified)
    return Quota.objects.create(
        rule=row, kind=kind, regime="colony_general", conditions="ordinary",
        amount=amount, period="year", minutes=0,
    )  # fmt: skip


def shop(*, verified: bool = True) -> dict[str, Item]:
    """Make one item of each verdict, with the rules of their categories."""
    goods.forget()
    found = {}
    for code, (category, verdict, grams) in GOODS.items():
        rule(
            f"parcels.item.{category}", verified=verified, verdict=verdict,
            **LIMITS.get(code, {}),
        )  # fmt: skip
        found[code] = Item.objects.create(
            code=code, category=category, name_ky=code, name_ru=code, name_en=code,
            piece_g=grams, perishable=category == "fresh_food",
        )  # fmt: skip
    return found


def sender(surname: str = "Асанова") -> Person:
    """Make somebody who brings things."""
    return Person.objects.create(
        institution_id=cast.COLONY, surname=surname, given_names="Айгүл",
        birth_on=date(1970, 5, 1), sex="F", registered_at=cast.LONG_AGO,
    )  # fmt: skip


def wanted(
    prisoner_id: UUID, sender_id: UUID, *lines: tuple[Item, int, int], **more: Any
) -> Registration:
    """Say what is to be registered: (item, pieces, grams) a line."""
    return replace(
        Registration(
            prisoner_id, Channel.PACKAGE, ids.new_id(), sender_id=sender_id,
            lines=tuple(Wanted(item.pk, n, grams) for item, n, grams in lines),
        ),
        **more,
    )  # fmt: skip


def registered(*lines: tuple[Item, int, int], **more: Any) -> Registered:
    """Register a package of somebody to somebody."""
    known = {"prisoner_id": prisoner().pk, "sender_id": sender().pk} | more
    keys = known.pop("prisoner_id"), known.pop("sender_id")
    return services.register(wanted(*keys, *lines, **known), **OFFICER)


def stored(*lines: tuple[Item, int, int], **more: Any) -> Bag:
    """Register a package, look into it, and put it into the store."""
    done = registered(*lines, **more)
    for to in (Where.INSPECTION, Where.STORE):
        key = ids.new_id()
        services.move(done.bags["goods"], services.Move(to), request_id=key, **OFFICER)
    return Bag.objects.select_related("sending").get(pk=done.bags["goods"])


def in_block(block: Block) -> UUID:
    """Return a prisoner of a block."""
    row = prisoner()
    row.block = block
    row.save()
    return row.pk


def more_goods(number: int) -> Item:
    """Make one more item that may be brought."""
    name = f"more_{number}"
    return Item.objects.create(
        code=name, category="tea_coffee", name_ky=name, name_ru=name, name_en=name
    )
