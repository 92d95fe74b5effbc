"""What a prisoner's page shows of this room."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from darbaza.accounts.permissions import Permission
from darbaza.accounts.types import Actor
from darbaza.appointments import selectors
from darbaza.custody import types as custody


def of_prisoner(prisoner_id: UUID, by: Actor) -> dict[str, Any] | None:
    """Return the codes in force and the appointments to come."""
    if not by.may(Permission.APPOINTMENT_SEE):
        return None
    now = timezone.now()
    today = timezone.localdate(now)
    rows = selectors.appointments(by=by).filter(
        prisoner_id=prisoner_id, status="booked", arrives_at__gt=now
    )
    return {
        "prisoner_id": prisoner_id,
        "codes": selectors.accesses(prisoner_id=prisoner_id, on=today, by=by).count(),
        "appointments": rows.order_by("arrives_at")[:5],
        "may_give": by.may(Permission.CODE_GIVE),
    }


custody.Panel("appointments", 12, "appointments/_of_prisoner.html", of_prisoner)
