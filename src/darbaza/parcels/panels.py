"""The last sendings and what is left of the allowance, on the page of a prisoner."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from darbaza.accounts.permissions import Permission
from darbaza.accounts.types import Actor
from darbaza.custody.types import Panel
from darbaza.entitlements import selectors as entitlements
from darbaza.parcels import selectors
from darbaza.parcels.selectors import Filters

SHOWN = 10
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


Panel("parcels", 15, "parcels/_of_prisoner.html", of_prisoner)
