"""What a page knows of a print: which one it is, where it is asked for, how it went."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.utils.translation import gettext as _

from darbaza.kernel import ids
from darbaza.kernel.errors import Conflict
from darbaza.pages import grounds
from darbaza.pages.requests import Request


def post(request: Request) -> UUID | None:
    """Return where this computer stands, as the desk remembers it."""
    chosen = request.session.get("post_id")
    return UUID(chosen) if chosen else None


def request_id(request: Request) -> UUID:
    """Return the id that a page made for a print; without one it is a new print."""
    wanted = request.GET.get("request") or request.POST.get("request", "")
    try:
        return UUID(wanted)
    except ValueError:
        return ids.new_id()


def say(request: Request, job: Any) -> None:
    """Say on the next page what became of a paper that went to a printer."""
    if job.fault:
        messages.error(request, grounds.officer(Conflict(job.fault)))
    else:
        words = _("Given to the printer: %(printer)s.") % {"printer": job.printer.name}
        messages.success(request, words)
