"""Give and end roles at the actor's institution."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts import events, policies, selectors
from darbaza.accounts.models import Assignment, User
from darbaza.accounts.permissions import Permission, Role, requires
from darbaza.accounts.services import users
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict, NotFound


@requires(Permission.USER_MANAGE)
@transaction.atomic
def assign(user_id: UUID, role: Role, *, by: Actor, at: datetime) -> Assignment:
    """Give a role to somebody who serves or served here. Held already: nothing.

    Raises:
        NotFound: No such user here.
        Conflict: The account is closed, or the role may not be given.
    """
    user = selectors.locked_user(user_id, by=by)
    return _assign(user, role, by=by, at=at)


@requires(Permission.USER_MANAGE)
@transaction.atomic
def assign_by_name(username: str, role: Role, *, by: Actor, at: datetime) -> Assignment:
    """Give a role here to somebody who so far serves elsewhere only.

    The exact sign-in name must be known; nothing about the person is shown before.

    Raises:
        NotFound: Nobody signs in under that name.
        Conflict: The account is closed, or the role may not be given.
    """
    user = User.objects.filter(username__iexact=username.strip()).first()
    if user is None:
        raise NotFound("nobody_of_that_name", field="username")
    return _assign(user, role, by=by, at=at)


@requires(Permission.USER_MANAGE)
@transaction.atomic
def end_assignment(assignment_id: UUID, *, by: Actor, at: datetime) -> None:
    """End a role at the actor's institution; it counts from the next request on.

    Raises:
        NotFound: No such role here.
        Conflict: It is the role of the last administrator.
    """
    row = (
        Assignment.objects.select_for_update()
        .filter(pk=assignment_id, institution_id=by.institution_id)
        .first()
    )
    if row is None:
        raise NotFound(kind="assignment")
    if row.ended_at:
        return
    facts = selectors.management(row.user_id, Role(row.role), by=by)
    users.refuse(policies.may_take(facts))
    row.ended_at, row.ended_by = at, by.name
    row.save(update_fields=["ended_at", "ended_by"])
    target = ("user", str(row.user_id))
    audit.record(events.ROLE_ENDED, target=target, by=by, at=at, role=row.role)


def _assign(user: User, role: Role, *, by: Actor, at: datetime) -> Assignment:
    if not user.is_active:
        raise Conflict("account_closed")
    return users.give(user, role, by=by, at=at)
