"""Users, roles, devices and sessions, as far as the actor may see them."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Q, QuerySet

from darbaza.accounts import places
from darbaza.accounts.models import Assignment, DeviceToken, StaffSession, User
from darbaza.accounts.permissions import Permission, Role, for_oneself, requires
from darbaza.accounts.policies import Management
from darbaza.accounts.types import Actor, Place
from darbaza.audit import selectors as audit
from darbaza.kernel.errors import NotFound
from darbaza.kernel.ids import NOWHERE

if TYPE_CHECKING:
    from darbaza.audit.models import Event

DEFAULT_MINUTES = 10


@requires(Permission.USER_SEE)
def users(*, by: Actor) -> QuerySet[User]:
    """Return everybody who serves or served at an institution the actor sees."""
    return _users(by)


@requires(Permission.USER_SEE)
def user(user_id: UUID, *, by: Actor) -> User:
    """Return one user.

    Raises:
        NotFound: There is none, or not for this actor.
    """
    return one(_users(by), user_id)


@requires(Permission.USER_MANAGE)
def locked_user(user_id: UUID, *, by: Actor) -> User:
    """Return one user who serves or served here, to be changed.

    Raises:
        NotFound: There is none, or not for this actor.
    """
    here = Q(assignments__institution_id=by.institution_id)
    ids = User.objects.filter(here).values("pk")
    return one(User.objects.select_for_update().filter(pk__in=ids), user_id)


@requires(Permission.USER_SEE)
def assignments(user_id: UUID, *, by: Actor) -> QuerySet[Assignment]:
    """Return a user's roles where the actor sees them, running ones first."""
    rows = Assignment.objects.filter(user_id=user_id, institution_id__in=by.sees)
    return rows.order_by("ended_at", "-given_at")


@requires(Permission.USER_SEE)
def running_roles(user_ids: Iterable[UUID], *, by: Actor) -> dict[UUID, list[str]]:
    """Return the role codes that users hold now where the actor sees them."""
    rows = Assignment.objects.filter(
        user_id__in=list(user_ids), institution_id__in=by.sees, ended_at=None
    )
    found: dict[UUID, list[str]] = {}
    for user_id, role in rows.order_by("role").values_list("user_id", "role"):
        if role not in found.setdefault(user_id, []):
            found[user_id].append(role)
    return found


@requires(Permission.USER_SEE)
def sessions(user_id: UUID, *, by: Actor) -> list[UserSession]:
    """Return the open sessions of a user, newest first."""
    found = UserSession.objects.purge_and_list(one(_users(by), user_id))
    return sorted(found, key=lambda session: session.created_at, reverse=True)


@requires(Permission.USER_SEE)
def has_second_factor(user_id: UUID, *, by: Actor) -> bool:
    """Has this user set up one-time passwords?"""
    return second_factor_on(one(_users(by), user_id).pk)


@requires(Permission.USER_SEE)
def history(user_id: UUID, *, by: Actor) -> "QuerySet[Event]":
    """Return what the record says about a user, newest first."""
    one(_users(by), user_id)
    return audit.history(user_id, institutions=by.sees)


@requires(Permission.DEVICE_MANAGE)
def tokens(*, by: Actor) -> QuerySet[DeviceToken]:
    """Return the device tokens of the actor's institution, newest first."""
    rows = DeviceToken.objects.filter(institution_id=by.institution_id)
    return rows.order_by("-created_at", "-pk")


@for_oneself
def own_sessions(*, by: Actor) -> list[UserSession]:
    """Return the actor's own open sessions, newest first."""
    me = User.objects.filter(pk=by.id).first()
    found = UserSession.objects.purge_and_list(me) if me else []
    return sorted(found, key=lambda session: session.created_at, reverse=True)


@for_oneself
def own_staff_session(*, by: Actor, at: datetime) -> StaffSession | None:
    """Return the actor's running staff session, if any."""
    if by.staff_session_id is None:
        return None
    return StaffSession.objects.filter(
        pk=by.staff_session_id, ended_at=None, ends_at__gt=at
    ).first()


@for_oneself
def place_here(*, by: Actor) -> Place | None:
    """Return the institution where the actor acts; None for nobody."""
    return places.places().get(by.institution_id)


@for_oneself
def seen_places(*, by: Actor) -> dict[UUID, Place]:
    """Return the institutions that the actor sees; a command sees all."""
    known = places.places()
    if by.id == NOWHERE and by.permissions:
        return dict(known)
    return {key: place for key, place in known.items() if key in by.sees}


@for_oneself
def minutes_here(*, by: Actor) -> int:
    """Return after how many minutes a shared computer locks here (1 or more)."""
    place = place_here(by=by)
    return max(1, place.shared_minutes) if place else DEFAULT_MINUTES


@requires(Permission.USER_MANAGE)
def management(user_id: UUID, role: Role | None = None, *, by: Actor) -> Management:
    """Return the facts for deciding on an act of the actor on this user."""
    running = Assignment.objects.filter(ended_at=None, user__is_active=True)
    here = running.filter(institution_id=by.institution_id, role=Role.ADMINISTRATOR)
    is_administrator = here.filter(user_id=user_id).exists()
    place = places.places().get(by.institution_id)
    serves = running.filter(user_id=user_id).values_list("institution_id", flat=True)
    return Management(
        oneself=user_id == by.id,
        role=role or (Role.ADMINISTRATOR if is_administrator else None),
        here_is_headquarters=bool(place and place.headquarters),
        other_administrators=here.exclude(user_id=user_id).values("user").count(),
        elsewhere=() if by.id == NOWHERE else tuple(set(serves) - _administered(by)),
    )


def _administered(by: Actor) -> set[UUID]:
    held = Assignment.objects.filter(
        user_id=by.id, role=Role.ADMINISTRATOR, ended_at=None
    )
    return {by.institution_id, *held.values_list("institution_id", flat=True)}


@for_oneself
def second_factor_on(user_id: UUID) -> bool:
    """Has this user set up one-time passwords? For the sign-in's own use."""
    found: bool = Authenticator.objects.filter(
        user_id=user_id, type=Authenticator.Type.TOTP
    ).exists()
    return found


def _users(by: Actor) -> QuerySet[User]:
    ids = Assignment.objects.filter(institution_id__in=by.sees).values("user_id")
    return User.objects.filter(pk__in=ids)


@for_oneself
def one(rows: QuerySet[User], user_id: UUID) -> User:
    """Return one row or raise NotFound."""
    found = rows.filter(pk=user_id).first()
    if found is None:
        raise NotFound(kind="user")
    return found
