"""What a prisoner's page shows of this room."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from darbaza.accounts.permissions import Permission
from darbaza.accounts.types import Actor
from darbaza.custody.types import Panel
from darbaza.entitlements import selectors
from darbaza.entitlements.models import Quota


def allowances(prisoner_id: UUID, by: Actor) -> dict[str, Any] | None:
    """Return what is left of every kind today."""
    if not by.may(Permission.ALLOWANCE_SEE):
        return None
    figures = selectors.balances(prisoner_id, timezone.localdate(), by=by)
    shown = [(Quota.Kind(kind).label, balance) for kind, balance in figures.items()]
    return {"prisoner_id": prisoner_id, "balances": shown}


Panel("entitlements", 20, "entitlements/_prisoner.html", allowances)
