"""Goods, barcodes, bundles, and orders that suspend what does not keep."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from darbaza.pages import forms
from darbaza.parcels import lists
from darbaza.parcels.models import Bundle, Item
from darbaza.parcels.services.suspensions import Order
from darbaza.parcels.types import BundleDraft, ItemDraft

DAY = timedelta(days=1)
HEAVIEST = 100_000


class _Named(forms.Form):
    name_ky = forms.Name(label=_("Name in Kyrgyz"), max_length=160)
    name_ru = forms.Name(label=_("Name in Russian"), max_length=160)
    name_en = forms.Name(label=_("Name in English"), max_length=160)


class _Coded(forms.Form):
    code = forms.Name(
        label=_("Code"),
        help_text=_("Small Latin letters, digits and _: it stands in families' codes."),
        max_length=40,
    )

    def clean_code(self) -> str:
        """Refuse signs that no list can hold."""
        code: str = self.cleaned_data["code"]
        if not lists.CODE.fullmatch(code):
            wrong = _("Only small Latin letters, digits, _, - and a full stop.")
            raise ValidationError(wrong)
        return code


class Changed(_Named):
    """What may change about goods."""

    category = forms.Choice(
        label=_("Category"), help_text=_("What holds for it stands with the rules.")
    )
    piece_g = forms.Number(
        label=_("Grams of one piece"), min_value=1, max_value=HEAVIEST, required=False
    )
    perishable = forms.Yes(label=_("perishable"))
    words = forms.Name(
        label=_("Other words for it"),
        help_text=_("Brands and everyday words in any language, with spaces between."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, categories: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = categories  # type: ignore[attr-defined]

    @classmethod
    def of(cls, item: Item) -> dict[str, Any]:
        """Return what the form shows at first."""
        names = ("category", "name_ky", "name_ru", "name_en", "piece_g", "perishable")
        return {name: getattr(item, name) for name in (*names, "words")}

    def draft(self, code: str = "") -> ItemDraft:
        """Return the goods for the service."""
        return ItemDraft(**{"code": code, **self.cleaned_data})


class Added(_Coded, Changed):
    """Goods that the catalogue lacks."""


class Corrected(forms.Form):
    """What a barcode stands for."""

    item = forms.Choice(label=_("Goods"))
    piece_g = forms.Number(
        label=_("Grams of one piece"), min_value=1, max_value=HEAVIEST, required=False
    )

    def __init__(self, *args: Any, items: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = items  # type: ignore[attr-defined]


class BundleNames(_Named):
    """What a bundle is called."""

    @classmethod
    def of(cls, bundle: Bundle) -> dict[str, Any]:
        """Return what the form shows at first."""
        return {n: getattr(bundle, n) for n in ("name_ky", "name_ru", "name_en")}

    def draft(self, code: str, lines: Any) -> BundleDraft:
        """Return the bundle for the service."""
        known = {"code": code, **self.cleaned_data}
        return BundleDraft(lines=tuple(lines), **known)


class BundleAdded(_Coded, BundleNames):
    """A new bundle."""


class BundleLine(forms.Form):
    """One kind of goods in a bundle; a line without goods is left out."""

    item = forms.Choice(label=_("Goods"), required=False)
    quantity = forms.Number(
        label=_("Pieces"), min_value=1, max_value=lists.MOST_PIECES, required=False
    )
    grams = forms.Number(
        label=_("Grams together"), max_value=lists.MOST_GRAMS, required=False
    )

    def __init__(self, *args: Any, items: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", "–"), *items]  # type: ignore[attr-defined]

    def line(self) -> tuple[str, int, int] | None:
        """Return code, pieces and grams, None for an empty line."""
        data = self.cleaned_data
        if not data.get("item"):
            return None
        return data["item"], data.get("quantity") or 1, data.get("grams") or 0


BundleLines: type[BaseFormSet[BundleLine]] = formset_factory(
    BundleLine, extra=3, max_num=lists.MOST, absolute_max=lists.MOST
)


class Suspended(forms.Once):
    """An order that suspends perishable goods."""

    number = forms.Name(label=_("Number of the order"), max_length=60)
    first = forms.Date(label=_("From"))
    last = forms.Date(label=_("Last day"))
    reason = forms.Reason(max_length=300)

    def order(self) -> Order:
        """Return the order for the service."""
        data = self.cleaned_data
        return Order(data["number"], data["reason"], data["first"], data["last"] + DAY)
