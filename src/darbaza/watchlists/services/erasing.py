"""Retention: what is past its day is erased, and that it was is on record."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Invalid
from darbaza.watchlists import events, policies
from darbaza.watchlists.models import (
    Entry,
    Judgement,
    Likeness,
    Sighting,
    Version,
    WatchList,
)
from darbaza.watchlists.services.making import own

OVER = "past its date"


@requires(Permission.WATCHLIST_MANAGE)
@transaction.atomic
def erase(list_id: UUID, reason: str, *, by: Actor, at: datetime) -> WatchList:
    """Erase the people of a list and what was decided about them; the list's row stays.

    Raises:
        NotFound: There is no such list.
        Forbidden: It belongs to another institution.
        Conflict: It was erased before.
        Invalid: No reason.
    """
    if not reason.strip():
        raise Invalid("say_why", field="reason")
    return _erase(own(list_id, by=by), reason.strip(), by=by, at=at)


@requires(Permission.WATCHLIST_MANAGE)
@transaction.atomic
def expire(*, by: Actor, at: datetime) -> tuple[int, int]:
    """Erase lists past their day, and entries that left a list a year ago.

    Returns:
        How many lists and how many further entries were erased.
    """
    over = WatchList.objects.select_for_update().filter(
        erased_at=None, kept_until__lte=localdate(at)
    )
    lists = [_erase(row, OVER, by=by, at=at) for row in over]
    old = Entry.objects.filter(closed_at__lte=at - policies.LEFT_KEPT)
    entries = old.count()
    if entries:
        _forget(old)
        facts = {"entries": entries, "reason": "left_a_year_ago"}
        audit.record(events.ERASED, target=None, by=by, at=at, **facts)
    return len(lists), entries


def _erase(row: WatchList, reason: str, *, by: Actor, at: datetime) -> WatchList:
    entries = Entry.objects.filter(watchlist=row)
    count = entries.count()
    _forget(entries)
    Version.objects.filter(watchlist=row).update(
        data=None, problems=[], file_name="-", status=Version.Status.DROPPED
    )
    row.erased_at, row.erased_by, row.erase_reason = at, by.name, reason[:300]
    row.save(update_fields=["erased_at", "erased_by", "erase_reason"])
    audit.record(events.ERASED, target=row, by=by, at=at, entries=count)
    return row


def _forget(entries: "QuerySet[Entry]") -> None:
    """Delete entries with everything that was found and decided through them."""
    pairs = Likeness.objects.filter(entry__in=entries)
    Judgement.objects.filter(likeness__in=pairs).delete()
    Sighting.objects.filter(likeness__in=pairs).delete()
    pairs.delete()
    entries.delete()
