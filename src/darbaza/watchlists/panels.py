"""What the page of a person shows of this room."""

from typing import Any
from uuid import UUID

from darbaza.accounts.permissions import Permission
from darbaza.accounts.types import Actor
from darbaza.persons.types import Panel
from darbaza.watchlists import selectors


def of_person(person_id: UUID, by: Actor) -> dict[str, Any] | None:
    """Return the person's likenesses; to nobody but those who judge them."""
    if not by.may(Permission.WATCHLIST_JUDGE):
        return None
    rows = selectors.of_person(person_id, by=by)
    return {"likenesses": rows} if rows else None


Panel("watchlists", 5, "watchlists/_of_person.html", of_person)
