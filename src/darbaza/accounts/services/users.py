"""Make, change, close and reopen accounts."""

from datetime import datetime
from secrets import choice
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from darbaza.accounts import events, places, policies, selectors
from darbaza.accounts.models import Assignment, User
from darbaza.accounts.permissions import Permission, Role, for_oneself, requires
from darbaza.accounts.services import sessions
from darbaza.accounts.types import Actor, OneTime, UserChange, UserDraft
from darbaza.audit import services as audit
from darbaza.kernel.decisions import Decision
from darbaza.kernel.errors import Conflict, Invalid

# Read out over the telephone and typed once: no letters that look alike.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@requires(Permission.USER_MANAGE)
@transaction.atomic
def create_user(
    draft: UserDraft, *, password: str = "", hashed: str = "", by: Actor, at: datetime
) -> OneTime:
    """Make an account with its first roles at the actor's institution.

    Args:
        draft: Who; ``draft.id`` is the request's own key: sent again, it does nothing.
        password: For commands; without it one is made, shown once and to be replaced
            at the first sign-in.
        hashed: The hash of ``password`` where it was made before: many users of the
            demonstration have the same one, and a hash is slow on purpose.

    Raises:
        Conflict: The sign-in name is taken, a role may not be given, or a user of the
            demonstration would come into a real database.
        Invalid: The name or the password cannot be used, or there is no role.
    """
    if User.objects.filter(pk=draft.id).exists():
        return OneTime(draft.id, "")
    if draft.demonstration and not places.is_demonstration():
        raise Conflict("installation_is_real")
    username = _free(draft.username)
    if not draft.roles:
        raise Invalid("user_without_role", field="roles")
    given = password or one_time_password()
    if password:
        check_password(password)
    user = User.objects.create(
        id=draft.id,
        username=username,
        full_name=draft.full_name.strip(),
        rank=draft.rank.strip(),
        language=draft.language,
        password=hashed or make_password(given),
        must_change_password=not password,
        demonstration=draft.demonstration,
        created_at=at,
    )
    audit.record(events.USER_CREATED, target=user, by=by, at=at)
    for role in sorted(draft.roles):
        give(user, role, by=by, at=at)
    return OneTime(user.id, "" if password else given)


@requires(Permission.USER_MANAGE)
@transaction.atomic
def change_user(user_id: UUID, change: UserChange, *, by: Actor, at: datetime) -> User:
    """Correct name, rank and language.

    Raises:
        NotFound: No such user here.
        Invalid: The name is empty.
    """
    user = selectors.locked_user(user_id, by=by)
    if not change.full_name.strip():
        raise Invalid("name_missing", field="full_name")
    fields = ["full_name", "rank", "language"]
    changed = [f for f in fields if getattr(user, f) != getattr(change, f)]
    if changed:
        for name in changed:
            setattr(user, name, getattr(change, name))
        user.save(update_fields=changed)
        audit.record(events.USER_CHANGED, target=user, by=by, at=at, fields=changed)
    return user


@requires(Permission.USER_MANAGE)
@transaction.atomic
def end_user(user_id: UUID, *, by: Actor, at: datetime) -> None:
    """Close an account for good: roles and sessions end with it. Again: nothing.

    Raises:
        NotFound: No such user here.
        Conflict: It is oneself, the last administrator, or serves elsewhere too.
    """
    user = selectors.locked_user(user_id, by=by)
    if user.ended_at:
        return
    refuse(policies.may_end(selectors.management(user.id, by=by)))
    user.is_active, user.ended_at = False, at
    user.save(update_fields=["is_active", "ended_at"])
    Assignment.objects.filter(user=user, ended_at=None).update(
        ended_at=at, ended_by=by.name
    )
    ended = sessions.end_all(user)
    audit.record(events.USER_ENDED, target=user, by=by, at=at, sessions=ended)


@requires(Permission.USER_MANAGE)
@transaction.atomic
def reopen_user(user_id: UUID, *, by: Actor, at: datetime) -> None:
    """Open a closed account again, without any role. Again: nothing.

    Raises:
        NotFound: No such user here.
    """
    user = selectors.locked_user(user_id, by=by)
    if user.ended_at is None:
        return
    user.is_active, user.ended_at = True, None
    user.save(update_fields=["is_active", "ended_at"])
    audit.record(events.USER_REOPENED, target=user, by=by, at=at)


@requires(Permission.USER_MANAGE)
def give(user: User, role: Role, *, by: Actor, at: datetime) -> Assignment:
    """Give a role at the actor's institution, inside the caller's transaction.

    Raises:
        Conflict: The role may not be given here, or not by this actor.
    """
    facts = selectors.management(user.id, role, by=by)
    refuse(policies.may_give(facts))
    row, new = Assignment.objects.get_or_create(
        user=user,
        institution_id=by.institution_id,
        role=role.value,
        ended_at=None,
        defaults={"given_at": at, "given_by": by.name},
    )
    if new:
        audit.record(events.ROLE_GIVEN, target=user, by=by, at=at, role=role.value)
    return row


@for_oneself
def one_time_password() -> str:
    """Return a password of four groups of four, about 79 bits."""
    return "-".join("".join(choice(LETTERS) for _ in range(4)) for _ in range(4))


@for_oneself
def check_password(password: str, user: User | None = None) -> None:
    """Hold a password against the policy (12 or more, not a common one).

    Raises:
        Invalid: It cannot be used.
    """
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid("password_weak", field="password") from error


@for_oneself
def refuse(decision: Decision) -> None:
    """Raise Conflict with the first ground that stands against."""
    if not decision:
        ground = decision.blocking[0]
        raise Conflict(ground.code, **ground.figures)


def _free(username: str) -> str:
    name = username.strip().casefold()
    if not name or any(c.isspace() or not c.isprintable() for c in name):
        raise Invalid("username_unusable", field="username")
    if User.objects.filter(username__iexact=name).exists():
        raise Conflict("username_taken", field="username")
    return name
