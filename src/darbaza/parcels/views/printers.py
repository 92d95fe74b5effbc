"""Papers of parcels that go to a printer of the post; the PDF where there is none."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from darbaza.pages import papers, printing
from darbaza.pages.requests import Request
from darbaza.sites import selectors as sites
from darbaza.sites import services
from darbaza.sites.types import Paper

Made = tuple[dict[str, Any], str]
"""The data of a sheet, and its reference."""


def sent(
    request: Request,
    sheet: str,
    paper: Paper,
    made: Callable[[], Made],
    *,
    rolls: bool = True,
) -> bool:
    """Send a sheet of ours to the printer of this post and say how it went.

    Returns:
        False where no printer takes it: nothing was made or counted.
    """

    def printed(_size: str) -> tuple[bytes, str]:
        data, title = made()
        return papers.pdf("parcels", sheet, data), title

    job = services.print_sheet(
        printed,
        paper=paper,
        request_id=printing.request_id(request),
        post_id=printing.post(request),
        rolls=rolls,
        by=request.actor,
        at=timezone.now(),
    )
    if job is not None:
        printing.say(request, job)
    return job is not None


def list_printer(request: Request) -> Any:
    """Return the printer of this post that takes a list on A4, or None."""
    return sites.list_printer(printing.post(request), by=request.actor)
