"""The last visits, on the page of a person and on the page of a prisoner."""

from typing import Any
from uuid import UUID

from darbaza.accounts.permissions import Permission
from darbaza.accounts.types import Actor
from darbaza.custody.types import Panel as OfPrisoner
from darbaza.persons.types import Panel as OfPerson
from darbaza.visits import selectors

SHOWN = 20


def of_person(person_id: UUID, by: Actor) -> dict[str, Any] | None:
    """Return the person's last visits in the actor's institutions."""
    if not by.may(Permission.VISIT_SEE):
        return None
    return {"visitors": selectors.last_visits(person_id, by=by), "shown": SHOWN}


def of_prisoner(prisoner_id: UUID, by: Actor) -> dict[str, Any] | None:
    """Return the prisoner's last and coming visits in the actor's institutions."""
    if not by.may(Permission.VISIT_SEE):
        return None
    rows = selectors.visits_of(prisoner_id, by=by)[:SHOWN]
    may_book = by.may(Permission.VISIT_REGISTER)
    return {"visits": rows, "prisoner_id": prisoner_id, "may_book": may_book}


OfPerson("visits", 20, "visits/_of_person.html", of_person)
OfPrisoner("visits", 10, "visits/_of_prisoner.html", of_prisoner)
