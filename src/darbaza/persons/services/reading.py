"""Opening somebody's page is itself an event."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import selectors as record
from darbaza.audit import services as audit
from darbaza.kernel.db import Prepared
from darbaza.persons import events

ONCE_IN = timedelta(minutes=15)
"""Reloading a page is not reading it again."""


@requires(Permission.PERSON_SEE)
def note_reading(person_id: UUID, *, by: Actor, at: datetime) -> None:
    """Write down that the actor opened a page, once in a quarter of an hour.

    Two at the same moment may both write it: one too many is better than a lock for
    every reload.
    """
    asked = {"target": str(person_id), "here": by.institution_id, "actor": by.id}
    if not _read(**asked, since=at - ONCE_IN):
        with transaction.atomic():
            target = ("person", str(person_id))
            audit.record(events.READ, target=target, by=by, at=at)


_read = Prepared(
    lambda target, here, actor, since: (
        record.history(target, institutions=[here])
        .filter(type=events.READ.code, actor_id=actor, at__gt=since)
        .values_list("seq")[:1]
    )
)
