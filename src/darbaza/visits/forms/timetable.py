"""Forms of the timetable."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from darbaza.pages import forms
from darbaza.visits.models import Kind

WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]
WHICH = [("True", _("only these blocks")), ("False", _("all blocks but these"))]


class Template(forms.Once):
    """A row of the weekly timetable."""

    name_ky = forms.Name(label=_("Name in Kyrgyz"))
    name_ru = forms.Name(label=_("Name in Russian"))
    name_en = forms.Name(label=_("Name in English"))
    kind = forms.Choice(label=_("Kind"), choices=Kind.choices)
    room = forms.Choice(label=_("Room"))
    weekday = forms.Choice(label=_("Day of the week"), choices=WEEKDAYS)
    starts_at = forms.Time(label=_("From"))
    minutes = forms.Number(
        label=_("Length in minutes"),
        min_value=1,
        max_value=14_400,
        help_text=_("A night is 1440 minutes; three days are 4320."),
    )
    every_weeks = forms.Number(
        label=_("Every how many weeks"), min_value=1, max_value=52, initial=1
    )
    open_places = forms.Number(label=_("Open places"), max_value=500)
    closed_places = forms.Number(label=_("Places behind glass"), max_value=500)
    valid_from = forms.Date(label=_("First day"))
    valid_to = forms.Date(label=_("Until (day after the last)"), required=False)
    blocks = forms.Several(label=_("Blocks"), required=False)
    blocks_included = forms.Choice(
        label=_("For whom"), choices=WHICH, radios=True, initial="True"
    )

    def __init__(
        self, *args: Any, rooms: list[Any], blocks: list[Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"].choices = rooms  # type: ignore[attr-defined]
        self.fields["blocks"].choices = blocks  # type: ignore[attr-defined]


class Closure(forms.Once):
    """Days to close."""

    starts_on = forms.Date(label=_("First day"))
    last_on = forms.Date(label=_("Last day"))
    what = forms.Choice(label=_("What is closed"))
    reason = forms.Reason(max_length=300)

    def __init__(self, *args: Any, places: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = places  # type: ignore[attr-defined]


class Session(forms.Once):
    """One session by hand."""

    kind = forms.Choice(label=_("Kind"), choices=Kind.choices)
    room = forms.Choice(label=_("Room"))
    starts_at = forms.Moment(label=_("From"))
    ends_at = forms.Moment(label=_("To"))
    open_places = forms.Number(label=_("Open places"), max_value=500)
    closed_places = forms.Number(label=_("Places behind glass"), max_value=500)

    def __init__(self, *args: Any, rooms: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"].choices = rooms  # type: ignore[attr-defined]
