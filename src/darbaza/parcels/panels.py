"""What the pages of a prisoner and of a person show of this room."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from darbaza.accounts.permissions import Permission
from darbaza.accounts.types import Actor
from darbaza.custody import types as custody
from darbaza.entitlements import selectors as entitlements
from darbaza.parcels import selectors
from darbaza.parcels.selectors import Filters
from darbaza.parcels.views import seeing
from darbaza.persons import types as persons

SHOWN, SEARCHES = 10, 5
KINDS = ("parcel", "packet")


def of_prisoner(prisoner_id: UUID, by: Actor) -> dict[str, Any] | None:
    """Return the prisoner's balance and last sendings in the actor's institutions."""
    if not by.may(Permission.PARCEL_SEE):
        return None
    rows = selectors.sendings(Filters(prisoner_id=prisoner_id), by=by)[:SHOWN]
    balances = {}
    if by.may(Permission.ALLOWANCE_SEE):
        found = entitlements.balances(prisoner_id, timezone.localdate(), by=by)
        balances = {kind: found[kind] for kind in KINDS}
    return {"sendings": rows, **balances}


custody.Panel("parcels", 15, "parcels/_of_prisoner.html", of_prisoner)


def of_person(person_id: UUID, by: Actor) -> dict[str, Any] | None:
    """Return the person's searches here, and attempts in any prison."""
    if not by.may(Permission.FINDING_SEE):
        return None
    attempts = selectors.earlier_attempts(person_id, by=by)
    return {
        "person_id": person_id,
        "attempts": seeing.shown(attempts, by=by),
        "searches": selectors.searches_of(person_id, by=by)[:SEARCHES],
        "may_search": by.may(Permission.PARCEL_INSPECT),
    }


persons.Panel("parcels_inspection", 40, "parcels/_inspection_of_person.html", of_person)
