"""Words of the error pages: what happened, what was kept, what to do next."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Trouble:
    """One kind of error in words."""

    title: Promise
    happened: Promise
    next_step: Promise


TROUBLES: dict[int, Trouble] = {
    400: Trouble(
        _("This request cannot be read"),
        _("Something in the address or in what was sent has the wrong form."),
        _("Go back and try again. Nothing was changed."),
    ),
    403: Trouble(
        _("Your role does not include this"),
        _("You are signed in, but this step belongs to another role. It was not done."),
        _("Ask your shift supervisor, or sign in with the right account."),
    ),
    404: Trouble(
        _("There is no such page"),
        _("It may have been moved, or it belongs to an institution you do not see."),
        _("Check the address, or start from the first page."),
    ),
    405: Trouble(
        _("Nothing is shown at this address"),
        _("It only takes what a form sends. Nothing was changed."),
        _("Start from the first page."),
    ),
    409: Trouble(
        _("Somebody was faster"),
        _("The record has changed since you opened it. Your step was not done."),
        _("Open the record again, look at the change, and decide anew."),
    ),
    422: Trouble(
        _("This value cannot be right"),
        _("The step was not done, because one of its values is impossible."),
        _("Go back, correct the value and try again."),
    ),
    500: Trouble(
        _("An error on our side"),
        _("The step was not finished. Whatever was registered before is safe."),
        _("Try once more. If it happens again, tell the number to your administrator."),
    ),
}
FORM_EXPIRED = Trouble(
    _("This form is too old"),
    _("You signed in or out in another window, or the page stood open very long."),
    _("Go back, reload the page and send the form again. Nothing was changed."),
)
