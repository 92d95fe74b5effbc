"""Who is inside."""

from uuid import UUID

from django.db.models import QuerySet

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor, anyone_seeing
from darbaza.kernel.db import PreparedObjects
from darbaza.kernel.errors import NotFound
from darbaza.persons.types import NAME
from darbaza.visits.models import Visit, Visitor

SHOWN = 20


@requires(Permission.VISIT_SEE)
def visitors_inside(*, by: Actor) -> QuerySet[Visitor]:
    """Return the visitors who are inside the institution where the actor acts."""
    return Visitor.objects.filter(
        institution_id=by.institution_id, status=Visitor.Status.INSIDE
    )


@requires(Permission.VISIT_SEE)
def visitor(visitor_id: UUID, *, by: Actor) -> Visitor:
    """Return one visitor with person, photograph and visit.

    Raises:
        NotFound: Not in an institution that the actor sees.
    """
    rows = Visitor.objects.select_related("person", "visit", "photo")
    found = rows.filter(pk=visitor_id, institution_id__in=by.sees).first()
    if found is None:
        raise NotFound
    return found


@requires(Permission.VISIT_SEE)
def visitor_history(person_id: UUID, *, by: Actor) -> QuerySet[Visitor]:
    """Return a person's parts in visits, newest first, where the actor may look."""
    return (
        Visitor.objects.filter(person_id=person_id, institution_id__in=by.sees)
        .select_related("visit__prisoner__person", "visit__institution")
        .order_by("-id")
    )


@requires(Permission.VISIT_SEE)
def last_visits(person_id: UUID, *, by: Actor) -> list[Visitor]:
    """Return the newest 20 of ``visitor_history``, with what a page shows of them."""
    return _last_visits.all(person=person_id, sees=by.sees)


_SHOWN = (
    "status",
    *(f"visit__{name}" for name in ("reference", "kind", "status", "starts_at")),
    *(f"visit__institution__name_{code}" for code in ("ky", "ru", "en")),
    "visit__prisoner__number",
    *(f"visit__prisoner__person__{name}" for name in NAME),
)
_last_visits = PreparedObjects(
    lambda person, sees: visitor_history(person, by=anyone_seeing(sees)).only(*_SHOWN)[
        :SHOWN
    ]
)


@requires(Permission.VISIT_SEE)
def visits_of(prisoner_id: UUID, *, by: Actor) -> QuerySet[Visit]:
    """Return a prisoner's visits, latest first, where the actor may look."""
    return (
        Visit.objects.filter(prisoner_id=prisoner_id, institution_id__in=by.sees)
        .prefetch_related("visitors__person")
        .order_by("-starts_at")
    )
