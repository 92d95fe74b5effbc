"""A new version beside the entries in force: what is new, what changed, what left."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from uuid import UUID

from darbaza.watchlists import policies
from darbaza.watchlists.models import Entry, Version
from darbaza.watchlists.types import Listed

TOGETHER = 500


def apply(version: Version, entries: Iterable[Listed], *, at: datetime) -> bool:
    """Bring the entries of a list to a version; tell whether anything changed.

    The version's figures are filled in, not saved. What left is closed, never deleted.
    """
    rows = Entry.objects.filter(watchlist_id=version.watchlist_id, closed_at=None)
    left = {ref: (key, facts) for key, ref, facts in
            rows.values_list("pk", "reference", "facts")}  # fmt: skip
    fresh, changed, blind = [], [], 0
    for listed in entries:
        blind += not listed.can_be_found
        key, facts = left.pop(listed.reference, (None, ""))
        now = policies.facts(listed)
        if facts == now:
            continue
        if key:
            changed.append(key)
        fresh.append(_row(version, listed, now, at))
    version.added, version.changed = len(fresh) - len(changed), len(changed)
    version.left, version.blind = len(left), blind
    closed = [*changed, *(key for key, _facts in left.values())]
    if not closed and not fresh:
        return False
    version.save()
    for some in _together(closed):
        Entry.objects.filter(pk__in=some).update(closed_at=at, closed_by=version)
    Entry.objects.bulk_create(fresh, batch_size=TOGETHER)
    return True


def _row(version: Version, listed: Listed, facts: str, at: datetime) -> Entry:
    return Entry(
        institution_id=version.institution_id,
        watchlist_id=version.watchlist_id,
        reference=listed.reference,
        names=list(listed.names),
        births=[str(one) for one in listed.births],
        sex=listed.sex,
        papers=[[p.number, p.kind, p.issuer] for p in listed.papers],
        personal_number=listed.personal_number,
        remark=listed.remark,
        listed_on=listed.listed_on,
        facts=facts,
        opened_by=version,
        opened_at=at,
    )


def _together(keys: list[UUID]) -> Iterator[list[UUID]]:
    rest = iter(keys)
    while some := list(islice(rest, TOGETHER)):
        yield some
