"""Error pages, and the page that shows every component."""

import logging

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from darbaza.kernel.errors import DarbazaError
from darbaza.pages import grounds
from darbaza.pages.troubles import FORM_EXPIRED, TROUBLES, Trouble

log = logging.getLogger(__name__)

BARE = "<!doctype html><meta charset='utf-8'><title>Darbaza</title><h1>{}</h1><p>{}"


def number(request: HttpRequest) -> str:
    """Return the number under which the log knows this request."""
    return str(getattr(request, "number", "-"))


def trouble(
    request: HttpRequest, status: int, error: DarbazaError | None = None
) -> HttpResponse:
    """Return the page, or for htmx the note, for an error of this status."""
    return _page(request, status, TROUBLES.get(status, TROUBLES[400]), error)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer 400; a request may be so odd that no page can be drawn for it."""
    return _whatever_happens(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer 403."""
    return trouble(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer 404."""
    return trouble(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500; even where the very frame of the page cannot be drawn."""
    return _whatever_happens(request, 500)


def _whatever_happens(request: HttpRequest, status: int) -> HttpResponse:
    try:
        return trouble(request, status)
    except Exception:  # the database or a template may be what is broken
        log.exception("%s the error page itself failed", number(request))
        words = TROUBLES[status]
        bare = BARE.format(words.title, f"{words.next_step} {number(request)}")
        return HttpResponse(bare, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or old."""
    log.warning("%s csrf: %s", number(request), reason)
    return _page(request, 403, FORM_EXPIRED, None)


def _page(
    request: HttpRequest, status: int, words: Trouble, error: DarbazaError | None
) -> HttpResponse:
    detail = grounds.officer(error) if error and error.code in grounds.known() else ""
    context = {
        "status": status,
        "trouble": words,
        "detail": detail,
        "request_number": number(request),
    }
    if getattr(request, "htmx", False):
        text = render_to_string("pages/_trouble.html", context, request)
        headers = {"HX-Retarget": "#messages", "HX-Reswap": "innerHTML"}
        return HttpResponse(text, status=status, headers=headers)
    text = render_to_string("pages/error.html", context, request)
    return HttpResponse(text, status=status)
