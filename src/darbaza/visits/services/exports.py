"""Lists that leave the house: who took them, when, and how they were narrowed."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.visits import events, selectors
from darbaza.visits.models import Visit
from darbaza.visits.selectors import Filters


@requires(Permission.VISIT_EXPORT)
@transaction.atomic
def export(
    filters: Filters, *, query: str = "", kind: str, by: Actor, at: datetime
) -> QuerySet[Visit]:
    """Return the visits of a list for a file, and record that it was taken."""
    rows = selectors.visits(filters, by=by)
    if query:
        rows = selectors.found(rows, query, by=by)
    narrowed = {k: str(v) for k, v in asdict(filters).items() if v}
    audit.record(
        events.EXPORTED,
        target=None,
        by=by,
        at=at,
        format=kind,
        rows=rows.count(),
        filters=narrowed,
    )
    return rows
