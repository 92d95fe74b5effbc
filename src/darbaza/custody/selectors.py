"""Read the register. Files of institutions that the actor may not see do not exist."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor, anyone_seeing
from darbaza.custody import cells, index, policies
from darbaza.custody.models import (
    Change,
    Contact,
    KeepApart,
    Permit,
    Prisoner,
    Restriction,
    Separation,
)
from darbaza.custody.types import Filters, Hit, Reach
from darbaza.kernel.db import PreparedObjects
from darbaza.kernel.decisions import Decision
from darbaza.kernel.errors import NotFound
from darbaza.kernel.ids import NOWHERE
from darbaza.sites import selectors as sites

LISTED = 5_000
_NAMES = ("surname", "given_names", "patronymic")
_LATIN = ("surname_latin", "given_names_latin")
# Plain columns instead of five models a row: this runs at every key typed.
_SHOWN = (
    "pk",
    "person_id",
    "institution_id",
    "number",
    "regime",
    "conditions",
    "legal_status",
    "status",
    "block__code",
    "cell__code",
    "person__birth_on",
    "person__sex",
    "person__photo_id",
    "person__documents__number",
    *(f"person__{name}" for name in (*_NAMES, *_LATIN)),
)


@requires(Permission.PRISONER_SEE)
def prisoners(*, by: Actor) -> QuerySet[Prisoner]:
    """Return every file that the actor may see, open and closed."""
    rows = Prisoner.objects.filter(institution_id__in=by.sees)
    return rows.select_related("person", "institution", "block", "cell")


@requires(Permission.PRISONER_SEE)
def prisoner(prisoner_id: UUID, *, by: Actor) -> Prisoner:
    """Return a file with person, institution, block and cell.

    Raises:
        NotFound: No such file, or not for this actor.
    """
    found = _prisoner.one(key=prisoner_id, sees=by.sees)
    if found is None:
        raise NotFound("prisoner")
    return found


_prisoner: PreparedObjects[Prisoner] = PreparedObjects(
    lambda key, sees: prisoners(by=anyone_seeing(sees)).filter(pk=key)
)


@requires(Permission.PRISONER_SEE)
def search(text: str, *, by: Actor, limit: int = 20, status: str = "held") -> list[Hit]:
    """Find prisoners by number or by name in any script, best first."""
    found = [
        hit
        for institution_id in by.sees
        for hit in index.find(text, institution_id, status=status, limit=limit)
    ]
    found.sort(key=lambda hit: -hit.score)
    keys = [hit.prisoner_id for hit in found[:limit]]
    rows = Prisoner.objects.filter(pk__in=keys, institution_id__in=by.sees)
    # a row a document, and the newest comes last
    rows = rows.order_by("person__documents__seen_at", "person__documents__pk")
    by_key = {row["pk"]: row for row in rows.values(*_SHOWN)}
    return [_hit(by_key[h.prisoner_id], h) for h in found if h.prisoner_id in by_key]


@requires(Permission.PRISONER_SEE)
def register(filters: Filters, *, by: Actor) -> QuerySet[Prisoner]:
    """Return the list of files, narrowed, by name."""
    rows = prisoners(by=by)
    exact = {
        "status": filters.status,
        "regime": filters.regime,
        "conditions": filters.conditions,
        "legal_status": filters.legal_status,
        "block_id": filters.block_id,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if filters.q.strip():
        rows = rows.filter(pk__in=_named(filters, by=by))
    return rows.order_by("person__surname", "person__given_names", "number", "pk")


@requires(Permission.PRISONER_SEE)
def changes(prisoner_id: UUID, *, by: Actor) -> QuerySet[Change]:
    """Return the steps of a file, newest first."""
    rows = Change.objects.filter(prisoner__institution_id__in=by.sees)
    return rows.filter(prisoner_id=prisoner_id).order_by("-on", "-recorded_at", "-pk")


@requires(Permission.PRISONER_SEE)
def separations(prisoner_id: UUID, *, by: Actor) -> QuerySet[Separation]:
    """Return isolation, quarantine and hospital, newest first."""
    rows = Separation.objects.filter(prisoner__institution_id__in=by.sees)
    return rows.filter(prisoner_id=prisoner_id).order_by("-starts_on", "-pk")


@requires(Permission.PRISONER_SEE)
def separated_on(prisoner_id: UUID, day: date, *, by: Actor) -> list[Separation]:
    """Return what keeps a prisoner apart on a day, if anything."""
    return _separated.all(prisoner=prisoner_id, day=day, sees=by.sees)


_separated = PreparedObjects(
    lambda prisoner, day, sees: (
        separations(prisoner, by=anyone_seeing(sees))
        .filter(starts_on__lte=day, ended_at=None)
        .filter(Q(ends_on=None) | Q(ends_on__gt=day))
    )
)


@requires(Permission.PRISONER_SEE)
def contact(prisoner_id: UUID, person_id: UUID, *, by: Actor) -> Contact | None:
    """Return the one contact row of a pair, whatever its status."""
    rows = Contact.objects.filter(prisoner__institution_id__in=by.sees)
    return rows.filter(prisoner_id=prisoner_id, person_id=person_id).first()


@requires(Permission.PRISONER_SEE)
def contacts(
    *, by: Actor, prisoner_id: UUID | None = None, person_id: UUID | None = None
) -> QuerySet[Contact]:
    """Return contacts of one prisoner, of one person, or of all that may be seen."""
    rows = Contact.objects.filter(prisoner__institution_id__in=by.sees)
    if prisoner_id:
        rows = rows.filter(prisoner_id=prisoner_id)
    if person_id:
        rows = rows.filter(person_id=person_id)
    rows = rows.select_related("person", "prisoner__person", "prisoner__institution")
    return rows.order_by("person__surname", "person__given_names", "pk")


@requires(Permission.PRISONER_SEE)
def one_contact(contact_id: UUID, *, by: Actor) -> Contact:
    """Return a contact by its key.

    Raises:
        NotFound: No such contact for this actor.
    """
    found = contacts(by=by).filter(pk=contact_id).first()
    if found is None:
        raise NotFound("contact")
    return found


@requires(Permission.PRISONER_SEE)
def waiting_contacts(*, by: Actor) -> QuerySet[Contact]:
    """Return contacts that wait for a decision where the actor works, oldest first."""
    rows = contacts(by=by).filter(prisoner__institution_id=by.institution_id)
    return rows.filter(status=Contact.Status.PENDING).order_by("proposed_at", "pk")


@requires(Permission.RESTRICTION_SEE)
def restrictions(
    *, by: Actor, prisoner_id: UUID | None = None, person_id: UUID | None = None
) -> QuerySet[Restriction]:
    """Return restrictions: those on a person everywhere, the rest of what may be seen.

    With ``prisoner_id`` also those on the prisoner's contacts are returned.
    """
    everywhere = Q(prisoner=None)
    mine = Q(prisoner__institution_id__in=by.sees)
    rows = Restriction.objects.filter(everywhere | mine)
    if prisoner_id:
        known = contacts(by=by, prisoner_id=prisoner_id).values("person_id")
        rows = rows.filter(
            Q(prisoner_id=prisoner_id) | Q(prisoner=None, person_id__in=known)
        )
    if person_id:
        rows = rows.filter(person_id=person_id)
    rows = rows.select_related("person", "prisoner__person", "institution")
    return rows.order_by("-starts_on", "-pk")


@requires(Permission.RESTRICTION_SEE)
def restriction(restriction_id: UUID, *, by: Actor) -> Restriction:
    """Return a restriction by its key.

    Raises:
        NotFound: No such restriction for this actor.
    """
    found = restrictions(by=by).filter(pk=restriction_id).first()
    if found is None:
        raise NotFound("restriction")
    return found


@requires(Permission.RESTRICTION_SEE)
def restrictions_in_force(day: date, *, by: Actor) -> QuerySet[Restriction]:
    """Return the restrictions that hold on a day."""
    rows = restrictions(by=by).filter(starts_on__lte=day, lifted_at=None)
    return rows.filter(Q(ends_on=None) | Q(ends_on__gt=day))


@requires(Permission.RESTRICTION_SEE)
def restrictions_between(
    person_id: UUID | None, prisoner_id: UUID, day: date, *, by: Actor
) -> list[Restriction]:
    """Return what holds on a day for a person, for this prisoner, or for the pair."""
    asked = {"person": person_id or NOWHERE, "prisoner": prisoner_id}
    return _between.all(**asked, day=day, sees=by.sees)


def _holding(
    person: UUID, prisoner: UUID, day: date, sees: frozenset[UUID]
) -> QuerySet[Restriction]:
    either = Q(prisoner=None) | Q(prisoner_id=prisoner)
    own = Q(person=None, prisoner_id=prisoner) | Q(person_id=person) & either
    return restrictions_in_force(day, by=anyone_seeing(sees)).filter(own)


_between = PreparedObjects(_holding)


@requires(Permission.RESTRICTION_SEE)
def reach(person_id: UUID | None, prisoner_id: UUID | None, *, by: Actor) -> Reach:
    """Return whom a restriction would hit, as far as the actor may know.

    Raises:
        NotFound: No such prisoner for this actor.
    """
    level = policies.level(
        person=person_id is not None, prisoner=prisoner_id is not None
    )
    if prisoner_id:
        prisoner(prisoner_id, by=by)
    rows = contacts(by=by, prisoner_id=prisoner_id, person_id=person_id)
    rows = rows.exclude(status=Contact.Status.ENDED)
    people = [(row.person.name, row.kinship) for row in rows]
    held = [(str(row.prisoner), row.kinship) for row in rows]
    if level == "person":
        return Reach(level, prisoners=tuple(held), elsewhere=True)
    return Reach(level, visitors=tuple(people))


@requires(Permission.PRISONER_SEE)
def kept_apart(prisoner_id: UUID, *, by: Actor) -> QuerySet[KeepApart]:
    """Return the pairs of a prisoner that stand now."""
    rows = KeepApart.objects.filter(first__institution_id__in=by.sees, ended_at=None)
    rows = rows.filter(Q(first_id=prisoner_id) | Q(second_id=prisoner_id))
    return rows.select_related("first__person", "second__person").order_by("pk")


@requires(Permission.PRISONER_SEE)
def permits(prisoner_id: UUID, *, by: Actor) -> QuerySet[Permit]:
    """Return permits for a prisoner on remand, newest first."""
    rows = Permit.objects.filter(prisoner__institution_id__in=by.sees)
    rows = rows.filter(prisoner_id=prisoner_id).select_related("person")
    return rows.order_by("-starts_on", "-pk")


@requires(Permission.PRISONER_SEE)
def placement(prisoner_id: UUID, cell_id: UUID, *, on: date, by: Actor) -> Decision:
    """Return the warnings about a cell before anybody is placed in it.

    Raises:
        NotFound: No such file for this actor.
    """
    file = prisoner(prisoner_id, by=by)
    cell = sites.cell(cell_id, by=by)
    return policies.place_warnings(cells.placement(file, cell, on=on))


def _named(filters: Filters, *, by: Actor) -> Collection[UUID]:
    statuses = [filters.status] if filters.status else list(Prisoner.Status.values)
    return {
        hit.prisoner_id
        for institution_id in by.sees
        for status in statuses
        for hit in index.find(filters.q, institution_id, status=status, limit=LISTED)
    }


def _hit(row: dict[str, Any], found: index.Found) -> Hit:
    names = (row[f"person__{name}"] for name in _NAMES)
    latin = (row[f"person__{name}"] for name in _LATIN)
    return Hit(
        prisoner_id=row["pk"],
        person_id=row["person_id"],
        institution_id=row["institution_id"],
        number=row["number"],
        name=" ".join(filter(None, names)) or " ".join(filter(None, latin)),
        birth_on=row["person__birth_on"],
        regime=row["regime"],
        conditions=row["conditions"],
        legal_status=row["legal_status"],
        status=row["status"],
        block=row["block__code"] or "",
        cell=row["cell__code"] or "",
        photo_id=row["person__photo_id"],
        score=round(found.score, 3),
        reasons=found.reasons,
        sex=row["person__sex"],
        document=row["person__documents__number"] or "",
    )
