"""Goods, barcodes and bundles as a person keeps them; nothing is ever deleted."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.parcels import events, lists
from darbaza.parcels.models import Barcode, Bundle, BundleLine, Item
from darbaza.parcels.selectors import goods
from darbaza.parcels.types import BundleDraft, ItemDraft

SHOWN = ("category", "name_ky", "name_ru", "name_en", "piece_g", "perishable", "words")


@requires(Permission.CATALOGUE_MANAGE)
@transaction.atomic
def add_item(draft: ItemDraft, *, by: Actor, at: datetime) -> Item:
    """Add goods to the catalogue.

    Raises:
        Invalid: The code has other signs than a family's list can hold.
        Conflict: There is such a code.
    """
    _check(draft.code)
    values: dict[str, Any] = {name: getattr(draft, name) for name in SHOWN}
    row, new = Item.objects.get_or_create(code=draft.code, defaults=values)
    if not new:
        if all(getattr(row, name) == value for name, value in values.items()):
            return row  # the same request once more
        raise Conflict("goods_code_taken", field="code")
    audit.record(events.ITEM_ADDED, target=row, by=by, at=at, code=row.code)
    transaction.on_commit(goods.forget)
    return row


@requires(Permission.CATALOGUE_MANAGE)
@transaction.atomic
def change_item(item_id: UUID, draft: ItemDraft, *, by: Actor, at: datetime) -> Item:
    """Change goods; the code stays. Sendings keep the category of their day.

    Raises:
        NotFound: No such goods.
    """
    row = _item(item_id)
    changed = [name for name in SHOWN if getattr(row, name) != getattr(draft, name)]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, getattr(draft, name))
    row.save(update_fields=changed)
    _note(row, by, at, changed=changed)
    return row


@requires(Permission.CATALOGUE_MANAGE)
@transaction.atomic
def close_item(item_id: UUID, *, on: date | None, by: Actor, at: datetime) -> Item:
    """Close goods: nobody is offered them any more; None opens them again.

    Raises:
        NotFound: No such goods.
    """
    row = _item(item_id)
    if bool(row.closed_on) == bool(on):
        return row
    row.closed_on = on
    row.save(update_fields=["closed_on"])
    _note(row, by, at, closed_on=on)
    return row


@requires(Permission.CATALOGUE_MANAGE)
@transaction.atomic
def correct_barcode(
    barcode_id: UUID, item_id: UUID, *, piece_g: int | None, by: Actor, at: datetime
) -> Barcode:
    """Say what a learned barcode really stands for.

    Raises:
        NotFound: No such barcode, or no such goods.
    """
    row = Barcode.objects.select_for_update().filter(pk=barcode_id).first()
    if row is None:
        raise NotFound("barcode")
    row.item, row.piece_g = _item(item_id), piece_g or None
    row.learned_at, row.learned_by = at, by.name
    row.save(update_fields=["item", "piece_g", "learned_at", "learned_by"])
    audit.record(
        events.BARCODE_LEARNED, target=row, by=by, at=at, code=row.code,
        item=row.item.code,
    )  # fmt: skip
    return row


@requires(Permission.CATALOGUE_MANAGE)
@transaction.atomic
def save_bundle(draft: BundleDraft, *, by: Actor, at: datetime) -> Bundle:
    """Add a bundle, or change the one with this code.

    Raises:
        Invalid: No line, a code of other signs, or goods that are not there.
    """
    _check(draft.code)
    if not draft.lines:
        raise Invalid("bundle_empty")
    items = Item.objects.filter(closed_on=None).in_bulk(field_name="code")
    if any(code not in items or count < 1 for code, count, _grams in draft.lines):
        raise Invalid("list_goods_unknown")
    names = {n: getattr(draft, n) for n in ("name_ky", "name_ru", "name_en")}
    row, _new = Bundle.objects.update_or_create(
        code=draft.code, defaults={**names, "closed_on": None}
    )
    row.lines.all().delete()
    BundleLine.objects.bulk_create(
        BundleLine(
            bundle=row, item=items[code], position=n, quantity=count, grams=grams
        )
        for n, (code, count, grams) in enumerate(draft.lines, start=1)
    )
    audit.record(
        events.BUNDLE_CHANGED, target=row, by=by, at=at, code=row.code,
        lines=[[code, count] for code, count, _grams in draft.lines],
    )  # fmt: skip
    return row


@requires(Permission.CATALOGUE_MANAGE)
@transaction.atomic
def close_bundle(bundle_id: UUID, *, on: date, by: Actor, at: datetime) -> Bundle:
    """Close a bundle: no desk offers it any more.

    Raises:
        NotFound: No such bundle.
    """
    row = Bundle.objects.filter(pk=bundle_id).first()
    if row is None:
        raise NotFound("bundle")
    if row.closed_on is None:
        row.closed_on = on
        row.save(update_fields=["closed_on"])
        audit.record(
            events.BUNDLE_CHANGED, target=row, by=by, at=at, code=row.code, closed_on=on
        )
    return row


def _check(code: str) -> None:
    if not lists.CODE.fullmatch(code):
        raise Invalid("goods_code_signs", field="code")


def _item(item_id: UUID) -> Item:
    row = Item.objects.select_for_update().filter(pk=item_id).first()
    if row is None:
        raise NotFound("item")
    return row


def _note(row: Item, by: Actor, at: datetime, **facts: object) -> None:
    audit.record(events.ITEM_CHANGED, target=row, by=by, at=at, code=row.code, **facts)
    transaction.on_commit(goods.forget)
