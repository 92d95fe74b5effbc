"""What should have been written down of a sending."""

from collections.abc import Iterable
from typing import Any

from django import forms as plain
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from darbaza.pages import forms
from darbaza.parcels import entry
from darbaza.parcels.models import Sending
from darbaza.parcels.policies import MOST_LINES
from darbaza.parcels.types import Channel, Wanted

LETTER = Sending.Channel.LEGAL_MAIL.value
RULES, IN, BACK = "", "in", "back"


class Correction(forms.Once):
    """The sending as such, why it is corrected, and who answers for exceptions."""

    seen = plain.IntegerField(min_value=0, widget=plain.HiddenInput)
    reason = forms.Reason(
        label=_("What was wrong, and how it is known"), max_length=300
    )
    channel = forms.Choice(label=_("How it came"))
    weighed_g = forms.Kilograms(
        label=_("Weight on the scale, kg"),
        help_text=_("Empty: the lines are added up."),
        min_value=1,
        max_value=entry.HEAVIEST_G,
        required=False,
    )
    advice = forms.Name(
        label=_("Number of the medical advice"), max_length=120, required=False
    )
    lift = forms.Yes(label=_("set aside what stands against the whole"))
    why = forms.Name(
        label=_("Why an exception is made"),
        help_text=_("Only where a line, or the whole, goes in by rank."),
        max_length=300,
        required=False,
    )
    username = forms.Name(
        label=_("Name of the colleague who answers for it"),
        help_text=_("Empty where your own rank is enough."),
        max_length=150,
        required=False,
    )
    password = plain.CharField(
        label=_("Their password"),
        max_length=200,
        strip=False,
        required=False,
        widget=plain.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, channel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        letter = channel == LETTER
        self.fields["channel"].choices = [  # type: ignore[attr-defined]
            one for one in Sending.Channel.choices if (one[0] == LETTER) == letter
        ]

    def heads(self) -> dict[str, Any]:
        """Return what is corrected of the sending as such, for the service."""
        data = self.cleaned_data
        names = ("reason", "request_id", "seen", "weighed_g", "advice")
        known = {name: data[name] for name in names}
        return {**known, "channel": Channel(data["channel"])}


class CorrectedLine(forms.Form):
    """All that was handed in of one kind; a line without goods or pieces goes."""

    position = plain.IntegerField(widget=plain.HiddenInput, required=False)
    item = forms.Choice(label=_("Goods"), required=False)
    quantity = forms.Number(
        label=_("Pieces in all"), max_value=entry.MOST_PIECES, required=False
    )
    grams = forms.Number(
        label=_("Grams together"), max_value=entry.HEAVIEST_G, required=False
    )
    words = forms.Name(label=_("In words"), max_length=120, required=False)
    decision = forms.Choice(
        label=_("Decision"),
        choices=[
            (RULES, _("as the rules say")),
            (IN, _("goes in, rank answers")),
            (BACK, _("goes back")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, items: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", "–"), *items]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted | None:
        """Return the line for the service, None where it is left out."""
        data = self.cleaned_data
        if not data.get("item") or not data.get("quantity"):
            return None
        return Wanted(
            data["item"],
            data["quantity"],
            data.get("grams") or 0,
            data.get("words") or "",
            sent_back=data.get("decision") == BACK,
        )


CorrectedLines: type[BaseFormSet[CorrectedLine]] = formset_factory(
    CorrectedLine, extra=2, max_num=MOST_LINES, absolute_max=MOST_LINES
)
