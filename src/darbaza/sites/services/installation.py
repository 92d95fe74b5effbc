"""Say once what this database is; refuse what belongs into the other kind.

These doors take no actor: they are asked before anybody exists, and by commands.
"""

from datetime import datetime

from django.db import transaction

from darbaza.accounts import types as accounts
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict
from darbaza.sites import events, selectors
from darbaza.sites.models import Installation, Institution


@transaction.atomic
def found_installation(*, demonstration: bool, at: datetime) -> Installation:
    """Say that this database is real, or a demonstration; for good.

    Saying the same again changes nothing.

    Raises:
        Conflict: ``installation_is_other``: it is the other kind already;
            ``installation_not_empty``: institutions were made before it was founded.
    """
    row = selectors.installation()
    if row is not None:
        if row.demonstration is not demonstration:
            raise Conflict("installation_is_other", demonstration=row.demonstration)
        return row
    if Institution.objects.exists():
        raise Conflict("installation_not_empty")
    row = Installation(demonstration=demonstration, created_at=at)
    row.save(force_insert=True)
    by = accounts.system("darbaza")
    facts = {"demonstration": demonstration}
    audit.record(events.INSTALLED, target=row, by=by, at=at, **facts)
    return row


def must_be_real() -> None:
    """Refuse to go on unless this database was founded as a real one.

    Raises:
        Conflict: ``installation_missing`` or ``installation_is_demonstration``.
    """
    if _row().demonstration:
        raise Conflict("installation_is_demonstration")


def must_be_demonstration() -> None:
    """Refuse to go on unless this database was founded as a demonstration.

    Raises:
        Conflict: ``installation_missing`` or ``installation_is_real``.
    """
    if not _row().demonstration:
        raise Conflict("installation_is_real")


def _row() -> Installation:
    row = selectors.installation()
    if row is None:
        raise Conflict("installation_missing")
    return row


found_installation.permission = None  # type: ignore[attr-defined]
must_be_real.permission = None  # type: ignore[attr-defined]
must_be_demonstration.permission = None  # type: ignore[attr-defined]
