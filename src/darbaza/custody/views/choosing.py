"""Choose a person or a prisoner first: works without a script and without a mouse."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from darbaza.accounts.types import Actor
from darbaza.custody import selectors
from darbaza.kernel.errors import NotFound
from darbaza.pages.forms import Form
from darbaza.pages.requests import Request
from darbaza.persons import selectors as persons
from darbaza.sites import selectors as sites


def key(request: Request, name: str) -> UUID | None:
    """Return the key chosen in the address, or None where nobody is chosen yet.

    Raises:
        NotFound: The address holds something else.
    """
    chosen = request.GET.get(name, "")
    if not chosen:
        return None
    try:
        return UUID(chosen)
    except ValueError:
        raise NotFound(name) from None


def person(request: Request, **context: Any) -> HttpResponse:
    """Let the actor look for a person; each hit leads back with ``?person=``."""
    return _choose(request, people=True, **context)


def prisoner(request: Request, **context: Any) -> HttpResponse:
    """Let the actor look for a prisoner; each hit leads back with ``?prisoner=``."""
    return _choose(request, prisoners=True, **context)


def either(request: Request, **context: Any) -> HttpResponse:
    """Let the actor look for a person or a prisoner."""
    return _choose(request, people=True, prisoners=True, **context)


def cells(form: Form, actor: Actor) -> None:
    """Offer the open cells of the actor's institution."""
    rows = sites.cells(actor.institution_id, by=actor)
    choices = [(str(cell.pk), f"{cell.block}-{cell.code}") for cell in rows]
    form.fields["cell"].choices = [("", "–"), *choices]  # type: ignore[attr-defined]


def _choose(request: Request, **context: Any) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:120]
    actor = request.actor
    if text and context.get("people"):
        context["people_found"] = persons.search(text, by=actor)
    if text and context.get("prisoners"):
        context["prisoners_found"] = selectors.search(text, by=actor)
    context["asked"] = text
    return render(request, "custody/choose.html", context)
