"""Papers that leave the house are counted."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import selectors as record
from darbaza.audit import services as audit
from darbaza.kernel.errors import NotFound
from darbaza.visits import events
from darbaza.visits.models import Refusal


@requires(Permission.VISIT_REGISTER)
@transaction.atomic
def note_refusal_printed(
    refusal_id: UUID, language: str, *, by: Actor, at: datetime
) -> int:
    """Record a print of a refusal; return which copy it is, 1 for the first.

    Raises:
        NotFound: No such refusal in the actor's institution.
    """
    audit.lock(by.institution_id)
    rows = Refusal.objects.filter(pk=refusal_id, institution_id=by.institution_id)
    row = rows.first()
    if row is None:
        raise NotFound
    if row.printed_at is None:
        row.printed_at = at
        row.save(update_fields=["printed_at"])
    earlier = record.history(row.pk, institutions={by.institution_id})
    copy = earlier.filter(type=events.REFUSAL_PRINTED.code).count() + 1
    audit.record(
        events.REFUSAL_PRINTED, target=row, by=by, at=at,
        number=row.number, language=language, copy=copy,
    )  # fmt: skip
    return copy
