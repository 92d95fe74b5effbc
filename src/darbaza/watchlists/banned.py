"""The bans of every prison as one list, brought up to date before it is searched.

A ban holds for the record of a person. Whoever comes with another document may get a
second record; the likeness of the two is what this list finds.
"""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max
from django.utils.timezone import localdate

from darbaza.accounts.types import Actor
from darbaza.watchlists import people, versions
from darbaza.watchlists.models import Version, WatchList

_known: list[object] = []
"""The stamp of the bans, and of whom they hold for, that this process saw last."""


def bring_up_to_date(*, by: Actor, at: datetime) -> None:
    """Put the bans in force now into their list; nothing where nothing changed.

    A banned person's name that was corrected, and a document added, count at once.
    """
    on, seeing = localdate(at), people.everywhere(by.institution_id)
    rows = people.bans(on, by=seeing).order_by()
    sums = rows.aggregate(
        count=Count("pk", distinct=True),
        newest=Max("recorded_at"),
        corrected=Max("person__named_at"),
        papers=Count("person__documents", distinct=True),
    )
    stamp = (on, *sums.values())
    if _known == [stamp]:
        return
    if sums["count"] or WatchList.objects.filter(kind="bans").exists():
        _load(by.institution_id, seeing, at=at)
    transaction.on_commit(lambda: _remember(stamp))


def _load(institution_id: UUID, seeing: Actor, *, at: datetime) -> None:
    row = _list(institution_id, at=at)
    entries = list(people.banned(localdate(at), by=seeing))
    told = "".join(f"{one}" for one in entries)
    version = Version(
        institution_id=institution_id,
        watchlist=row,
        status=Version.Status.LOADED,
        number=row.versions.count() + 1,
        file_name="-",
        digest=sha256(told.encode()).hexdigest(),
        published_on=localdate(at),
        loaded_at=at,
        loaded_by=people.NAME,
    )
    versions.apply(version, entries, at=at)


def _list(institution_id: UUID, *, at: datetime) -> WatchList:
    """Return the one list of bans, locked; made at the first ban."""
    row, _made = WatchList.objects.select_for_update().get_or_create(
        kind=WatchList.Kind.BANS,
        defaults={
            "institution_id": institution_id,
            "name": "Bans of every prison",
            "source": "Restrictions of the register",
            "owner": "Prison service",
            "purpose": "A banned person is found with another document",
            "made_at": at,
            "made_by": people.NAME,
        },
    )
    return row


def _remember(stamp: object) -> None:
    _known[:] = [stamp]
