"""The catalogue of goods: shipped entries, barcodes learned at a desk."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Invalid, NotFound
from darbaza.parcels import events, policies
from darbaza.parcels.models import Barcode, Bundle, BundleLine, Item
from darbaza.parcels.selectors import goods
from darbaza.parcels.types import BundleDraft, ItemDraft


@requires(Permission.CATALOGUE_MANAGE)
@transaction.atomic
def load_catalogue(
    items: Iterable[ItemDraft],
    bundles: Iterable[BundleDraft],
    *,
    by: Actor,
    at: datetime,
) -> int:
    """Add the shipped goods and bundles that are missing; return how many.

    What is there already is a person's to change and stays as it is.
    """
    have = set(Item.objects.values_list("code", flat=True))
    fresh = [_item(draft) for draft in items if draft.code not in have]
    Item.objects.bulk_create(fresh)
    by_code = Item.objects.in_bulk(field_name="code")
    known = set(Bundle.objects.values_list("code", flat=True))
    added = [draft for draft in bundles if draft.code not in known]
    for draft in added:
        _bundle(draft, by_code)
    if fresh or added:
        audit.record(
            events.CATALOGUE_LOADED, target=None, by=by, at=at, items=len(fresh),
            bundles=len(added),
        )  # fmt: skip
        transaction.on_commit(goods.forget)
    return len(fresh) + len(added)


def _item(draft: ItemDraft) -> Item:
    return Item(
        code=draft.code, category=draft.category, name_ky=draft.name_ky,
        name_ru=draft.name_ru, name_en=draft.name_en, piece_g=draft.piece_g,
        perishable=draft.perishable, words=draft.words,
    )  # fmt: skip


def _bundle(draft: BundleDraft, items: dict[str, Item]) -> None:
    row = Bundle.objects.create(
        code=draft.code, name_ky=draft.name_ky, name_ru=draft.name_ru,
        name_en=draft.name_en,
    )  # fmt: skip
    BundleLine.objects.bulk_create(
        BundleLine(
            bundle=row, item=items[code], position=n, quantity=quantity, grams=grams
        )
        for n, (code, quantity, grams) in enumerate(draft.lines, start=1)
    )


@requires(Permission.PARCEL_REGISTER)
@transaction.atomic
def learn_barcode(
    code: str,
    item_id: UUID,
    *,
    piece_g: int | None = None,
    by: Actor,
    at: datetime,
) -> Barcode:
    """Remember what a shop's barcode stands for; the newest word counts.

    Raises:
        Invalid: No barcode of a shop.
        NotFound: No such item.
    """
    if not policies.is_barcode(code):
        raise Invalid("barcode_unknown_kind", field="item", read=code[:20])
    item = Item.objects.filter(pk=item_id, closed_on=None).first()
    if item is None:
        raise NotFound("item")
    row, _made = Barcode.objects.update_or_create(
        code=code,
        defaults={
            "item": item,
            "piece_g": piece_g or None,
            "learned_at": at,
            "learned_by": by.name,
        },
    )
    audit.record(
        events.BARCODE_LEARNED, target=row, by=by, at=at, code=code, item=item.code
    )
    return row
