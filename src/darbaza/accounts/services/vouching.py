"""Somebody of higher rank answers for a step on a colleague's screen."""

from datetime import datetime
from uuid import UUID

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth import authenticate
from django.http import HttpRequest

from darbaza.accounts import actors
from darbaza.accounts.models import User
from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.kernel.errors import Forbidden


@requires(Permission.GATE_DESK)
def vouch(
    request: HttpRequest, username: str, password: str, *, by: Actor, at: datetime
) -> Actor:
    """Return the actor of a colleague who gave name and password on this screen.

    Nobody is signed in or out; the caller records what was vouched for. Wrong
    passwords count for the lock-out as at sign-in.

    Raises:
        Forbidden: Wrong name or password, locked out, or no role at this institution.
    """
    name = username.strip()
    user = authenticate(request, username=name, password=password)
    if getattr(request, "axes_locked_out", False):
        # The page says so itself; the whole screen need not go.
        request.axes_locked_out = False  # type: ignore[attr-defined]
        raise Forbidden("vouch_locked_out")
    if not isinstance(user, User):
        raise Forbidden("vouch_wrong_password")
    AxesProxyHandler.reset_attempts(username=name.casefold()[:255])
    return colleague(user.pk, by=by, at=at)


@requires(Permission.GATE_DESK)
def colleague(user_id: UUID, *, by: Actor, at: datetime) -> Actor:
    """Return the actor of a colleague at the same institution, with today's rights.

    Raises:
        Forbidden: No such user, or without a role at this institution.
    """
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise Forbidden("vouch_no_role_here")
    actor = actors.of_user(user, at=at, institution_id=by.institution_id)
    if actor.institution_id != by.institution_id or actor.staff_session_id:
        raise Forbidden("vouch_no_role_here")
    return actor
