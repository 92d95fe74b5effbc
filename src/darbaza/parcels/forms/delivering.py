"""What lists are narrowed to, and what is said when a bag is handed over or not."""

import base64
import binascii
from typing import Any

from django import forms as django
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from darbaza.pages import forms
from darbaza.parcels import words
from darbaza.parcels.delivery import Missed
from darbaza.parcels.models import Bag, Sending
from darbaza.parcels.selectors.store import LYING

ANY = [("", _("all"))]
PNG = "data:image/png;base64,"


class Sendings(forms.Form):
    """What the list of sendings is narrowed to; an unknown value is as good as none."""

    q = forms.Name(label=_("Receipt, label, prisoner or sender"), required=False)
    first = forms.Date(label=_("From"), required=False)
    last = forms.Date(label=_("To"), required=False)
    status = forms.Choice(
        label=_("Status"), choices=[*ANY, *Sending.Status.choices], required=False
    )
    channel = forms.Choice(
        label=_("Kind"), choices=[*ANY, *Sending.Channel.choices], required=False
    )


class Lying(forms.Form):
    """What the list of the store is narrowed to."""

    q = forms.Name(label=_("Receipt, label, prisoner's surname"), required=False)
    block = forms.Choice(label=_("Block"), required=False)
    where = forms.Choice(
        label=_("Where"),
        choices=[*ANY, *((w.value, Bag.State(w.value).label) for w in LYING)],
        required=False,
    )
    perishable = forms.Yes(label=_("perishable only"))
    late = forms.Yes(label=_("late only"))

    def __init__(self, *args: Any, blocks: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["block"].choices = [*ANY, *blocks]  # type: ignore[attr-defined]


class Round(forms.Once):
    """The blocks for which a round is taken out of the store."""

    blocks = forms.Several(
        label=_("Blocks"),
        error_messages={"required": _("Choose at least one block.")},
    )

    def __init__(self, *args: Any, blocks: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["blocks"].choices = blocks  # type: ignore[attr-defined]


class Signature(django.CharField):
    """A signature drawn on the screen, as the page's script sends it; gives bytes."""

    widget = django.HiddenInput
    default_error_messages = {
        "invalid": _("The signature did not arrive. Sign again, or sign on paper.")
    }

    def to_python(self, value: Any) -> Any:
        """Return the picture, b"" for none."""
        text = str(value or "")
        if not text:
            return b""
        try:
            if not text.startswith(PNG):
                raise ValueError(text[:20])
            return base64.b64decode(text.removeprefix(PNG), validate=True)
        except (ValueError, binascii.Error) as error:
            wrong = self.error_messages["invalid"]
            raise ValidationError(wrong, code="invalid") from error

    def run_validators(self, value: Any) -> None:
        """It is a picture by now; the validators of text do not fit it."""


class Delivery(forms.Once):
    """That a bag was handed over, and how that was signed for."""

    signature = Signature(required=False)
    taker = forms.Name(
        label=_("Received by"),
        help_text=_("Leave it empty where the prisoner receives it."),
        max_length=160,
        required=False,
    )
    how = forms.Choice(
        label=_("Signed"), choices=list(words.HOW.items()), initial="paper", radios=True
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the signature where it is said to be on the screen."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("how") == "paper":
            data["signature"] = b""
        elif not data.get("signature") and "signature" not in self.errors:
            wrong = _("Nothing is signed on the screen. Sign there, or on paper.")
            self.add_error("how", ValidationError(wrong))
        return data


class NotDelivered(forms.Once):
    """Why a bag comes back from its round."""

    why = forms.Choice(
        label=_("Why was it not handed over?"),
        choices=[(why.value, text) for why, text in words.MISSED.items()],
        radios=True,
    )
    reason = forms.Name(
        label=_("In words"),
        help_text=_("Needed where the prisoner does not want it."),
        max_length=300,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A refusal needs its words."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("why") == Missed.REFUSED and not data.get("reason"):
            self.add_error("reason", ValidationError(_("Say in words why.")))
        return data


class GivenBack(forms.Once):
    """To whom a bag goes back, and why."""

    taker = forms.Name(
        label=_("Received by"),
        help_text=_("Leave it empty where the sender receives it."),
        max_length=160,
        required=False,
    )
    reason = forms.Reason(max_length=300)
    signed = forms.Yes(
        label=_("whoever received it has signed"),
        required=True,
        error_messages={"required": _("Whoever receives it must sign.")},
    )


class Once(forms.Once):
    """A step that asks nothing more."""


class Cancelled(forms.Once):
    """Why a sending was entered in error."""

    reason = forms.Reason(max_length=300)


class Paper(forms.Form):
    """The scan of a list that prisoners signed, and whose bags stand on it."""

    bags = forms.Several(
        label=_("Bags on this list"),
        error_messages={"required": _("Choose the bags that stand on the list.")},
    )
    image = forms.File(
        label=_("Scan or photograph of the signed list"),
        megabytes=12,
        accept="image/jpeg,image/png,image/webp",
    )

    def __init__(self, *args: Any, bags: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bags"].choices = bags  # type: ignore[attr-defined]
