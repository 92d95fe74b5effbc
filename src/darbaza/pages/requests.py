"""The request as our middleware hands it to a view."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from darbaza.accounts.actors import Standing
    from darbaza.accounts.types import Actor


class Request(HttpRequest):
    """An HTTP request whose sender is signed in and known."""

    actor: "Actor"
    standing: "Standing"
    htmx: "HtmxDetails"
    number: str
