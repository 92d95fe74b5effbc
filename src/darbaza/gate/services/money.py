"""Money that somebody brings to the window: told where to pay, never taken."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import selectors as record
from darbaza.audit import services as audit
from darbaza.gate import events


@requires(Permission.GATE_DESK)
@transaction.atomic
def note_money(*, request_id: UUID, by: Actor, at: datetime) -> None:
    """Record that money was brought and not taken: no amount, no name.

    The same request again is one event.
    """
    audit.lock(by.institution_id)
    here = {by.institution_id}
    if not record.history(request_id, institutions=here).exists():
        target = ("money", str(request_id))
        audit.record(events.MONEY_BROUGHT, target=target, by=by, at=at)
