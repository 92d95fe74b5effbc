"""The form classes of every room: shape of input only, rules live elsewhere.

``from darbaza.pages import forms`` gives ``forms.Form``, ``forms.Once`` and all fields.
"""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from darbaza.kernel.errors import DarbazaError
from darbaza.pages import grounds
from darbaza.pages.fields import (
    Choice,
    Code,
    Date,
    Email,
    File,
    Kilograms,
    Moment,
    Name,
    Number,
    Phone,
    Reason,
    Several,
    Som,
    Text,
    Time,
    Yes,
)

__all__ = [
    "Choice",
    "Code",
    "Date",
    "Email",
    "File",
    "Form",
    "Kilograms",
    "Moment",
    "Name",
    "Number",
    "Once",
    "Phone",
    "Reason",
    "Search",
    "Several",
    "Som",
    "Text",
    "Time",
    "Yes",
]

_GENERAL = forms.Field.default_error_messages["required"]


class Form(forms.Form):
    """Base of all forms: no browser balloons, no colons, errors in plain words."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.error_messages.get("required") == _GENERAL and field.label:
                words = _("Fill in “%(label)s”.") % {"label": field.label}
                field.error_messages["required"] = words

    def refuse(self, error: DarbazaError) -> None:
        """Show a service's refusal in words, at the field that it names."""
        field = str(error.figures.get("field", ""))
        words = grounds.officer(error)
        self.add_error(field if field in self.fields else None, words)


class Once(Form):
    """A form that writes: its request id makes a second sending harmless."""

    request_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class Search(Form):
    """The search box above a table."""

    q = Name(label=_("Search"), required=False)
