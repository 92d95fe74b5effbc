"""Bags as the inspection sees them: what waits, one bag whole, pictures, gaps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.kernel import ids
from darbaza.kernel.db import Prepared
from darbaza.kernel.errors import NotFound
from darbaza.parcels import chain
from darbaza.parcels.chain import ENDS, Gap, Where
from darbaza.parcels.models import Bag, Picture, Search, Step

WAITING_PICTURES = 12
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
# A reader types the keys of a US keyboard; a Russian or Kyrgyz layout gives these.
_KEYS = str.maketrans("ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ", "QWERTYUIOPASDFGHJKLZXCVBNM")


@dataclass(frozen=True, slots=True)
class Gapped:
    """A bag with one gap of its chain."""

    bag: Bag
    step: Step
    gap: Gap


def label_of(text: str) -> str:
    """Return the number of a label as scanned or typed, under any layout."""
    typed = "".join(c for c in text[:80].upper() if c.isalnum())
    latin = typed.translate(_KEYS).translate(_READ_AS)
    return "".join(c for c in latin if c in ids.ALPHABET)


@requires(Permission.PARCEL_SEE)
def waiting(*, by: Actor) -> QuerySet[Bag]:
    """Return the bags of this house that nobody has finished looking into, in order."""
    rows = _here(by).filter(where__in=[Where.COUNTER, Where.INSPECTION])
    return _listed(rows.exclude(part=Bag.Part.BACK)).order_by("since", "id")


@requires(Permission.PARCEL_SEE)
def to_give_back(*, by: Actor) -> QuerySet[Bag]:
    """Return the bags of this house that still wait to go back to their sender."""
    rows = _here(by).filter(part=Bag.Part.BACK, where__in=[Where.COUNTER, Where.HELD])
    return _listed(rows).order_by("since", "id")


@requires(Permission.PARCEL_SEE)
def by_label(text: str, *, by: Actor) -> Bag:
    """Return the bag with this label.

    Raises:
        NotFound: No bag that the actor sees has it (``bag_label_unknown``).
    """
    rows = _listed(Bag.objects.filter(institution_id__in=by.sees))
    found = rows.filter(label=label_of(text)).first()
    if found is None:
        raise NotFound("bag_label_unknown")
    return found


@requires(Permission.PARCEL_SEE)
def bag(bag_id: UUID, *, by: Actor) -> Bag:
    """Return one bag with its lines, steps, inspections and what it was opened for.

    Raises:
        NotFound: No such bag for this actor.
    """
    rows = _listed(Bag.objects.filter(pk=bag_id, institution_id__in=by.sees))
    found = rows.prefetch_related("steps", "inspections").first()
    if found is None:
        raise NotFound("bag")
    return found


@requires(Permission.PARCEL_SEE)
def pictures(bag_id: UUID, *, by: Actor) -> QuerySet[Picture]:
    """Return the pictures of a bag without their bytes, oldest first."""
    rows = Picture.objects.filter(bag_id=bag_id, institution_id__in=by.sees)
    return rows.defer("image").order_by("taken_at", "id")


@requires(Permission.PARCEL_INSPECT)
def waiting_pictures(*, by: Actor) -> list[Picture]:
    """Return the pictures of the device that no bag has yet, newest first."""
    rows = Picture.objects.filter(bag=None, institution_id=by.institution_id)
    return list(rows.defer("image").order_by("-taken_at", "-id")[:WAITING_PICTURES])


@requires(Permission.PARCEL_SEE)
def bag_picture(picture_id: UUID, *, by: Actor) -> Picture:
    """Return a picture with its bytes.

    Raises:
        NotFound: No such picture for this actor.
    """
    rows = Picture.objects.filter(pk=picture_id, institution_id__in=by.sees)
    found = rows.first()
    if found is None:
        raise NotFound("picture")
    return found


@requires(Permission.PARCEL_SEE)
def search(search_id: UUID, *, by: Actor) -> Search:
    """Return one search of a person.

    Raises:
        NotFound: No such search for this actor.
    """
    rows = Search.objects.filter(pk=search_id, institution_id__in=by.sees)
    found = rows.select_related("person").first()
    if found is None:
        raise NotFound("search")
    return found


@requires(Permission.PARCEL_SEE)
def searches_of(person_id: UUID, *, by: Actor) -> QuerySet[Search]:
    """Return the searches of a person in the actor's institutions, newest first."""
    rows = Search.objects.filter(person_id=person_id, institution_id__in=by.sees)
    return rows.order_by("-at", "-id")


@requires(Permission.PARCEL_SEE)
def without_consent(
    person_ids: Sequence[UUID], *, by: Actor, at: datetime
) -> frozenset[UUID]:
    """Return those whose last search of the day here ended without consent.

    They do not come in, and nothing else follows (rule 60); a later search with
    consent changes it.
    """
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    found = _searches_since(
        people=list(person_ids), here=by.institution_id, since=midnight
    )
    last: dict[UUID, str] = dict(found)
    return frozenset(p for p, r in last.items() if r == Search.Result.NO_CONSENT)


_searches_since = Prepared(
    lambda people, here, since: (
        Search.objects.filter(person_id__in=people, institution_id=here, at__gte=since)
        .order_by("at", "id")
        .values_list("person_id", "result")
    )
)


@requires(Permission.PARCEL_SEE)
def gaps(first: datetime, last: datetime, *, by: Actor) -> list[Gapped]:
    """Return every gap of the open bags, and of those that moved in a period.

    Args:
        first: From when; included.
        last: Until when; excluded.
        by: Who looks.
    """
    return [gapped for bag in _checked(first, last, by) for gapped in gapped_of(bag)]


@requires(Permission.PARCEL_SEE)
def checked(first: datetime, last: datetime, *, by: Actor) -> int:
    """Return how many chains ``gaps`` walks along."""
    return _checked(first, last, by).count()


def _checked(first: datetime, last: datetime, by: Actor) -> QuerySet[Bag]:
    rows = Bag.objects.filter(institution_id__in=by.sees)
    wanted = ~Q(where__in=[str(end) for end in ENDS])
    rows = rows.filter(wanted | Q(since__gte=first, since__lt=last))
    return _listed(rows).prefetch_related("steps").order_by("since", "id")


def gapped_of(bag: Bag) -> Iterator[Gapped]:
    """Yield the gaps of one bag with the steps in which they are."""
    rows = list(bag.steps.all())
    for gap in chain.gaps([chain.plain(row) for row in rows]):
        yield Gapped(bag, rows[gap.number], gap)


def _here(by: Actor) -> QuerySet[Bag]:
    return Bag.objects.filter(institution_id=by.institution_id)


def _listed(rows: QuerySet[Bag]) -> QuerySet[Bag]:
    return rows.select_related(
        "institution", "sending__prisoner__person", "sending__sender", "finding"
    ).prefetch_related("lines__item")
