"""What is typed when belongings are taken or given back."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms as plain
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from darbaza.gate.models import Belonging, Locker
from darbaza.gate.types import DepositDraft, ItemDraft
from darbaza.pages import fields
from darbaza.pages.forms import Form, Once


class Lockers(Form):
    """Many lockers at once."""

    labels = fields.Name(
        label=_("Numbers of the lockers"),
        help_text=_("Ranges with commas, as 1-60, A7."),
        max_length=200,
    )


class Tag(Form):
    """A tag, or the pass of a visitor, as scanned or typed."""

    tag = fields.Code(label=_("Tag"), max_length=80)


class Deposit(Once):
    """How many of each kind, in words where needed; locker and tag."""

    locker = plain.UUIDField(label=_("Locker"), required=False)
    tag = fields.Code(
        label=_("Number on your own tag"),
        help_text=_("Leave empty: the receipt gets a number."),
        required=False,
        max_length=12,
    )

    def __init__(self, *args: Any, free: Iterable[Locker] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, Any]] = [("", _("no locker: beside the window"))]
        choices += [(str(row.pk), row.label) for row in free]
        self.fields["locker"].widget = plain.Select(choices=choices)
        if len(choices) > 1:
            self.initial.setdefault("locker", choices[1][0])
        for kind, words in Belonging.Kind.choices:
            self.fields[f"count_{kind}"] = fields.Number(
                label=words, required=False, max_value=9999
            )
            self.fields[f"words_{kind}"] = fields.Name(
                label=_("description"), required=False, max_length=120
            )
        self.fields["count_phone"].widget.attrs["autofocus"] = True

    def lines(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Yield the two boxes of each kind."""
        for kind in Belonging.Kind.values:
            yield self[f"count_{kind}"], self[f"words_{kind}"]

    def draft(self, **whose: Any) -> DepositDraft:
        """Return the draft for the service."""
        data = self.cleaned_data
        items = []
        for kind in Belonging.Kind.values:
            count, words = data[f"count_{kind}"], data[f"words_{kind}"]
            if count or words:
                items.append(ItemDraft(kind, 1 if count is None else count, words))
        return DepositDraft(tuple(items), data["locker"], data["tag"], **whose)


class NamedDeposit(Deposit):
    """The same of somebody who is no visitor."""

    name = fields.Name(label=_("Full name"), max_length=160)
    document = fields.Code(label=_("Document"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["count_phone"].widget.attrs["autofocus"]
        self.fields["name"].widget.attrs["autofocus"] = True


class GiveBack(Once):
    """To whom, and why without the tag."""

    to = fields.Name(
        label=_("Received by somebody else"), required=False, max_length=160
    )
    reason = fields.Reason(
        label=_("Tag lost: how do you know that it is theirs?"),
        required=False,
        max_length=300,
    )
