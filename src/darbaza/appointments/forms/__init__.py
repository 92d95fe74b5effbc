"""What staff type about appointments."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms as plain
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from darbaza.appointments.models import HandIn, Plan
from darbaza.appointments.models.families import LANGUAGES
from darbaza.appointments.types import Contact, HandInDraft, PlanDraft, Shape, Wish
from darbaza.pages import fields, figures
from darbaza.pages.forms import Form, Once

PEOPLE_AT_MOST = 9
REMINDER_AT_MOST = 168
"""Hours: nobody is reminded earlier than a week before."""
FAR = timedelta(days=3_000)
"""No day further away is looked at."""


class Minutes(plain.DecimalField):
    """Minutes with a comma or a point."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"class": "govuk-input govuk-input--width-4", "inputmode": "decimal"}
        kwargs.setdefault("widget", plain.TextInput(attrs=attrs))
        super().__init__(
            min_value=0.1, max_value=120, max_digits=5, decimal_places=2, **kwargs
        )  # fmt: skip

    def prepare_value(self, value: Any) -> Any:
        """Show the figure with a comma."""
        return figures.shortest(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        """Return the figure."""
        return super().to_python(str(value).replace(",", ".") if value else value)


def _whole(least: int, most: int) -> dict[str, Any]:
    return {"validators": [MinValueValidator(least), MaxValueValidator(most)]}


class PlanFigures(Form):
    """The stages of the entrance, and how places are spread."""

    valid_from = fields.Date(label=_("Valid from"))
    clerks = fields.Number(label=_("Officers at registration"), **_whole(1, 50))
    registration_minutes = Minutes(label=_("Minutes of a registration"))
    inspectors = fields.Number(label=_("Officers at inspection"), **_whole(1, 50))
    inspection_minutes = Minutes(label=_("Minutes of an inspection"))
    searchers = fields.Number(label=_("Officers at the search"), **_whole(1, 50))
    search_minutes = Minutes(label=_("Minutes of a search"))
    slot_minutes = fields.Number(label=_("Minutes of a slot"), **_whole(5, 120))
    shape = fields.Choice(label=_("How places are spread"), choices=Plan.Shape.choices)
    busy_percent = fields.Number(
        label=_("Busy at most, %"),
        help_text=_("Above 85 the queue grows faster than it shrinks."),
        **_whole(1, 100),
    )
    lead_minutes = fields.Number(
        label=_("Last families come so many minutes before the visit"), **_whole(0, 240)
    )
    reminder_hours = fields.Number(
        label=_("Families are reminded so many hours before their time"),
        help_text=_("0 sends no reminder."),
        **_whole(0, REMINDER_AT_MOST),
    )

    def draft(self) -> PlanDraft:
        """Return the draft for the service."""
        data = self.cleaned_data
        return PlanDraft(**data | {"shape": Shape(data["shape"])})


class Hours(Form):
    """Weekly hours in which packages are taken."""

    weekday = fields.Choice(label=_("Weekday"), choices=HandIn.Weekday.choices)
    starts_at = fields.Time(label=pgettext_lazy("time", "From"))
    ends_at = fields.Time(label=pgettext_lazy("time", "To"))
    valid_from = fields.Date(label=_("Valid from"))

    def draft(self) -> HandInDraft:
        """Return the draft for the service."""
        data = self.cleaned_data
        return HandInDraft(**data | {"weekday": int(data["weekday"])})


class GiveCode(Form):
    """How the family is reached; all of it may stay empty."""

    channel = fields.Choice(
        label=_("Given"),
        choices=[
            ("entrance", _("to the visitor, at the entrance")),
            ("prisoner", _("to the prisoner, for the visitor")),
        ],
    )
    phone = fields.Phone(label=_("Telephone"), required=False)
    email = fields.Email(label=_("E-mail"), required=False, max_length=120)
    language = fields.Choice(label=_("Language"), choices=LANGUAGES)

    def contact(self) -> Contact:
        """Return how to reach the family."""
        data = self.cleaned_data
        return Contact(data["phone"], data["email"], data["language"])


class Day(Form):
    """Which day, and what for."""

    kind = fields.Choice(
        label=_("What for"),
        choices=[
            ("visit", pgettext_lazy("appointment", "visit")),
            ("parcel", pgettext_lazy("appointment", "package")),
        ],
    )
    on = fields.Date(label=_("Day"))


class Choose(Once):
    """One of the free times, and how many come along."""

    slot = fields.Choice(label=_("Time"), radios=True)
    adults = fields.Number(
        label=_("Further adults"), initial=0, **_whole(0, PEOPLE_AT_MOST)
    )
    children = fields.Number(
        label=_("Children"), initial=0, **_whole(0, PEOPLE_AT_MOST)
    )

    def __init__(
        self, *args: Any, slots: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].choices = slots  # type: ignore[attr-defined]

    def wish(self) -> Wish:
        """Return the numbers."""
        return Wish(self.cleaned_data["adults"], self.cleaned_data["children"])


class MoveTo(Once):
    """Another of the free times."""

    slot = fields.Choice(label=_("Time"), radios=True)

    def __init__(
        self, *args: Any, slots: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].choices = slots  # type: ignore[attr-defined]


class Cancel(Form):
    """Who does not want it, and why."""

    whose = fields.Choice(
        label=_("Who cancels"),
        choices=[
            ("family", pgettext_lazy("appointment", "the family")),
            ("institution", pgettext_lazy("appointment", "the institution")),
        ],
    )
    reason = fields.Reason(label=_("Reason"), max_length=300)


class TakeOff(Form):
    """Why a family no longer waits."""

    reason = fields.Reason(label=_("Reason"), max_length=300)


def today_or(text: str, today: date) -> date:
    """Return the day that an address names, else today."""
    form = Day({"on": text, "kind": "visit"})
    day = form.cleaned_data["on"] if text and form.is_valid() else today
    return day if abs(day - today) < FAR else today
