"""Words of accounts: roles, events, and why something was refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from darbaza.accounts import events
from darbaza.accounts.permissions import Role
from darbaza.pages import grounds
from darbaza.pages.grounds import Text

ROLES: dict[Role, Promise] = {
    Role.GATE_OFFICER: _("Gate officer"),
    Role.SHIFT_SUPERVISOR: _("Shift supervisor"),
    Role.REGISTRAR: _("Registrar"),
    Role.DIRECTOR: _("Director"),
    Role.HEADQUARTERS: _("Headquarters"),
    Role.INSPECTOR: _("Inspector"),
    Role.ADMINISTRATOR: _("Administrator"),
    Role.CALL_CENTRE: _("Call centre"),
    Role.AGENT: _("Local agent of a post"),
}

EVENTS: dict[str, Promise] = {
    events.SIGNED_IN.code: _("Signed in"),
    events.SIGNED_OUT.code: _("Signed out"),
    events.WRONG_PASSWORD.code: _("Wrong password"),
    events.LOCKED_OUT.code: _("Locked out after too many wrong passwords"),
    events.WRONG_CODE.code: _("Wrong one-time code"),
    events.SECOND_FACTOR_ON.code: _("Second factor switched on"),
    events.SECOND_FACTOR_OFF.code: _("Second factor switched off"),
    events.RECOVERY_CODES_MADE.code: _("Recovery codes made"),
    events.RECOVERY_CODE_USED.code: _("Recovery code used"),
    events.PASSWORD_CHANGED.code: _("Password changed"),
    events.SCREEN_LOCKED.code: _("Screen locked"),
    events.SCREEN_OPENED.code: _("Locked screen opened again"),
    events.SESSION_ENDED.code: _("Session ended"),
    events.INSTITUTION_CHOSEN.code: _("Institution changed"),
    events.USER_CREATED.code: _("User created"),
    events.USER_CHANGED.code: _("User changed"),
    events.USER_ENDED.code: _("Account closed"),
    events.USER_REOPENED.code: _("Account opened again"),
    events.ROLE_GIVEN.code: _("Role given"),
    events.ROLE_ENDED.code: _("Role ended"),
    events.PASSWORD_RESET.code: _("One-time password given"),
    events.SECOND_FACTOR_RESET.code: _("Second factor taken away"),
    events.ENROLLED.code: _("Second factor set up with a known secret"),
    events.TOKEN_ISSUED.code: _("Device token given"),
    events.TOKEN_REVOKED.code: _("Device token withdrawn"),
    events.STAFF_OPENED.code: _("Staff session opened"),
    events.STAFF_ENDED.code: _("Staff session ended"),
    events.STAFF_REQUEST.code: _("Request in a staff session"),
}

REFUSALS: dict[str, Promise] = {
    "role_to_oneself": _("Nobody gives a role to themselves."),
    "role_only_at_headquarters": _("This role exists at headquarters only."),
    "role_for_devices_only": _("Only a device can have this role."),
    "agent_and_post": _(
        "A local agent needs its post: make its token on the page of the readers."
    ),
    "last_administrator": _(
        "This is the last administrator here. Name another one first."
    ),
    "end_oneself": _("Nobody closes their own account."),
    "serves_elsewhere": ngettext_lazy(
        "This person serves at %(count)s institution that you do not manage."
        " Its administrator must do this.",
        "This person serves at %(count)s institutions that you do not manage."
        " An administrator of all of them must do this.",
        "count",
    ),
    "role_needs_a_person": _(
        "This role needs a person with a second factor; a device cannot have it."
    ),
    "token_too_long": _("A token is valid for at most %(days)s days."),
    "user_without_role": _("Choose at least one role."),
    "name_missing": _("The name is missing."),
    "password_weak": _(
        "The password must have at least 12 characters and must not be a common one."
    ),
    "username_unusable": _("A sign-in name has no spaces."),
    "username_taken": _("Somebody else has this sign-in name."),
    "nobody_of_that_name": _("Nobody signs in under this name."),
    "account_closed": _("This account is closed. Open it again first."),
    "device_name_taken": _("Another device here has this name."),
    "staff_session_length": _("A staff session lasts 1 to 60 minutes."),
    "staff_session_reason": _("Say why, in at least 10 letters."),
    "staff_session_running": _("A staff session is running already."),
    "language_unknown": _("There is no such language."),
}


def role(code: str) -> str:
    """Return the name of a role; an unknown code as it is."""
    known = {role.value: words for role, words in ROLES.items()}
    return str(known.get(code, code))


def register() -> None:
    """Tell the pages why something was refused."""
    grounds.register({code: Text(words, words) for code, words in REFUSALS.items()})
