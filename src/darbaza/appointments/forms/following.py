"""Shape of what staff enter about texts and second looks."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from darbaza.appointments.models import Message, Review
from darbaza.pages import forms

Decision = Review.Decision


class MessageFilters(forms.Form):
    """What the outbox is narrowed to; an unknown value is as good as none."""

    state = forms.Choice(
        label=_("State"),
        choices=[("", _("all")), *Message.State.choices],
        required=False,
    )
    kind = forms.Choice(
        label=_("Kind"), choices=[("", _("all")), *Message.Kind.choices], required=False
    )


class TestText(forms.Form):
    """Where a text goes to try the way."""

    to = forms.Name(label=_("Telephone or e-mail"))


class Verdict(forms.Once):
    """What an officer decides on a second look."""

    decision = forms.Choice(
        label=_("What happens with it?"),
        choices=[
            (Decision.KEPT.value, _("Leave it as it is")),
            (Decision.CANCELLED.value, _("Cancel it; the family is asked to call")),
            (Decision.MOVED.value, _("Move it; the family hears the new time")),
        ],
    )
    slot = forms.Choice(label=_("New time"), required=False)
    reason = forms.Name(label=_("Reason, for the record"))

    def __init__(self, *args: Any, slots: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].choices = [("", "—"), *slots]  # type: ignore[attr-defined]
