"""Refusals, complaints and overrides: what headquarters and inspectors look at."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.kernel.errors import NotFound
from darbaza.visits.models import Override, Refusal
from darbaza.visits.selectors.slots import midnight


@dataclass(frozen=True, slots=True)
class Tally:
    """How often somebody, or something, was set aside."""

    label: str
    count: int


@requires(Permission.OVERRIDE_SEE)
def overrides(
    first: date, last: date, *, officer: str = "", code: str = "", by: Actor
) -> QuerySet[Override]:
    """Return the overrides of a period (``last`` excluded), newest first."""
    rows = Override.objects.filter(
        institution_id__in=by.sees, at__gte=midnight(first), at__lt=midnight(last)
    )
    if officer:
        rows = rows.filter(by_name=officer)
    if code:
        rows = rows.filter(code=code)
    return rows.select_related(
        "institution", "visit__prisoner__person", "visitor__person"
    ).order_by("-at")


@requires(Permission.OVERRIDE_SEE)
def override_tallies(first: date, last: date, *, by: Actor) -> dict[str, list[Tally]]:
    """Return the overrides of a period counted by officer and by ground."""
    rows = overrides(first, last, by=by)
    return {
        name: [
            Tally(label, count)
            for label, count in rows.order_by()
            .values_list(column)
            .annotate(times=Count("id"))
            .order_by("-times", column)
        ]
        for name, column in (("officer", "by_name"), ("code", "code"))
    }


@requires(Permission.VISIT_SEE)
def refusals(
    first: date | None = None, last: date | None = None, *, by: Actor
) -> QuerySet[Refusal]:
    """Return refusals, newest first; ``last`` is excluded."""
    rows = Refusal.objects.filter(institution_id__in=by.sees)
    if first:
        rows = rows.filter(at__gte=midnight(first))
    if last:
        rows = rows.filter(at__lt=midnight(last))
    return _with_all(rows).order_by("-at")


@requires(Permission.VISIT_SEE)
def complaints(*, state: str = "open", on: date, by: Actor) -> QuerySet[Refusal]:
    """Return complaints, the one due first on top.

    Args:
        state: open, overdue, answered, or all.
        on: Today, which says what is overdue.
        by: Who looks.
    """
    rows = Refusal.objects.filter(
        institution_id__in=by.sees, complained_at__isnull=False
    )
    narrowed = {
        "open": Q(answered_at=None),
        "overdue": Q(answered_at=None, answer_due_on__lt=on),
        "answered": Q(answered_at__isnull=False),
    }
    return _with_all(rows.filter(narrowed.get(state, Q()))).order_by(
        "answer_due_on", "number"
    )


@requires(Permission.VISIT_SEE)
def refusal(refusal_id: UUID, *, by: Actor) -> Refusal:
    """Return one refusal.

    Raises:
        NotFound: Not for this actor.
    """
    rows = Refusal.objects.filter(pk=refusal_id, institution_id__in=by.sees)
    found = _with_all(rows).first()
    if found is None:
        raise NotFound
    return found


@requires(Permission.VISIT_SEE)
def refusal_by_number(number: str, *, by: Actor) -> Refusal:
    """Return the refusal with the number that stands on the family's paper.

    Raises:
        NotFound: Not for this actor.
    """
    wanted = number.strip().upper()
    if "-" not in wanted:
        wanted = f"{wanted[:3]}-{wanted[3:]}"
    rows = Refusal.objects.filter(number=wanted, institution_id__in=by.sees)
    found = _with_all(rows).first()
    if found is None:
        raise NotFound
    return found


def _with_all(rows: QuerySet[Refusal]) -> QuerySet[Refusal]:
    return rows.select_related("institution", "person", "prisoner__person", "visit")
