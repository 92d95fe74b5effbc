"""Opening a prisoner's page is itself an event."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import selectors as record
from darbaza.audit import services as audit
from darbaza.custody import events

ONCE_IN = timedelta(minutes=15)
"""Reloading a page is not reading it again."""


@requires(Permission.PRISONER_SEE)
@transaction.atomic
def note_reading(prisoner_id: UUID, *, by: Actor, at: datetime) -> None:
    """Write down that the actor opened a file, once in a quarter of an hour."""
    before = record.history(prisoner_id, institutions=[by.institution_id])
    recent = before.filter(type=events.READ.code, actor_id=by.id, at__gt=at - ONCE_IN)
    if not recent.exists():
        target = ("prisoner", str(prisoner_id))
        audit.record(events.READ, target=target, by=by, at=at)
