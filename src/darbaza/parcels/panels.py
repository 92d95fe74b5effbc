"""Searches and earlier attempts, on the page of a person."""

from typing import Any
from uuid import UUID

from darbaza.accounts.permissions import Permission
from darbaza.accounts.types import Actor
from darbaza.parcels import selectors
from darbaza.parcels.views import seeing
from darbaza.persons.types import Panel

SHOWN = 5


def of_person(person_id: UUID, by: Actor) -> dict[str, Any] | None:
    """Return the person's searches here, and attempts in any prison."""
    if not by.may(Permission.FINDING_SEE):
        return None
    attempts = selectors.earlier_attempts(person_id, by=by)
    return {
        "person_id": person_id,
        "attempts": seeing.shown(attempts, by=by),
        "searches": selectors.searches_of(person_id, by=by)[:SHOWN],
        "may_search": by.may(Permission.PARCEL_INSPECT),
    }


Panel("parcels_inspection", 40, "parcels/_inspection_of_person.html", of_person)
