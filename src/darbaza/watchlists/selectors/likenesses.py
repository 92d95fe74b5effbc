"""Likenesses of the actor's institutions: the queue, one pair, what was decided."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import selectors as audit
from darbaza.kernel.errors import NotFound
from darbaza.persons import selectors as persons
from darbaza.watchlists.models import Judgement, Likeness, Sighting
from darbaza.watchlists.types import Listed

TO_JUDGE = (Likeness.Status.OPEN, Likeness.Status.UNSURE)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the queue is narrowed to; ``status`` "waiting" is open and not sure yet."""

    q: str = ""
    status: str = ""
    list_id: UUID | None = None
    place: UUID | None = None


@requires(Permission.WATCHLIST_JUDGE)
def likenesses(filters: Filters, *, by: Actor) -> QuerySet[Likeness]:
    """Return the pairs that an institution of the actor has to do with."""
    rows = _mine(by)
    if filters.status == "waiting":
        rows = rows.filter(status__in=TO_JUDGE)
    elif filters.status:
        rows = rows.filter(status=filters.status)
    if filters.list_id:
        rows = rows.filter(watchlist_id=filters.list_id)
    if filters.place:
        rows = rows.filter(_seen_in([filters.place]))
    if filters.q.strip():
        named = [hit.person_id for hit in persons.search(filters.q, by=by, limit=100)]
        rows = rows.filter(person_id__in=named)
    return rows


@requires(Permission.WATCHLIST_JUDGE)
def likeness(likeness_id: UUID, *, by: Actor) -> Likeness:
    """Return one pair with list, entry and person.

    Raises:
        NotFound: No such pair for this actor.
    """
    found = _mine(by).filter(pk=likeness_id).first()
    if found is None:
        raise NotFound("likeness")
    return found


@requires(Permission.WATCHLIST_JUDGE)
def decisions(likeness_id: UUID, *, by: Actor) -> QuerySet[Judgement]:
    """Return what was decided on a pair, newest first."""
    pair = likeness(likeness_id, by=by)
    return pair.decisions.select_related("institution").order_by("-number")


@requires(Permission.WATCHLIST_JUDGE)
def places(likeness_id: UUID, *, by: Actor) -> QuerySet[Sighting]:
    """Return where a pair came up, earliest first."""
    pair = likeness(likeness_id, by=by)
    return pair.sightings.select_related("institution").order_by("seen_at", "pk")


@requires(Permission.WATCHLIST_JUDGE)
def record(likeness_id: UUID, *, by: Actor) -> list[Any]:
    """Return what the audit record says of a pair in the actor's institutions."""
    return audit.last_events(likeness_id, institutions=by.sees)


@requires(Permission.WATCHLIST_JUDGE)
def open_count(*, by: Actor) -> int:
    """Return how many pairs wait where the actor works."""
    here = Filters(status="waiting", place=by.institution_id)
    return likenesses(here, by=by).count()


@requires(Permission.WATCHLIST_JUDGE)
def listed_beside(person_id: UUID, *, by: Actor) -> list[tuple[Likeness, Listed]]:
    """Return what speaks for care about a person, with the entries beside it."""
    rows = _mine(by).filter(person_id=person_id)
    rows = rows.filter(status__in=(*TO_JUDGE, Likeness.Status.SAME))
    return [(row, row.entry.listed) for row in rows.order_by("-score", "pk")]


@requires(Permission.WATCHLIST_JUDGE)
def of_person(person_id: UUID, *, by: Actor) -> list[Likeness]:
    """Return every pair of a person, decided ones too, newest first."""
    return list(_mine(by).filter(person_id=person_id).order_by("-raised_at", "-pk"))


def _mine(by: Actor) -> QuerySet[Likeness]:
    rows = Likeness.objects.filter(_seen_in(by.sees))
    return rows.select_related("watchlist", "entry", "person", "institution")


def _seen_in(places: Any) -> Exists:
    seen = Sighting.objects.filter(likeness=OuterRef("pk"), institution_id__in=places)
    return Exists(seen)
