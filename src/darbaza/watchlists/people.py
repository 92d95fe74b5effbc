"""People on record as lists are compared with them; banned people as entries."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from darbaza.accounts import selectors as accounts
from darbaza.accounts.types import Actor, system
from darbaza.custody import selectors as custody
from darbaza.persons import selectors as persons
from darbaza.watchlists.types import Birth, Listed, Paper, Someone

NAME = "darbaza watch-lists"
BANS = ("banned", "no_parcels")
"""Restrictions on a person that another document must not hide."""


def everywhere(institution_id: UUID) -> Actor:
    """Return the program itself, acting at one institution and seeing all."""
    here = system(NAME, institution_id)
    places = frozenset(accounts.seen_places(by=here)) | {institution_id}
    return Actor(
        id=here.id,
        name=here.name,
        institution_id=institution_id,
        sees=places,
        permissions=here.permissions,
    )


def someone(row: Any) -> Someone:
    """Return a record of a person as it is compared."""
    return Someone(
        id=row.pk,
        names=tuple(_spellings(row)),
        birth_on=row.birth_on,
        sex=row.sex,
        numbers=frozenset(paper.number for paper in row.documents.all()),
        personal_number=row.personal_number or "",
    )


def of(person_ids: Iterable[UUID], *, by: Actor) -> list[Someone]:
    """Return people by their keys; merged records are left out."""
    rows = persons.everybody(by=by).filter(pk__in=list(person_ids))
    return [someone(row) for row in rows]


def after(key: UUID | None, limit: int, *, by: Actor) -> list[tuple[Someone, UUID]]:
    """Return the next people by key, each with the institution that registered them."""
    rows = persons.everybody(by=by)
    if key is not None:
        rows = rows.filter(pk__gt=key)
    return [(someone(row), row.institution_id) for row in rows[:limit]]


def bans(on: date, *, by: Actor) -> QuerySet[Any]:
    """Return the bans of people that are in force, of every institution."""
    rows = custody.restrictions_in_force(on, by=by)
    return rows.filter(kind__in=BANS, person__isnull=False)


def banned(on: date, *, by: Actor) -> Iterator[Listed]:
    """Yield each banned person as an entry, with the orders as its remark."""
    orders: dict[UUID, list[str]] = {}
    for ban in bans(on, by=by).order_by("pk"):
        until = f" – {ban.last_on:%d.%m.%Y}" if ban.last_on else ""
        told = f"{ban.institution.code}: {ban.authority}, {ban.order_number},"
        told += f" {ban.starts_on:%d.%m.%Y}{until}"
        orders.setdefault(ban.person_id, []).append(told)
    rows = persons.everybody(by=by).filter(pk__in=list(orders))
    for row in rows:
        yield Listed(
            reference=str(row.pk),
            names=tuple(_spellings(row)),
            births=(Birth(row.birth_on, row.birth_on),) if row.birth_on else (),
            sex=row.sex,
            papers=tuple(
                Paper(p.number, p.kind, p.issuer)
                for p in sorted(row.documents.all(), key=lambda p: p.number)
            ),
            personal_number=row.personal_number or "",
            remark=" · ".join(orders[row.pk])[:1000],
        )


def _spellings(row: Any) -> Iterator[str]:
    """Yield surname, comma, the rest: as printed, and in Latin letters."""
    own = (row.surname, f"{row.given_names} {row.patronymic}".strip())
    for parts in (own, (row.surname_latin, row.given_names_latin)):
        text = ", ".join(filter(None, parts))
        if text:
            yield text
