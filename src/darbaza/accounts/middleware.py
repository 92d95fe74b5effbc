"""Every request gets its Actor: the one place where a session becomes a person."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from darbaza.accounts import actors
from darbaza.accounts.models import User
from darbaza.accounts.types import Actor

INSTITUTION = "institution"
NOBODY = Actor(UUID(int=0), "")


class ActorMiddleware:
    """Set ``request.actor``: of the signed-in user, where they chose to act."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the actor and answer."""
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    chosen = request.session.get(INSTITUTION)
    here = UUID(chosen) if chosen else None
    return actors.of_user(user, at=timezone.now(), institution_id=here)
