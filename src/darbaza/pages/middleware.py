"""What every answer carries: a number, safe headers, the person's language."""

import logging
from collections.abc import Callable
from secrets import token_hex

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from darbaza.pages.logs import current_number

log = logging.getLogger("darbaza.request")

Answer = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    "Permissions-Policy": (
        "camera=(self), serial=(self), geolocation=(), microphone=(self), payment=(),"
        " usb=(), interest-cohort=(), browsing-topics=()"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}


def request_number(get_response: Answer) -> Answer:
    """Give each request a number that the person sees and the log carries."""

    def answer(request: HttpRequest) -> HttpResponse:
        number = token_hex(4).upper()
        request.number = number  # type: ignore[attr-defined]
        token = current_number.set(number)
        try:
            response = get_response(request)
            if response.status_code >= 500:
                log.error("%s %s %s", number, response.status_code, request.path)
        finally:
            current_number.reset(token)
        response.headers["X-Request-Number"] = number
        return response

    return answer


def safe_headers(get_response: Answer) -> Answer:
    """Add the headers that Django has no setting for; keep pages out of caches."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


def preferred_language(get_response: Answer) -> Answer:
    """Use the signed-in person's language where the browser chose none itself.

    Stands after ``LocaleMiddleware`` and the authentication middleware.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        language = _preferred(request)
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
        return get_response(request)

    return answer


def _preferred(request: HttpRequest) -> str:
    """Return the person's own language, or "" to leave the choice as it is."""
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        return ""  # chosen on this very computer, a moment ago
    wanted = getattr(getattr(request, "user", None), "language", "")
    return wanted if wanted in dict(settings.LANGUAGES) else ""
