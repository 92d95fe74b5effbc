"""Lists of the gate as files: who may take them away, and that it was done."""

from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from darbaza.accounts.permissions import Permission
from darbaza.gate import services
from darbaza.pages import exports
from darbaza.pages.requests import Request
from darbaza.pages.tables import Table


def address(request: Request, name: str) -> str:
    """Return where a list is given as a file; empty for who may not take it."""
    return reverse(name) if request.actor.may(Permission.SHIFT_REPORT) else ""


def give(request: Request, table: Table[Any], rows: Any, name: str) -> HttpResponseBase:
    """Give a list as a file; that it was taken is recorded.

    Raises:
        Invalid: ``format_unknown``.
        Forbidden: Who asks may not take lists away.
    """
    kind = request.GET["format"]

    def noted(count: int) -> None:
        services.note_exported(name, kind, count, by=request.actor, at=timezone.now())

    return exports.give(table, rows, request.GET, kind=kind, name=name, noted=noted)
