"""How texts go to families, read from the environment; nonsense is refused at once."""

import json
import os
from types import MappingProxyType

from django.core.exceptions import ImproperlyConfigured

from darbaza.appointments.sending import Gateway, Mailbox, Way
from darbaza.config import env


def way() -> Way | None:
    """Return the way of ``DARBAZA_MESSAGES``; None where texts are printed.

    Raises:
        ImproperlyConfigured: No such way, or something about it is wrong.
    """
    kind = os.environ.get("DARBAZA_MESSAGES") or "print"
    if kind not in _MADE:
        message = f"DARBAZA_MESSAGES must be print, http or smtp, not {kind!r}"
        raise ImproperlyConfigured(message)
    made = _MADE[kind]()
    trouble = made.trouble() if made else ""
    if trouble:
        message = f"DARBAZA_MESSAGES={kind}: {trouble}"
        raise ImproperlyConfigured(message)
    return made


def _gateway() -> Gateway:
    read = os.environ.get
    return Gateway(
        url=read("DARBAZA_SMS_URL", ""),
        method=read("DARBAZA_SMS_METHOD") or "POST",
        body=read("DARBAZA_SMS_BODY") or "json",
        fields=_fields(read("DARBAZA_SMS_FIELDS") or ""),
        header=read("DARBAZA_SMS_HEADER") or "Authorization",
        secret=read("DARBAZA_SMS_SECRET", ""),
    )


def _mailbox() -> Mailbox:
    read = os.environ.get
    return Mailbox(
        host=read("DARBAZA_SMTP_HOST", ""),
        port=env.number("DARBAZA_SMTP_PORT", default=587),
        sender=read("DARBAZA_SMTP_FROM", ""),
        security=read("DARBAZA_SMTP_SECURITY") or "starttls",
        user=read("DARBAZA_SMTP_USER", ""),
        password=read("DARBAZA_SMTP_PASSWORD", ""),
    )


def _fields(text: str) -> MappingProxyType[str, str]:
    """Read ``{"phone": "{to}", "message": "{text}"}``."""
    if not text:
        return Gateway("").fields
    try:
        told = json.loads(text)
    except ValueError:
        told = None
    if not isinstance(told, dict) or not all(isinstance(v, str) for v in told.values()):
        message = "DARBAZA_SMS_FIELDS must be a JSON object of texts"
        raise ImproperlyConfigured(message)
    return MappingProxyType(told)


_MADE = {"print": lambda: None, "http": _gateway, "smtp": _mailbox}
