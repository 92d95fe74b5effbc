"""The library's pages of the second factor, each change with its event.

The library announces what it did after the commit, when an event could get lost.
"""

from typing import Any

from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from darbaza.accounts import events, selectors, services
from darbaza.accounts.types import Actor
from darbaza.audit.types import EventType
from darbaza.pages.requests import Request


@require_http_methods(["GET", "POST"])
def switch_on(request: Request) -> HttpResponse:
    """Show the secret; switch on with the first right code."""
    if request.method == "GET":
        return _answer(totp.activate_totp, request)
    with transaction.atomic():
        before = selectors.second_factor_on(request.actor.id)
        answer = _answer(totp.activate_totp, request)
        if not before and selectors.second_factor_on(request.actor.id):
            _note(events.SECOND_FACTOR_ON, request.actor)
    return answer


@require_http_methods(["GET", "POST"])
def switch_off(request: Request) -> HttpResponse:
    """Switch off, where no role asks for it."""
    if request.method == "GET":
        return _answer(totp.deactivate_totp, request)
    with transaction.atomic():
        before = selectors.second_factor_on(request.actor.id)
        answer = _answer(totp.deactivate_totp, request)
        if before and not selectors.second_factor_on(request.actor.id):
            _note(events.SECOND_FACTOR_OFF, request.actor)
    return answer


@require_http_methods(["GET", "POST"])
def new_codes(request: Request) -> HttpResponse:
    """Make new recovery codes in place of the old ones."""
    if request.method == "GET":
        return _answer(recovery.generate_recovery_codes, request)
    with transaction.atomic():
        answer = _answer(recovery.generate_recovery_codes, request)
        if answer.get("Location") == reverse("mfa_view_recovery_codes"):
            _note(events.RECOVERY_CODES_MADE, request.actor)
    return answer


def _answer(view: Any, request: Request) -> HttpResponse:
    response: HttpResponse = view(request)
    return response


def _note(type: EventType, by: Actor) -> None:  # noqa: A002
    services.note_sign_in(type, by=by, at=timezone.now())
