"""The paper book of a day: who is expected, and empty lines to write on."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from darbaza.pages.requests import Request
from darbaza.visits import selectors
from darbaza.visits.types import ACTIVE

SPARE = 6
"""Empty lines beyond the free places of a session."""
MOST = 30


@require_GET
def book(request: Request, on: date) -> HttpResponse:
    """Show the paper book; every session begins on a page of its own in print."""
    slots = selectors.sessions_on(on, by=request.actor)
    filters = selectors.Filters(on, on + timedelta(days=1))
    visits = selectors.visits(filters, by=request.actor).filter(
        institution_id=request.actor.institution_id, status__in=ACTIVE
    )
    expected = list(visits.order_by("starts_at", "prisoner__number"))
    pages = [
        (
            slot,
            [v for v in expected if slot.session_id == v.session_id is not None],
            range(min(slot.open_free + slot.closed_free + SPARE, MOST)),
        )
        for slot in slots
        if slot.usable
    ]
    context = {
        "on": on,
        "pages": pages,
        "others": [v for v in expected if v.session_id is None],
        "spare": range(SPARE),
    }
    return render(request, "visits/paper_book.html", context)
