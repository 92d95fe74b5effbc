"""Everything that changes accounts, each change with its event."""

from darbaza.accounts.places import forget_places
from darbaza.accounts.services.devices import issue_token, revoke_token
from darbaza.accounts.services.oneself import (
    choose_language,
    enter_again,
    lock_screen,
    note_sign_in,
    note_trouble,
)
from darbaza.accounts.services.roles import assign, assign_by_name, end_assignment
from darbaza.accounts.services.secrets import (
    enrol,
    reset_password,
    reset_second_factor,
)
from darbaza.accounts.services.sessions import end_own_session, end_session
from darbaza.accounts.services.staff import (
    end_staff_session,
    note_staff_request,
    open_staff_session,
)
from darbaza.accounts.services.users import (
    change_user,
    create_user,
    end_user,
    reopen_user,
)
from darbaza.accounts.services.vouching import colleague, vouch

__all__ = [
    "assign",
    "assign_by_name",
    "change_user",
    "choose_language",
    "colleague",
    "create_user",
    "end_assignment",
    "end_own_session",
    "end_session",
    "end_staff_session",
    "end_user",
    "enrol",
    "enter_again",
    "forget_places",
    "issue_token",
    "lock_screen",
    "note_sign_in",
    "note_staff_request",
    "note_trouble",
    "open_staff_session",
    "reopen_user",
    "reset_password",
    "reset_second_factor",
    "revoke_token",
    "vouch",
]
