"""What is counted and signed when a shift is handed over."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms as plain
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from darbaza.gate import texts
from darbaza.gate.types import Figure
from darbaza.pages import fields
from darbaza.pages.forms import Once


class HandOver(Once):
    """Each figure as counted by hand, a reason where it differs, and who signs."""

    note = fields.Text(
        label=_("What else must be known"),
        required=False,
        max_length=1000,
        widget=plain.Textarea(attrs={"rows": 2}),
    )
    own = plain.CharField(
        label=_("Your own password: you hand over"),
        max_length=200,
        strip=False,
        widget=plain.PasswordInput(attrs={"autocomplete": "off"}),
    )
    username = fields.Name(label=_("Who takes over: name to sign in"))
    password = plain.CharField(
        label=_("Their password: they take over"),
        max_length=200,
        strip=False,
        widget=plain.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, figures: Iterable[Figure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.figures = list(figures)
        for figure in self.figures:
            words = texts.figure(figure.code)
            self.fields[f"counted_{figure.code}"] = fields.Number(
                label=words, required=False, max_value=99_999
            )
            self.fields[f"reason_{figure.code}"] = fields.Name(
                label=_("why it differs"), required=False, max_length=300
            )

    def lines(self) -> Iterator[tuple[Figure, BoundField, BoundField]]:
        """Yield each figure with its two boxes."""
        for figure in self.figures:
            code = figure.code
            yield figure, self[f"counted_{code}"], self[f"reason_{code}"]

    def for_closing(self) -> "HandOver":
        """Ask for no second signature: nobody takes over."""
        for name in ("username", "password"):
            self.fields[name].required = False
        return self

    def counted(self) -> dict[str, tuple[int, str]]:
        """Return what was counted by hand, where somebody counted."""
        data = self.cleaned_data
        return {
            figure.code: (number, data[f"reason_{figure.code}"])
            for figure in self.figures
            if (number := data[f"counted_{figure.code}"]) is not None
        }
