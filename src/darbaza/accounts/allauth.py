"""How the sign-in library behaves here: nobody signs up, nothing goes by mail."""

import base64
from time import time
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from darbaza.accounts import actors

REAUTHENTICATION_TIMEOUT = 300  # seconds


class Adapter(DefaultAccountAdapter):
    """Accounts are made by an administrator; letters are never sent."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Refuse sign-up."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again for the password, but not of somebody who has just given it."""
        given = self.request.session.get(AUTHENTICATION_METHODS_SESSION_KEY) or [{}]
        fresh = time() - given[-1].get("at", 0) < REAUTHENTICATION_TIMEOUT
        needed: bool = super().is_reauthentication_required(app=app, **kwargs)
        return needed and not fresh

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing: a closed network has no mail."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Stay silent: our pages say what happened."""


class SecondFactor(DefaultMFAAdapter):
    """One-time passwords and recovery codes, their secrets encrypted at rest."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret with the key of this installation."""
        return _cipher().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a secret; an unreadable one (other key) opens nothing."""
        return _cipher().decrypt(encrypted_text.encode("ascii")).decode()

    def build_totp_svg(self, url: str) -> str:
        """Draw the code that an authenticator application scans."""
        drawn: str = segno.make(url, error="m").svg_inline(scale=5, border=4)
        return drawn.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the second factor of those whose role asks for it."""
        standing = actors.standing(authenticator.user, at=timezone.now())
        return not standing.needs_second_factor

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing."""


def _cipher() -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=b"darbaza second factor").derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(base64.urlsafe_b64encode(derived))
