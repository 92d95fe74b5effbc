"""Every request gets its Actor, and nobody passes whose session is not in order."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from darbaza.accounts import actors, policies, selectors, services
from darbaza.accounts.models import User
from darbaza.accounts.sign_in import LOCKED, SEEN
from darbaza.accounts.types import NOBODY, Actor

INSTITUTION = "institution"
NOTED_EVERY_SECONDS = 20
BACKGROUND = "X-Background"
"""A page's own polling sends this header: it does not count as somebody's presence."""

STREAM = "text/event-stream"
"""A display asks for events by itself, too."""

Answer = Callable[[HttpRequest], HttpResponse]

ALWAYS = {
    "accounts:lock",
    "account_logout",
    "account_login",
    "set_language",
    "web:healthz",
}
FOR_PASSWORD = ALWAYS | {"account_change_password", "account_reauthenticate"}
FOR_SECOND_FACTOR = FOR_PASSWORD | {
    "mfa_activate_totp",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_reauthenticate",
}


class ActorMiddleware:
    """Set ``request.actor``: of the signed-in user, where they chose to act.

    ``request.standing`` says besides where else they serve.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the actor and answer."""
        standing = SimpleLazyObject(lambda: _standing(request))
        request.standing = standing  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(lambda: standing.actor)  # type: ignore[attr-defined]
        return self.get_response(request)


class Gatekeeper:
    """Refuse requests of a locked session, and lead to what must be done first.

    In this order: the lock of a shared computer, a password that must be replaced, a
    second factor that the role asks for. Requests of a staff session are recorded.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; the checks run once the view is known."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],  # noqa: ARG002 - Django's signature
        args: tuple[Any, ...],  # noqa: ARG002
        kwargs: dict[str, Any],  # noqa: ARG002
    ) -> HttpResponse | None:
        """Return a refusal, or None to let the request through."""
        user = request.user
        if not isinstance(user, User):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        now = timezone.now()
        request.locked = _locked(request, now)  # type: ignore[attr-defined]
        if request.locked and name not in ALWAYS:  # type: ignore[attr-defined]
            return _lead(request, "accounts:lock", 401)
        if user.must_change_password and name not in FOR_PASSWORD:
            return _lead(request, "account_change_password", 403)
        if _lacks_second_factor(request) and name not in FOR_SECOND_FACTOR:
            return _lead(request, "mfa_activate_totp", 403)
        _note_staff_request(request, now)
        return None


def _standing(request: HttpRequest) -> actors.Standing:
    user = request.user
    if not isinstance(user, User):
        return actors.Standing(NOBODY, {})
    here = _chosen(request.session)
    return actors.standing(user, at=timezone.now(), institution_id=here)


def _chosen(session: Any) -> UUID | None:
    try:
        return UUID(session.get(INSTITUTION, ""))
    except ValueError:
        return None


def _locked(request: HttpRequest, now: datetime) -> bool:
    session = request.session
    if session.get(LOCKED):
        return True
    seen = datetime.fromtimestamp(session.get(SEEN) or now.timestamp(), UTC)
    minutes = selectors.minutes_here(by=request.actor)  # type: ignore[attr-defined]
    if policies.must_lock(seen, at=now, minutes=minutes):
        session[LOCKED] = True
        services.lock_screen(by=request.actor, at=now, chosen=False)  # type: ignore[attr-defined]
        return True
    _note_presence(request, seen, now)
    return False


def _note_presence(request: HttpRequest, seen: datetime, now: datetime) -> None:
    """Remember that somebody is there: every 20 seconds, not with every click."""
    if request.headers.get(BACKGROUND) or STREAM in request.headers.get("Accept", ""):
        return
    fresh = (now - seen).total_seconds() < NOTED_EVERY_SECONDS
    if fresh and SEEN in request.session:
        return
    request.session[SEEN] = now.timestamp()
    key = request.session.session_key
    UserSession.objects.filter(session_key=key).update(last_seen_at=now)


def _lacks_second_factor(request: HttpRequest) -> bool:
    standing: actors.Standing = request.standing  # type: ignore[attr-defined]
    if not standing.needs_second_factor:
        return False
    return not selectors.second_factor_on(standing.actor.id)


def _lead(request: HttpRequest, name: str, status: int) -> HttpResponse:
    """Lead to a page; scripts get the status and the address instead."""
    back = request.get_full_path() if request.method == "GET" else ""
    if getattr(request, "htmx", False):
        back = request.htmx.current_url_abs_path or ""  # type: ignore[attr-defined]
    address = reverse(name)
    if back and not back.startswith(address):
        address = f"{address}?{urlencode({'next': back})}"
    if getattr(request, "htmx", False):
        return HttpResponse(status=status, headers={"HX-Redirect": address})
    if request.headers.get("Sec-Fetch-Mode") in {"cors", "same-origin"}:
        return HttpResponse(status=status, headers={"Location": address})
    return HttpResponseRedirect(address)


def _note_staff_request(request: HttpRequest, now: datetime) -> None:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.staff_session_id:
        method, path = request.method or "", request.path[:200]
        services.note_staff_request(method, path, by=actor, at=now)
