"""Make the Actor of a user, of a device, or nobody's: the one place."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from darbaza.accounts.models import Assignment, DeviceToken, StaffSession, User
from darbaza.accounts.permissions import ROLES, SEES_ALL, Permission, Role
from darbaza.accounts.types import Actor

_every_institution: list[Callable[[], frozenset[UUID]]] = []


def institutions_from(source: Callable[[], frozenset[UUID]]) -> None:
    """Let the room above say which institutions there are (``sites`` does, at start)."""
    _every_institution[:] = [source]


def of_user(user: User, *, at: datetime, institution_id: UUID | None = None) -> Actor:
    """Return the actor of ``user`` at ``institution_id``, or where they serve first.

    A user without a role anywhere gets an actor that may and sees nothing.
    """
    held: dict[UUID, set[Role]] = {}
    rows = Assignment.objects.filter(user=user, ended_at=None, given_at__lte=at)
    for row in rows.order_by("given_at", "id"):
        held.setdefault(row.institution_id, set()).add(Role(row.role))
    if not held:
        return Actor(user.id, str(user), language=user.language)
    here = institution_id if institution_id in held else next(iter(held))
    staff = _staff_session(user, at)
    if staff:
        here = staff.institution_id
    return _actor(user, held, here, staff)


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
    )


def _sees(held: dict[UUID, set[Role]]) -> frozenset[UUID]:
    everywhere = any(SEES_ALL & roles for roles in held.values())
    if everywhere and _every_institution:
        return frozenset(held) | _every_institution[0]()
    return frozenset(held)


def _staff_session(user: User, at: datetime) -> StaffSession | None:
    return StaffSession.objects.filter(
        user=user, ended_at=None, started_at__lte=at, ends_at__gt=at
    ).first()
