"""Passwords, one-time passwords and recovery codes."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction

from darbaza.accounts import events, policies, selectors
from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.services import sessions, users
from darbaza.accounts.types import Actor, OneTime
from darbaza.audit import services as audit


@requires(Permission.USER_MANAGE)
@transaction.atomic
def reset_password(user_id: UUID, *, by: Actor, at: datetime) -> OneTime:
    """Give a one-time password, shown once; sessions end, a new one must be chosen.

    Raises:
        NotFound: No such user here.
        Conflict: The user serves at an institution that the actor does not manage.
    """
    user = selectors.locked_user(user_id, by=by)
    users.refuse(policies.may_reset(selectors.management(user.id, by=by)))
    made = users.one_time_password()
    user.password, user.must_change_password = make_password(made), True
    user.save(update_fields=["password", "must_change_password"])
    ended = sessions.end_all(user)
    audit.record(events.PASSWORD_RESET, target=user, by=by, at=at, sessions=ended)
    return OneTime(user.id, made)


@requires(Permission.USER_MANAGE)
@transaction.atomic
def reset_second_factor(user_id: UUID, *, by: Actor, at: datetime) -> None:
    """Take away a lost second factor; sessions end. Roles may ask to set up a new one.

    Raises:
        NotFound: No such user here.
        Conflict: The user serves at an institution that the actor does not manage.
    """
    user = selectors.locked_user(user_id, by=by)
    users.refuse(policies.may_reset(selectors.management(user.id, by=by)))
    removed, _kinds = Authenticator.objects.filter(user=user).delete()
    if removed:
        ended = sessions.end_all(user)
        audit.record(
            events.SECOND_FACTOR_RESET, target=user, by=by, at=at, sessions=ended
        )


@requires(Permission.USER_MANAGE)
@transaction.atomic
def enrol(
    user_id: UUID,
    secret: str,
    recovery_codes: Sequence[str],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Set up a user's second factor with a known secret, replacing any before.

    For the demonstration, whose secrets are published.

    Args:
        user_id: Somebody who serves here.
        secret: Base32, as an authenticator application takes it.
        recovery_codes: Codes of eight digits; each opens once.

    Raises:
        NotFound: No such user here.
        Conflict: The user serves at an institution that the actor does not manage.
    """
    user = selectors.locked_user(user_id, by=by)
    users.refuse(policies.may_reset(selectors.management(user.id, by=by)))
    hidden = get_adapter().encrypt
    Authenticator.objects.filter(user=user).delete()
    kinds = Authenticator.Type
    Authenticator.objects.create(
        user=user, type=kinds.TOTP, data={"secret": hidden(secret)}
    )
    codes = {"migrated_codes": [hidden(code) for code in recovery_codes]}
    Authenticator.objects.create(user=user, type=kinds.RECOVERY_CODES, data=codes)
    audit.record(events.ENROLLED, target=user, by=by, at=at)
