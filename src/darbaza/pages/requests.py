"""The request as our middleware hands it to a view."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """An HTTP request whose sender is signed in and known.

    ``actor`` is an ``accounts.types.Actor``; accounts stands above this room, so the
    type is named by its user: ``by=request.actor``.
    """

    actor: Any
    htmx: "HtmxDetails"
    number: str
