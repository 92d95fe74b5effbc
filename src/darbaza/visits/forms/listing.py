"""What lists are narrowed to."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from darbaza.pages import forms
from darbaza.visits.models import Kind, Visit

ANY = [("", _("all"))]


class DayFilter(forms.Form):
    """The filters of the day list; an unknown value is as good as none."""

    q = forms.Name(label=_("Name, reference, number or pass"), required=False)
    status = forms.Choice(
        label=_("Status"), choices=[*ANY, *Visit.Status.choices], required=False
    )
    kind = forms.Choice(label=_("Kind"), choices=[*ANY, *Kind.choices], required=False)
    session = forms.Choice(label=_("Session"), required=False)
    block = forms.Choice(label=_("Block"), required=False)

    def __init__(
        self, *args: Any, sessions: list[Any], blocks: list[Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].choices = [*ANY, *sessions]  # type: ignore[attr-defined]
        self.fields["block"].choices = [*ANY, *blocks]  # type: ignore[attr-defined]


class Period(forms.Form):
    """From a day to a day, both included."""

    first = forms.Date(label=_("From"), required=False)
    last = forms.Date(label=_("To"), required=False)
