"""What every template may use without its view asking for it."""

from functools import cache
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

LANGUAGES = (("ky", "Кыргызча"), ("ru", "Русский"), ("en", "English"))
THEMES = ("light", "dark")


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the frame of a page; the rest of the frame comes from ``web``."""
    theme = request.COOKIES.get("darbaza_theme", "")
    return {
        "demonstration": getattr(settings, "DARBAZA_DEMO", False),
        "theme": theme if theme in THEMES else "",
        "screen_languages": LANGUAGES,
        "request_number": getattr(request, "number", ""),
        "version": _version(),
        "set_language_url": _url("set_language"),
        "sign_out_url": _url("account_logout"),
        "idle_seconds": getattr(settings, "DARBAZA_IDLE_SECONDS", 0),
        "lock_url": _url("accounts:lock"),
    }


@cache
def _version() -> str:
    return version("darbaza")


@cache
def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
