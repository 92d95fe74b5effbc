"""Visits, one and many: the day list, one visit with everything, head counts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import selectors as record
from darbaza.kernel.errors import NotFound
from darbaza.persons import selectors as persons
from darbaza.visits.models import Call, Visit, Visitor
from darbaza.visits.selectors.slots import DAY, midnight

MEANT = 100
"""So many people at most may be meant by a name that narrows a list."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of visits is narrowed to; an empty value does not narrow."""

    first: date | None = None
    last: date | None = None
    """The day after the last."""
    status: str = ""
    kind: str = ""
    session_id: UUID | None = None
    block_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class HeadCount:
    """Who must be in the room before its doors open."""

    visits: int
    visitors: int
    children: int
    prisoners: int
    missing_prisoners: int
    """Visits with visitors inside whose prisoner is not in the room."""


@requires(Permission.VISIT_SEE)
def visits(filters: Filters, *, by: Actor) -> QuerySet[Visit]:
    """Return visits of the institutions that the actor sees, with all they show."""
    rows = Visit.objects.filter(institution_id__in=by.sees)
    if filters.first:
        rows = rows.filter(starts_at__gte=midnight(filters.first))
    if filters.last:
        rows = rows.filter(starts_at__lt=midnight(filters.last))
    for name, value in (
        ("status", filters.status),
        ("kind", filters.kind),
        ("session_id", filters.session_id),
        ("prisoner__block_id", filters.block_id),
    ):
        if value:
            rows = rows.filter(**{name: value})
    return _with_all(rows)


@requires(Permission.VISIT_SEE)
def found(rows: QuerySet[Visit], text: str, *, by: Actor) -> QuerySet[Visit]:
    """Narrow visits to those that a word finds: name, reference, number, pass.

    Names are found as they begin, and as ``persons`` finds them: in either script,
    in any order, with a slip.
    """
    words = Q()
    for word in text.split()[:5]:
        words &= _word(word)
    people = [hit.person_id for hit in persons.search(text, by=by, limit=MEANT)]
    if people:
        visitors = Visitor.objects.filter(person_id__in=people)
        words |= Q(prisoner__person_id__in=people)
        words |= Q(pk__in=visitors.values("visit_id"))
    return rows.filter(words, institution_id__in=by.sees)


def _word(word: str) -> Q:
    lead = Visitor.objects.filter(
        Q(person__surname__istartswith=word)
        | Q(person__surname__istartswith=word.capitalize())
        | Q(person__given_names__istartswith=word)
        | Q(person__given_names__istartswith=word.capitalize())
        | Q(person__surname_latin__istartswith=word)
        | Q(person__given_names_latin__istartswith=word)
        | Q(passes__number=word.upper())
    )
    reference = word.upper()
    if "-" not in reference and len(reference) == 7:
        reference = f"{reference[:3]}-{reference[3:]}"
    return (
        Q(reference=reference)
        | Q(prisoner__number__iexact=word)
        | Q(prisoner__person__surname__istartswith=word)
        | Q(prisoner__person__surname__istartswith=word.capitalize())
        | Q(pk__in=lead.values("visit_id"))
    )


@requires(Permission.VISIT_SEE)
def visit(visit_id: UUID, *, by: Actor) -> Visit:
    """Return one visit with all it shows.

    Raises:
        NotFound: Not for this actor.
    """
    rows = Visit.objects.filter(pk=visit_id, institution_id__in=by.sees)
    one = _with_all(rows).first()
    if one is None:
        raise NotFound
    return one


@requires(Permission.VISIT_SEE)
def of_request(request_id: str, *, by: Actor) -> Visit | None:
    """Return the visit that a form already made, None for a new or broken id."""
    try:
        key = UUID(request_id)
    except ValueError:
        return None
    return Visit.objects.filter(request_id=key, institution_id__in=by.sees).first()


@requires(Permission.VISIT_SEE)
def history(visit_id: UUID, *, by: Actor) -> list[Any]:
    """Return what the record says about one visit, newest first."""
    return list(record.history(visit_id, institutions=by.sees))


@requires(Permission.VISIT_SEE)
def missed_visits(*, before: datetime, by: Actor) -> QuerySet[Visit]:
    """Return open visits whose time ended before a moment and nobody came."""
    return Visit.objects.filter(
        institution_id=by.institution_id,
        status__in=[Visit.Status.BOOKED, Visit.Status.REGISTERED],
        ends_at__lt=before,
    ).order_by("starts_at")


@requires(Permission.VISIT_SEE)
def conflicts(*, by: Actor) -> QuerySet[Visit]:
    """Return later entries from paper with a conflict nobody has looked into."""
    rows = Visit.objects.filter(
        institution_id__in=by.sees,
        source=Visit.Source.PAPER,
        pk__in=Visitor.objects.filter(effect="block").values("visit_id"),
    )
    return _with_all(rows).order_by("-entered_at")


@requires(Permission.VISIT_SEE)
def call_list(day: date, *, block_id: UUID | None = None, by: Actor) -> QuerySet[Visit]:
    """Return the visits of a day to which prisoners are called, by block and time."""
    rows = Visit.objects.filter(
        institution_id=by.institution_id,
        starts_at__gte=midnight(day),
        starts_at__lt=midnight(day + DAY),
    ).filter(
        Q(status__in=[Visit.Status.REGISTERED, Visit.Status.INSIDE])
        | Q(call__isnull=False)
    )
    if block_id:
        rows = rows.filter(prisoner__block_id=block_id)
    return _with_all(rows).order_by(
        "prisoner__block__code", "starts_at", "prisoner__number"
    )


@requires(Permission.VISIT_SEE)
def head_count(session_id: UUID, *, by: Actor) -> HeadCount:
    """Count visitors inside and prisoners brought for one session.

    Counted from the rows, so that it can be compared with the people in the room.
    """
    here = Visitor.objects.filter(
        visit__session_id=session_id,
        institution_id__in=by.sees,
        status=Visitor.Status.INSIDE,
    )
    counts = here.aggregate(
        visits=Count("visit_id", distinct=True),
        visitors=Count("id"),
        children=Count("id", filter=Q(part=Visitor.Part.CHILD)),
    )
    brought = Call.objects.filter(
        visit__session_id=session_id,
        institution_id__in=by.sees,
        brought_at__isnull=False,
        returned_at=None,
    )
    waiting = here.exclude(visit_id__in=brought.values("visit_id"))
    return HeadCount(
        **counts,
        prisoners=brought.count(),
        missing_prisoners=waiting.values("visit_id").distinct().count(),
    )


def _with_all(rows: QuerySet[Visit]) -> QuerySet[Visit]:
    people = Visitor.objects.select_related("person", "document").order_by("part", "id")
    return rows.select_related(
        "prisoner__person", "prisoner__block", "session__room", "seat", "call"
    ).prefetch_related(Prefetch("visitors", queryset=people))
