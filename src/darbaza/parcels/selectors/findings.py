"""Findings: lists, one, and what a prisoner or a person has of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.kernel.errors import NotFound
from darbaza.parcels.chain import Where
from darbaza.parcels.models import Finding, Step
from darbaza.persons import selectors as persons


@dataclass(frozen=True, slots=True)
class FindingFilters:
    """What the list of findings is narrowed to; ``last`` is excluded."""

    first: datetime | None = None
    last: datetime | None = None
    offence: str = ""
    where: str = ""


@requires(Permission.FINDING_SEE)
def findings(filters: FindingFilters, *, by: Actor) -> QuerySet[Finding]:
    """Return the findings of the institutions that the actor sees, newest first."""
    rows = Finding.objects.filter(institution_id__in=by.sees)
    if filters.first:
        rows = rows.filter(at__gte=filters.first)
    if filters.last:
        rows = rows.filter(at__lt=filters.last)
    if filters.offence:
        rows = rows.filter(offence=filters.offence)
    if filters.where:
        rows = rows.filter(bag__where=filters.where)
    return _with_all(rows).order_by("-at", "-id")


@requires(Permission.FINDING_SEE)
def found_by(rows: QuerySet[Finding], text: str, *, by: Actor) -> QuerySet[Finding]:
    """Narrow findings by protocol, seal, label, words, or a name in any script."""
    if not text.strip():
        return rows
    people = [hit.person_id for hit in persons.search(text, by=by)]
    named = Q(person_id__in=people)
    words = Q()
    for word in text.split():
        words &= (
            Q(protocol__icontains=word)
            | Q(person_name__icontains=word)
            | Q(description__icontains=word)
            | Q(bag__seal__icontains=word)
            | Q(bag__label__iexact=word)
        )
    return rows.filter(named | words)


@requires(Permission.FINDING_SEE)
def finding(finding_id: UUID, *, by: Actor) -> Finding:
    """Return one finding with its bag.

    Raises:
        NotFound: No such finding for this actor.
    """
    rows = Finding.objects.filter(pk=finding_id, institution_id__in=by.sees)
    found = _with_all(rows).first()
    if found is None:
        raise NotFound("finding")
    return found


@requires(Permission.PARCEL_SEE)
def seized_by_hand(bag_id: UUID, *, by: Actor) -> str:
    """Return the protocol or order under which a bag is seized without a finding.

    Empty where it is not seized, or a finding seized it.
    """
    steps = Step.objects.filter(bag_id=bag_id, institution_id__in=by.sees)
    newest = steps.order_by("at", "id").last()
    if newest is None or newest.to != Where.SEIZED:
        return ""
    named = Finding.objects.filter(bag_id=bag_id, protocol=newest.order)
    return "" if named.exists() else newest.order


def _with_all(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    return rows.select_related(
        "institution", "bag", "person", "prisoner__person", "sending", "search"
    )
