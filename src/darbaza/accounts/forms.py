"""Shapes of input for accounts."""

from typing import Any

from django import forms as django
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from darbaza.accounts import texts
from darbaza.accounts.models import User
from darbaza.accounts.permissions import DEVICES_ONLY, NEEDS_SECOND_FACTOR
from darbaza.pages import forms

ROLE_CHOICES = [
    (role.value, words)
    for role, words in texts.ROLES.items()
    if role not in DEVICES_ONLY
]
DEVICE_ROLES = [
    (role.value, words)
    for role, words in texts.ROLES.items()
    if role not in NEEDS_SECOND_FACTOR | DEVICES_ONLY
]


class Again(forms.Form):
    """The password, once more."""

    password = django.CharField(
        label=_("Password"),
        strip=False,
        widget=django.PasswordInput(
            attrs={"autocomplete": "current-password", "autofocus": True}
        ),
    )

    def wrong(self) -> None:
        """Say that the password is wrong."""
        self.add_error("password", _("This password is not right."))


class Person(forms.Once):
    """Name, rank and language of a user."""

    full_name = forms.Name(label=_("Full name"), max_length=160)
    rank = forms.Name(label=_("Rank or position"), max_length=80, required=False)
    language = forms.Choice(
        label=_("Language of the pages"), choices=User.Language, radios=True
    )


class NewUser(Person):
    """A user to be made."""

    username = forms.Name(
        label=_("Sign-in name"),
        max_length=60,
        help_text=_("Without spaces; large and small letters count the same."),
    )
    roles = forms.Several(label=_("Roles here"), choices=ROLE_CHOICES)
    field_order = ["request_id", "username", "full_name", "rank", "language", "roles"]


class Give(forms.Form):
    """A role for a user."""

    role = forms.Choice(label=_("Role"), choices=ROLE_CHOICES)


class Invite(Give):
    """A role for somebody who serves elsewhere."""

    username = forms.Name(label=_("Sign-in name"), max_length=60)
    field_order = ["username", "role"]


class Filter(forms.Search):
    """Which users to list."""

    role = forms.Choice(
        label=_("Role"),
        choices=[("", _("All roles")), *ROLE_CHOICES],
        required=False,
    )
    state = forms.Choice(
        label=_("Account"),
        choices=[
            ("", pgettext_lazy("account", "Open")),
            ("ended", _("Closed")),
            ("all", _("All")),
        ],
        required=False,
    )


class Device(forms.Once):
    """A device that is to have a token."""

    name = forms.Name(label=_("Device"), max_length=80)
    role = forms.Choice(label=_("Role"), choices=DEVICE_ROLES)
    days = forms.Number(
        label=_("Valid for how many days"), min_value=1, max_value=366, initial=180
    )


class Staff(forms.Form):
    """Why, and for how long, every permission is needed."""

    reason = forms.Reason(label=_("Why"), max_length=300)
    minutes = forms.Number(
        label=_("For how many minutes"), min_value=1, max_value=60, initial=30
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _(
            "At least 10 letters; it stands in the record, and every request too."
        )
