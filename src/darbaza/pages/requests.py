"""The request as our middleware hands it to a view."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

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


def way_on(request: HttpRequest) -> str:
    """Return the page of ours that ``next`` names; "" for any other address or word.

    Only a whole path counts: what has no slash before it Django would take for the
    name of a view.
    """
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe and wanted.startswith("/") else ""
