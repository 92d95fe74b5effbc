"""Sign-in's own events: the libraries tell by signal, we write them down.

These are signals of Django, allauth and axes, not between our own rooms.
"""

from collections.abc import Mapping
from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa import signals as second_factor
from allauth.mfa.models import Authenticator
from axes.signals import user_locked_out
from django.contrib.auth.signals import (
    user_logged_in,
    user_logged_out,
    user_login_failed,
)
from django.http import HttpRequest
from django.utils import timezone

from darbaza.accounts import actors, events, services
from darbaza.accounts.models import User
from darbaza.accounts.types import NOBODY
from darbaza.audit.types import EventType

SEEN, LOCKED = "seen", "locked"


def connect() -> None:
    """Listen, once, at start."""
    for signal, receiver in (
        (user_logged_in, _signed_in),
        (user_logged_out, _signed_out),
        (user_login_failed, _failed),
        (user_locked_out, _locked_out),
        (password_changed, _password_changed),
        (second_factor.authenticator_used, _factor_used),
        (second_factor.authentication_failed, _code_failed),
    ):
        signal.connect(receiver, dispatch_uid=f"darbaza.{receiver.__name__}")


def typed_name(
    request: HttpRequest | None, credentials: Mapping[str, Any] | None = None
) -> str:
    """Return the sign-in name as typed, in one case: what the lock-out counts by."""
    given = (credentials or {}).get("username")
    if given is None and request is not None:
        given = request.POST.get("login")
    return str(given or "").strip().casefold()[:255]


def address(request: HttpRequest | None) -> str:
    """Return where a request comes from, "" for a command."""
    return str(request.META.get("REMOTE_ADDR", "")) if request else ""


def client_address(request: HttpRequest) -> str:
    """Return the address that the lock-out counts by; no header can forge it."""
    return address(request) or "127.0.0.1"


def _note(type: EventType, user: object, **facts: Any) -> None:  # noqa: A002
    at = timezone.now()
    if isinstance(user, User):
        services.note_sign_in(type, by=actors.of_user(user, at=at), at=at, **facts)
    else:
        services.note_trouble(type, by=NOBODY, at=at, **facts)


def _signed_in(request: HttpRequest, user: User, **_rest: Any) -> None:
    request.session[SEEN] = timezone.now().timestamp()
    request.session.pop(LOCKED, None)
    _note(events.SIGNED_IN, user, address=address(request))


def _signed_out(request: HttpRequest, user: User | None, **_rest: Any) -> None:
    if user is not None:
        _note(events.SIGNED_OUT, user, address=address(request))


def _failed(
    credentials: Mapping[str, Any], request: HttpRequest | None = None, **_rest: Any
) -> None:
    _note(events.WRONG_PASSWORD, _named(credentials), address=address(request))


def _locked_out(request: HttpRequest, username: str, **_rest: Any) -> None:
    user = _named({"username": username})
    _note(events.LOCKED_OUT, user, address=address(request))


def _named(credentials: Mapping[str, Any]) -> User | None:
    name = typed_name(None, credentials)
    return User.objects.filter(username__iexact=name).first() if name else None


def _password_changed(user: User, **_rest: Any) -> None:
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    user.must_change_password = False
    _note(events.PASSWORD_CHANGED, user)


def _factor_used(user: User, authenticator: Authenticator, **_rest: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        _note(events.RECOVERY_CODE_USED, user)


def _code_failed(user: User, request: HttpRequest, **_rest: Any) -> None:
    _note(events.WRONG_CODE, user, address=address(request))
