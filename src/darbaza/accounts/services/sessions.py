"""End sessions: one's own, or somebody else's."""

from datetime import datetime
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.db import transaction

from darbaza.accounts import events, selectors
from darbaza.accounts.models import User
from darbaza.accounts.permissions import Permission, for_oneself, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit


@requires(Permission.USER_MANAGE)
@transaction.atomic
def end_session(user_id: UUID, session_id: int, *, by: Actor, at: datetime) -> None:
    """End a session of somebody who serves here. Ended already: nothing.

    Raises:
        NotFound: No such user here.
    """
    user = selectors.locked_user(user_id, by=by)
    _end(UserSession.objects.filter(pk=session_id, user=user).first(), by=by, at=at)


@for_oneself
@transaction.atomic
def end_own_session(session_id: int, *, by: Actor, at: datetime) -> None:
    """End one of the actor's own sessions. Ended already, or not theirs: nothing."""
    _end(UserSession.objects.filter(pk=session_id, user_id=by.id).first(), by=by, at=at)


@for_oneself
def end_all(user: User) -> int:
    """End every session of a user, inside the caller's transaction; return how many."""
    open_ones = list(UserSession.objects.filter(user=user))
    for session in open_ones:
        session.end()
    return len(open_ones)


def _end(session: UserSession | None, *, by: Actor, at: datetime) -> None:
    if session is None:
        return
    session.end()
    target = ("user", str(session.user_id))
    audit.record(events.SESSION_ENDED, target=target, by=by, at=at)
