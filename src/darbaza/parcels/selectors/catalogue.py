"""The catalogue as whoever keeps it reads it: closed goods too."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.kernel.errors import NotFound
from darbaza.parcels.models import Barcode, Bundle, Item


@requires(Permission.RULE_SEE)
def all_items(
    *,
    by: Actor,  # noqa: ARG001 - read by the decorator
) -> QuerySet[Item]:
    """Return all goods, open and closed, with their barcodes counted."""
    rows = Item.objects.annotate(codes=Count("barcodes"))
    return rows.order_by("category", "code")


def named(rows: QuerySet[Item], text: str) -> QuerySet[Item]:
    """Narrow goods to those whose names, words or code have this text."""
    wanted = Q()
    for name in ("name_ky", "name_ru", "name_en", "words", "code", "category"):
        wanted |= Q(**{f"{name}__icontains": text})
        wanted |= Q(**{f"{name}__icontains": text.capitalize()})
    return rows.filter(wanted)


@requires(Permission.RULE_SEE)
def one_item(
    item_id: UUID,
    *,
    by: Actor,  # noqa: ARG001 - read by the decorator
) -> Item:
    """Return one kind of goods.

    Raises:
        NotFound: There are no such goods.
    """
    row = Item.objects.filter(pk=item_id).first()
    if row is None:
        raise NotFound("item")
    return row


@requires(Permission.RULE_SEE)
def barcodes(
    *,
    by: Actor,  # noqa: ARG001 - read by the decorator
) -> QuerySet[Barcode]:
    """Return every barcode that a desk has learned, newest first."""
    return Barcode.objects.select_related("item").order_by("-learned_at", "pk")


@requires(Permission.RULE_SEE)
def all_bundles(
    *,
    by: Actor,  # noqa: ARG001 - read by the decorator
) -> list[Bundle]:
    """Return all bundles, open and closed, with their lines."""
    return list(Bundle.objects.prefetch_related("lines__item").order_by("code"))


@requires(Permission.RULE_SEE)
def bundle(
    bundle_id: UUID,
    *,
    by: Actor,  # noqa: ARG001 - read by the decorator
) -> Bundle:
    """Return one bundle with its lines.

    Raises:
        NotFound: There is no such bundle.
    """
    rows = Bundle.objects.prefetch_related("lines__item").filter(pk=bundle_id)
    row = rows.first()
    if row is None:
        raise NotFound("bundle")
    return row
