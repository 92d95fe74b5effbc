"""What every answer carries: a number, safe headers, the person's language."""

import logging
from collections.abc import Callable
from secrets import token_hex
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from darbaza.kernel.errors import DarbazaError
from darbaza.pages import views
from darbaza.pages.logs import current_number

log = logging.getLogger("darbaza.request")

Answer = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    "Permissions-Policy": (
        "camera=(self), serial=(self), microphone=(self), geolocation=(), payment=(),"
        " usb=(), browsing-topics=()"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}


class RequestNumber:
    """Give each request a number for screen and log; keep its answer out of caches."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer under a number of eight hexadecimal digits."""
        number = token_hex(4).upper()
        request.number = number  # type: ignore[attr-defined]
        token = current_number.set(number)
        try:
            response = self.get_response(request)
            if response.status_code >= 500:
                log.error("%s %s %s", number, response.status_code, request.path)
        finally:
            current_number.reset(token)
        response.headers["X-Request-Number"] = number
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.method == "POST" and "HX-Request" in request.headers:
            # No place to come back to: reloading it would ask for what only takes.
            response.headers.setdefault("HX-Push-Url", "false")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class InTurn:
    """Answer those who only look on (telephones, displays) one after the other.

    The threads of a Python process share one processor: hundreds of telephones that ask
    at once would slow every officer. So at most one of their pages is made at a time.
    Only what sends nothing takes a turn: a body that arrives slowly would hold it.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self._turn = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, after whoever looked on before."""
        looks_on = request.path.startswith(settings.DARBAZA_LOOKED_AT)
        if not looks_on or request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with self._turn:
            return self.get_response(request)


class Language:
    """Use the signed-in person's language where this browser has chosen none.

    Stands after ``LocaleMiddleware`` and the authentication middleware.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in that language."""
        language = _preferred(request)
        if not language:
            return self.get_response(request)
        request.LANGUAGE_CODE = language
        translation.activate(language)  # RequestFinished resets it, as LocaleMiddleware
        response = self.get_response(request)
        response.headers["Content-Language"] = language
        return response


def _preferred(request: HttpRequest) -> str:
    """Return the person's own language, or "" to leave the choice as it is."""
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        return ""  # chosen on this very computer, a moment ago
    wanted = getattr(getattr(request, "user", None), "language", "")
    return wanted if wanted in dict(settings.LANGUAGES) else ""


class Errors:
    """Turn the exceptions of the kernel into their pages (400, 403, 404, 409, 422)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; exceptions arrive in :meth:`process_exception`.

        No address of ours holds a NUL, and PostgreSQL takes none in a text: a path
        with one leads nowhere, and a question is asked without it.
        """
        if "\x00" in request.path_info:
            return views.trouble(request, 404)
        while "%00" in request.META.get("QUERY_STRING", ""):
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace(
                "%00", ""
            )
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        page = views.trouble(request, 405)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Give a page for our own exceptions, nothing for any other."""
        if not isinstance(exception, DarbazaError):
            return None
        log.info("%s %s %s", views.number(request), exception.status, exception.code)
        return views.trouble(request, exception.status, exception)
