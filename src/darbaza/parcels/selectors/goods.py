"""The catalogue as the desk reads it: a few letters, a barcode, a bundle, rules.

The catalogue is small and every keystroke asks it, so it is kept in memory for a few
seconds; what it says is no law, the rules of its categories are read with the law.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.entitlements import selectors as entitlements
from darbaza.kernel.db import PreparedObjects
from darbaza.kernel.decisions import Rule
from darbaza.kernel.errors import Invalid
from darbaza.kernel.kept import Kept
from darbaza.parcels.models import Barcode, Bundle, BundleLine, Item, Suspension
from darbaza.parcels.types import Goods, ItemRule, Verdict

RULE = "parcels.item."
"""A category is what stands behind this in the code of its rule."""
OFFERED = 8
_SAME = str.maketrans("өүңё", "оуне")


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as the search sees it."""

    item: Item
    words: tuple[str, ...]
    """Its folded words in all languages."""
    heads: tuple[str, ...]
    """Its folded names: a name that begins with the text comes first."""

    def rank(self, text: str) -> tuple[bool, int, str]:
        """Return the key by which offers are sorted."""
        named = any(head.startswith(text) for head in self.heads)
        return not named, len(self.heads[0]), self.item.code


def _read() -> tuple[Entry, ...]:
    found = []
    for item in Item.objects.filter(closed_on=None).order_by("code"):
        names = (item.name_ky, item.name_ru, item.name_en)
        heads = tuple(plain(name) for name in names)
        words = " ".join((*heads, plain(item.words), item.code))
        found.append(Entry(item, tuple(dict.fromkeys(words.split())), heads))
    return tuple(found)


_catalogue = Kept(_read, seconds=lambda: settings.DARBAZA_RULES_KEPT_SECONDS)


def plain(text: str) -> str:
    """Return text as it is compared: no case, Kyrgyz letters as Russian ones."""
    return text.casefold().translate(_SAME)


def forget() -> None:
    """Read the catalogue anew at the next question."""
    _catalogue.forget()


@requires(Permission.PARCEL_REGISTER)
def find_items(
    text: str,
    *,
    by: Actor,  # noqa: ARG001 - read by the decorator
    limit: int = OFFERED,
) -> list[Item]:
    """Return the items whose words begin with those of ``text``, likeliest first.

    Any of the three languages and any script with Kyrgyz letters typed as Russian ones.
    """
    asked = plain(text).split()
    if not asked:
        return []
    found = [
        entry
        for entry in _catalogue()
        if all(any(word.startswith(part) for word in entry.words) for part in asked)
    ]
    found.sort(key=lambda entry: entry.rank(asked[0]))
    return [entry.item for entry in found[:limit]]


@requires(Permission.PARCEL_REGISTER)
def items(
    keys: Collection[UUID],
    *,
    by: Actor,  # noqa: ARG001 - read by the decorator
) -> dict[UUID, Item]:
    """Return items by key, closed ones too."""
    wanted = set(keys)
    found = {e.item.pk: e.item for e in _catalogue() if e.item.pk in wanted}
    missing = wanted - set(found)
    return {**found, **(Item.objects.in_bulk(missing) if missing else {})}


@requires(Permission.PARCEL_REGISTER)
def choosable(
    kept: Collection[UUID],
    *,
    by: Actor,  # noqa: ARG001 - read by the decorator
) -> list[tuple[str, str]]:
    """Return key and name of all open goods, and of those that stand already."""
    wanted = [entry.item for entry in _catalogue()]
    closed = set(kept) - {item.pk for item in wanted}
    wanted += Item.objects.filter(pk__in=closed)
    names = [(str(item.pk), item.name) for item in wanted]
    return sorted(names, key=lambda one: one[1].casefold())


@requires(Permission.PARCEL_REGISTER)
def by_code(
    codes: Collection[str],
    *,
    by: Actor,  # noqa: ARG001 - read by the decorator
) -> dict[str, Item]:
    """Return the items of some codes; closed ones are left out."""
    wanted = set(codes)
    return {e.item.code: e.item for e in _catalogue() if e.item.code in wanted}


@requires(Permission.PARCEL_REGISTER)
def barcode(
    code: str,
    *,
    by: Actor,  # noqa: ARG001 - read by the decorator
) -> Barcode | None:
    """Return what a shop's barcode stands for; None where no desk has learned it."""
    return Barcode.objects.select_related("item").filter(code=code).first()


@requires(Permission.PARCEL_REGISTER)
def bundles(
    *,
    by: Actor,  # noqa: ARG001 - read by the decorator
) -> list[Bundle]:
    """Return the usual bundles with their lines."""
    rows = Bundle.objects.filter(closed_on=None).prefetch_related("lines__item")
    return list(rows)


@requires(Permission.PARCEL_REGISTER)
def bundle(
    code: str,
    *,
    by: Actor,  # noqa: ARG001 - read by the decorator
) -> list[BundleLine]:
    """Return the lines of a usual bundle.

    Raises:
        Invalid: No such bundle.
    """
    rows = BundleLine.objects.filter(bundle__code=code, bundle__closed_on=None)
    found = list(rows.select_related("item"))
    if not found:
        raise Invalid("bundle_unknown", field="bundle")
    return found


@requires(Permission.RULE_SEE)
def categories(on: date, *, by: Actor) -> dict[str, ItemRule]:
    """Return what is in force about goods on a day, by category."""
    rules = entitlements.rules(on, by=by)
    figures = entitlements.figures(on, by=by)
    return {
        code.removeprefix(RULE): _rule(code, rule, figures[code])
        for code, rule in rules.items()
        if code.startswith(RULE)
    }


def _rule(code: str, rule: Rule, figures: Mapping[str, object]) -> ItemRule:
    return ItemRule(
        category=code.removeprefix(RULE),
        verdict=Verdict(str(figures.get("verdict", Verdict.ALLOWED))),
        rule=rule,
        most=_number(figures.get("most")),
        most_g=_number(figures.get("most_g")),
    )


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


@requires(Permission.PARCEL_SEE)
def suspension(on: date, *, by: Actor) -> Suspension | None:
    """Return the order that suspends perishable goods here on a day, or None.

    Of several the one that ends last.
    """
    return _suspended.one(here=by.institution_id, on=on)


_suspended = PreparedObjects(
    lambda here, on: Suspension.objects.filter(
        institution_id=here, ended_at=None, starts_on__lte=on, ends_on__gt=on
    ).order_by("-ends_on")[:1]
)


@requires(Permission.RULE_SEE)
def suspensions(*, by: Actor) -> QuerySet[Suspension]:
    """Return every such order of the institutions that the actor sees, newest first."""
    return Suspension.objects.filter(institution_id__in=by.sees)


def goods(on: date, *, advice: bool, by: Actor) -> Goods:
    """Return what a decision on lines rests on."""
    order = suspension(on, by=by)
    return Goods(
        rules=categories(on, by=by),
        perishables_until=order.ends_on if order else None,
        order=order.order_number if order else "",
        medical_advice=advice,
    )
