"""What families type: a receipt and its code, the goods on their list, a prison."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from darbaza.pages import forms
from darbaza.parcels import lists
from darbaza.parcels.lists import Listed
from darbaza.parcels.models import Item


class State(forms.Form):
    """The number of a receipt and the code on it."""

    number = forms.Code(
        label=_("Number of the receipt"), help_text=_("For example 7KQ-3F9X.")
    )
    code = forms.Code(
        label=_("Code"), help_text=_("Eight signs, below the number on the receipt.")
    )


class Goods(forms.Form):
    """How many pieces of each kind of goods; an empty box is none.

    The names of the boxes have a prefix: goods may be called as a form's own methods
    are ("matches"), and scripts would then take the box for the method.
    """

    prefix = "n"

    def __init__(self, data: Mapping[str, Any], *, items: Iterable[Item]) -> None:
        super().__init__(data)
        self.items = {item.code: item for item in items}
        for code, item in self.items.items():
            self.fields[code] = forms.Number(
                label=item.name, max_value=lists.MOST_PIECES, required=False
            )
            self.fields[code].widget.attrs["autocomplete"] = "off"

    def listed(self) -> list[Listed]:
        """Return the list; the weight is what such pieces usually weigh."""
        return [
            Listed(code, count, min(count * (item.piece_g or 0), lists.MOST_GRAMS))
            for code, item in self.items.items()
            if (count := self.cleaned_data.get(code))
        ]


class Prison(forms.Form):
    """The prison to which something is brought."""

    at = forms.Choice(label=_("Institution"), required=False)

    def __init__(self, *args: Any, prisons: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].choices = [("", "—"), *prisons]  # type: ignore[attr-defined]
