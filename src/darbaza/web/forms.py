"""Shapes of input for the record browser."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from darbaza.audit import selectors as audit
from darbaza.pages import forms


class Record(forms.Form):
    """Which events to list."""

    on = forms.Date(label=_("Day"), required=False)
    type = forms.Choice(label=_("Event"), required=False)
    who = forms.Name(label=_("Who"), required=False)
    record = forms.Name(
        label=_("Record"),
        required=False,
        help_text=_("A key, or a kind such as visit or person."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = sorted(audit.event_texts().items(), key=lambda pair: pair[1])
        self.fields["type"].choices = [("", _("All")), *known]  # type: ignore[attr-defined]


class Day(forms.Form):
    """The day whose heads are printed."""

    on = forms.Date(label=_("Day"), required=False)
