"""Make the Actor of a user, of a device, or nobody's: the one place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from darbaza.accounts import places
from darbaza.accounts.models import Assignment, DeviceToken, StaffSession, User
from darbaza.accounts.permissions import (
    NEEDS_SECOND_FACTOR,
    ROLES,
    SEES_ALL,
    Permission,
    Role,
)
from darbaza.accounts.types import Actor
from darbaza.kernel.db import Prepared, PreparedObjects

_assignments = Prepared(
    lambda user, at: (
        Assignment.objects.filter(user_id=user, ended_at=None, given_at__lte=at)
        .order_by("given_at", "id")
        .values_list("institution_id", "role")
    )
)
_tokens = PreparedObjects(
    lambda hashed, at: DeviceToken.objects.filter(
        token_hash=hashed, revoked_at=None, expires_at__gt=at
    )
)
_every_institution: list[Callable[[], frozenset[UUID]]] = []
USE_NOTED_EVERY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a user serves, and the actor they are now."""

    actor: Actor
    held: dict[UUID, set[Role]]

    @property
    def needs_second_factor(self) -> bool:
        """Does any of the user's roles, anywhere, ask for a second factor?"""
        return any(NEEDS_SECOND_FACTOR & roles for roles in self.held.values())


def institutions_from(source: Callable[[], frozenset[UUID]]) -> None:
    """Let the room above (``sites``, at start) say which institutions there are."""
    _every_institution[:] = [source]


def of_user(user: User, *, at: datetime, institution_id: UUID | None = None) -> Actor:
    """Return the actor of ``user`` at ``institution_id``, or where they serve first.

    A user without a role anywhere gets an actor that may and sees nothing.
    """
    return standing(user, at=at, institution_id=institution_id).actor


def standing(
    user: User, *, at: datetime, institution_id: UUID | None = None
) -> Standing:
    """Return the actor as ``of_user`` does, with everything that the user holds.

    Asked anew at each request: an ended user or role counts from the next one on.
    """
    held: dict[UUID, set[Role]] = {}
    rows = _assignments(user=user.id, at=at) if _may_enter(user) else []
    for place, role in rows:
        held.setdefault(place, set()).add(Role(role))
    if not held:
        return Standing(Actor(user.id, str(user), language=user.language), held)
    here = institution_id if institution_id in held else next(iter(held))
    staff = _staff_session(user, held, at)
    if staff:
        here = staff.institution_id
    return Standing(_actor(user, held, here, staff), held)


def _actor(
    user: User, held: dict[UUID, set[Role]], here: UUID, staff: StaffSession | None
) -> Actor:
    roles = frozenset(held.get(here, ()))
    permissions = frozenset().union(*(ROLES[r] for r in roles))
    return Actor(
        id=user.id,
        name=str(user),
        institution_id=here,
        sees=_sees(held) | {here},
        permissions=frozenset(Permission) if staff else permissions,
        roles=roles,
        language=user.language,
        staff_session_id=staff.id if staff else None,
    )


def of_device(token: DeviceToken) -> Actor:
    """Return the actor of a device: its one role at its one institution."""
    role = Role(token.role)
    return Actor(
        id=token.id,
        name=token.name,
        institution_id=token.institution_id,
        sees=frozenset({token.institution_id}),
        permissions=ROLES[role],
        roles=frozenset({role}),
        device=token.name,
        post_id=token.post_id,
    )


def of_token(raw: str, *, at: datetime) -> Actor | None:
    """Return the actor of the device that sent ``raw``; None when it may not enter.

    Unknown, revoked and expired tokens are not told apart. The time of use is noted,
    at most every ten minutes.
    """
    token = _tokens.one(hashed=token_hash(raw), at=at)
    if token is None:
        return None
    if token.last_used_at is None or token.last_used_at <= at - USE_NOTED_EVERY:
        DeviceToken.objects.filter(pk=token.pk).update(last_used_at=at)
    return of_device(token)


def token_hash(raw: str) -> str:
    """Return what is stored of a token: 64 hexadecimal digits.

    Tokens hold 240 random bits, so a plain hash is enough.
    """
    return sha256(raw.strip().encode("utf-8", "surrogatepass")).hexdigest()


def _may_enter(user: User) -> bool:
    """A published sign-in of the demonstration holds nothing in a real database."""
    return user.is_active and (not user.demonstration or places.is_demonstration())


def _sees(held: dict[UUID, set[Role]]) -> frozenset[UUID]:
    everywhere = any(SEES_ALL & roles for roles in held.values())
    if everywhere and _every_institution:
        return frozenset(held) | _every_institution[0]()
    return frozenset(held)


def _staff_session(
    user: User, held: dict[UUID, set[Role]], at: datetime
) -> StaffSession | None:
    there = [i for i, roles in held.items() if Role.ADMINISTRATOR in roles]
    if not there:
        return None
    return StaffSession.objects.filter(
        user=user,
        institution_id__in=there,
        ended_at=None,
        started_at__lte=at,
        ends_at__gt=at,
    ).first()
