"""Shapes of input about readers and scales."""

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from darbaza.gate.trials import Arrived
from darbaza.pages import fields
from darbaza.pages.forms import Form, Once

LONGEST = 4_096


class AgentToken(Once):
    """A token for the agent of a post."""

    name = fields.Name(label=_("Name of the computer"), max_length=80)
    days = fields.Number(
        label=_("Valid for how many days"), min_value=1, max_value=366, initial=366
    )


class Try(Form):
    """What came in a test: text from a reader or a hand, or a picture."""

    text = plain.CharField(
        label=_("What a reader types or sends"),
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=plain.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )
    image = fields.File(
        label=_("Picture of a document"),
        megabytes=25,
        accept="image/*,application/pdf",
        required=False,
    )
    source = plain.CharField(required=False, max_length=8, widget=plain.HiddenInput)
    device = fields.Name(required=False, widget=plain.HiddenInput)
    typed = plain.CharField(
        required=False, strip=False, max_length=LONGEST, widget=plain.HiddenInput
    )
    caps = plain.BooleanField(required=False, widget=plain.HiddenInput)
    broken = plain.BooleanField(required=False, widget=plain.HiddenInput)
    ms = plain.IntegerField(
        required=False, min_value=0, max_value=600_000, widget=plain.HiddenInput
    )

    def arrived(self) -> Arrived:
        """Return it for the test."""
        data = self.cleaned_data
        return Arrived(
            source=data["source"] or "paper",
            device=data["device"],
            text=data["text"],
            typed=data["typed"],
            caps=data["caps"],
            ms=data["ms"] or 0,
            complete=not data["broken"],
        )
