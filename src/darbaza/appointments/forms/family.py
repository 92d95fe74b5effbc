"""What a family types: few fields, in plain words."""

from collections.abc import Sequence
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from darbaza.pages import fields
from darbaza.pages.forms import Form, Once

MOST, LONGEST_LIST = 9, 400


class Code(Form):
    """The code on the paper."""

    code = fields.Code(
        label=_("Your code"),
        max_length=40,
        help_text=_("Twelve letters and figures, from the paper with your code."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(autocomplete="off", spellcheck="false")


class Ask(Form):
    """Who asks, how they are reached, and about what."""

    prison = fields.Choice(label=_("Which prison do you want to ask?"), choices=[])
    name = fields.Name(label=_("Your name"), max_length=160)
    phone = fields.Phone(label=_("Your telephone"), max_length=40)
    about = fields.Text(label=_("What do you want to know?"), max_length=300)

    def __init__(
        self, *args: Any, prisons: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["prison"].choices = prisons  # type: ignore[attr-defined]
        self.fields["about"].widget.attrs["rows"] = 4


def _count(label: Any) -> fields.Number:
    bounds = [MinValueValidator(0), MaxValueValidator(MOST)]
    return fields.Number(label=label, initial=0, validators=bounds)


class Confirm(Once):
    """How many come along, and the list of the package."""

    adults = _count(_("How many adults come with you?"))
    children = _count(_("How many children come with you?"))


class ConfirmPackage(Once):
    """The list that was made at home."""

    list_code = fields.Code(
        label=_("Code of your list"),
        required=False,
        max_length=LONGEST_LIST,
        help_text=_("From the page “Make a list”, if you made one."),
    )


class Wait(Form):
    """Until when a free time would still help."""

    last_day = fields.Date(label=_("Until which day would a free time help you?"))
