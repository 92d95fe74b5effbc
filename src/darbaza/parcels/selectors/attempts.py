"""Earlier attempts of a person to pass what may not be passed, in any prison.

The law makes a second case with a telephone a crime, so every officer who finds
something must see the first. What is told are the facts of the finding, never to whom
it was to go: nobody learns here where a prisoner is held.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.entitlements import selectors as entitlements
from darbaza.kernel.db import Prepared
from darbaza.parcels import inspection
from darbaza.parcels.models import Finding
from darbaza.persons import names
from darbaza.persons import selectors as persons

SURE = 0.9
"""A name this alike is offered as perhaps the same person."""
HOW = ("person", "document", "name")
MOST_NAMES = 2_000
"""So many written names of posted sendings are compared, newest first."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One earlier finding, and how it was matched: person, document or name."""

    finding_id: UUID
    on: date
    institution_id: UUID
    institution: str
    protocol: str
    offence: str
    category: str
    name: str
    how: str

    @property
    def sure(self) -> bool:
        """Whether more than a name speaks for the same person."""
        return self.how != "name"

    def as_facts(self) -> dict[str, str]:
        """Return it as plain values, for the snapshot in a finding."""
        return {
            "finding": str(self.finding_id),
            "on": self.on.isoformat(),
            "institution_id": str(self.institution_id),
            "protocol": self.protocol,
            "offence": self.offence,
            "category": self.category,
            "name": self.name,
            "how": self.how,
        }


@requires(Permission.FINDING_SEE)
def attempts_of(
    person_id: UUID,
    *,
    by: Actor,  # noqa: ARG001 - read by the decorator
) -> int:
    """Return how many findings of any prison stand against this very record.

    For the desk, at every step; ``earlier_attempts`` also looks at papers and names.
    """
    return len(_standing(person=person_id))


_standing = Prepared(
    lambda person: Finding.objects.filter(
        person_id=person, withdrawn_at=None
    ).values_list("pk")
)


@requires(Permission.FINDING_SEE)
def earlier_attempts(
    person_id: UUID | None,
    numbers: Collection[str] = (),
    name: str = "",
    *,
    but: UUID | None = None,
    by: Actor,
) -> list[Attempt]:
    """Return earlier findings at this person in every institution, surest first.

    Args:
        person_id: The record of the person; None where only a name is known.
        numbers: Numbers of documents that were shown, beside those on record.
        name: The name as written, where there is no record.
        but: A finding that is left out: the one that is looked at.
        by: Who asks; they need not see the other institutions.
    """
    matched = _people(person_id, numbers, name, by)
    rows = Finding.objects.filter(withdrawn_at=None)
    if but:
        rows = rows.exclude(pk=but)
    found = [
        _attempt(row, matched[row.person_id])
        for row in _with_all(rows.filter(person_id__in=list(matched)))
    ]
    wanted = name or _name(person_id, by)
    found += _named(rows.filter(person=None), wanted)
    return sorted(found, key=lambda one: (HOW.index(one.how), -one.on.toordinal()))


def _people(
    person_id: UUID | None, numbers: Collection[str], name: str, by: Actor
) -> dict[Any, str]:
    """Return the records that may be this person, with how each was matched."""
    matched: dict[Any, str] = {}
    birth_on = None
    shown = {number for number in numbers if number}
    if person_id:
        own = persons.person(person_id, by=by)
        name, birth_on = name or own.name, own.birth_on
        shown |= {paper.number for paper in persons.documents(own.pk, by=by)}
        matched[own.pk] = "person"
    for number in sorted(shown):
        for hit in persons.by_document(number, by=by):
            matched.setdefault(hit.person_id, "document")
    for hit in persons.search(name, birth_on, by=by) if name else ():
        if hit.score >= SURE:
            matched.setdefault(hit.person_id, "name")
    return matched


def _name(person_id: UUID | None, by: Actor) -> str:
    return persons.person(person_id, by=by).name if person_id else ""


def _named(rows: Any, name: str) -> Iterable[Attempt]:
    """Yield findings at somebody of whom only a written name is known."""
    if not name:
        return
    wanted = names.fold(name)
    newest = _with_all(rows.exclude(person_name="")).order_by("-at")
    for row in newest[:MOST_NAMES]:
        if names.compare(wanted, row.person_name).score >= SURE:
            yield _attempt(row, "name")


def _with_all(rows: Any) -> Any:
    return rows.select_related("institution", "person").order_by("-at", "-id")


def _attempt(row: Finding, how: str) -> Attempt:
    return Attempt(
        finding_id=row.pk,
        on=timezone.localdate(row.at),
        institution_id=row.institution_id,
        institution=row.institution.name,
        protocol=row.protocol,
        offence=row.offence,
        category=row.category,
        name=row.person.name if row.person else row.person_name,
        how=how,
    )


@requires(Permission.RULE_SEE)
def law(offence: str, earlier: Iterable[Attempt], on: date, *, by: Actor) -> list[Any]:
    """Return the rules that speak about a finding on a day, with their figures.

    That a case repeats another is said only of attempts matched by more than a name.
    """
    before = [one.offence for one in earlier if one.sure]
    return law_of(offence, before, on, by=by)


@requires(Permission.RULE_SEE)
def law_of(offence: str, before: Iterable[str], on: date, *, by: Actor) -> list[Any]:
    """Return the same where only the offences of the sure attempts are known."""
    codes = inspection.rules_of(offence, before)
    found = (entitlements.rule(code, on, by=by) for code in codes)
    return [row for row in found if row is not None]
