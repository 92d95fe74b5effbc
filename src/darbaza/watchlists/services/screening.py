"""Compare people with the lists: one at the desk, everybody after a list changed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import NotFound
from darbaza.persons import selectors as persons
from darbaza.watchlists import banned, events, index, people, raising
from darbaza.watchlists.models import Screening, Version
from darbaza.watchlists.raising import Where

CHUNK = 50


@requires(Permission.GATE_DESK)
@transaction.atomic
def screen(person_id: UUID, *, by: Actor, at: datetime) -> None:
    """Compare somebody at the desk with every list and every ban.

    What is found is kept for those who judge it. It never refuses anybody.
    """
    on = localdate(at)
    banned.bring_up_to_date(by=by, at=at)
    where = Where("desk", by.institution_id, by, at)
    for one in people.of([person_id], by=people.everywhere(by.institution_id)):
        raising.keep(one.id, index.find(one, on=on), where)


@requires(Permission.WATCHLIST_MANAGE)
@transaction.atomic
def begin(*, by: Actor, at: datetime) -> Screening:
    """Begin to compare everybody on record; one walk at a time."""
    return begin_walk(None, by=by, at=at)


def begin_walk(version: Version | None, *, by: Actor, at: datetime) -> Screening:
    """Begin a walk; one that has not ended begins anew, for the list changed again."""
    banned.bring_up_to_date(by=by, at=at)
    for going in Screening.objects.select_for_update().filter(finished_at=None):
        going.finished_at = at
        going.save(update_fields=["finished_at"])
    everybody = persons.everybody(by=people.everywhere(by.institution_id))
    return Screening.objects.create(
        institution_id=by.institution_id,
        why=version,
        total=everybody.count(),
        walker={"id": str(by.id), "name": by.name},
        started_at=at,
        started_by=by.name,
        stepped_at=at,
    )


@requires(Permission.WATCHLIST_MANAGE)
def walk(screening_id: UUID, *, by: Actor, at: datetime) -> bool:
    """Compare the next people; tell whether there are more.

    Comparing is outside the transaction: the gate never waits for it.

    Raises:
        NotFound: There is no such screening.
    """
    going = Screening.objects.filter(pk=screening_id).first()
    if going is None:
        raise NotFound("screening")
    if going.finished_at:
        return False
    on, seeing = localdate(at), people.everywhere(going.institution_id)
    some = people.after(going.after, CHUNK, by=seeing)
    found = [(one, place, index.find(one, on=on)) for one, place in some]
    with transaction.atomic():
        row = Screening.objects.select_for_update().get(pk=going.pk)
        if row.finished_at or row.after != going.after:
            return not row.finished_at
        for one, place, hits in found:
            row.raised += raising.keep(one.id, hits, Where("list", place, by, at))
        _step(row, [one.id for one, _place in some], by=by, at=at)
    return bool(some)


def _step(row: Screening, done: list[UUID], *, by: Actor, at: datetime) -> None:
    row.done, row.stepped_at = row.done + len(done), at
    if done:
        row.after = done[-1]
    else:
        row.finished_at = at
        facts = {"people": row.done, "raised": row.raised}
        audit.record(events.SCREENED, target=row, by=by, at=at, **facts)
    row.save()
