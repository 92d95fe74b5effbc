"""People in lists: drafts of cells, who is known, and registering the others."""

from collections.abc import Hashable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from darbaza.accounts.types import Actor
from darbaza.custody.imports.types import Entry, Outcome, Values, wrong
from darbaza.persons import selectors as persons
from darbaza.persons import services
from darbaza.persons.types import DocumentDraft, Known, PersonDraft

_DRAFTED = (
    "surname",
    "given_names",
    "patronymic",
    "surname_latin",
    "given_names_latin",
    "sex",
    "birth_on",
    "citizenship",
    "personal_number",
    "phone",
)
_COLUMN = {"personal_number_of_another": "personal_number"}
Draft = tuple[PersonDraft, DocumentDraft | None]


def draft(values: Values) -> Draft:
    """Return the person of a row, and their document where a number is given."""
    person = PersonDraft(**{n: values[n] for n in _DRAFTED if n in values})
    number = str(values.get("document_number", ""))
    if not number:
        return person, None
    kind = "id_card" if number.upper().startswith("ID") else "passport"
    return person, DocumentDraft(kind, number, source="import")


def identity(values: Values) -> Hashable | None:
    """Return what makes two rows of one file the same person; None if nothing does."""
    for name in ("document_number", "personal_number"):
        if values.get(name):
            return "".join(str(values[name]).split()).upper()
    if not values.get("birth_on"):
        return None
    names = (values.get("surname", ""), values.get("given_names", ""))
    return (*(n.casefold() for n in names), values["birth_on"])


def known(entries: Sequence[Entry], *, by: Actor) -> dict[UUID, Known]:
    """Return for each row's key who the person is."""
    found = persons.known_many([draft(e.values) for e in entries], by=by)
    return {e.id: who for e, who in zip(entries, found, strict=True)}


def problem(who: Known) -> Outcome | None:
    """Return why a row's person cannot be said, if so."""
    if not who.problem:
        return None
    column = _COLUMN.get(who.problem, "document_number")
    return wrong(who.problem, column=column)


def register(
    entries: Sequence[Entry], who: dict[UUID, Known], *, by: Actor, at: datetime
) -> dict[UUID, UUID]:
    """Return row key to person, registering whoever is new, each once."""
    fresh: dict[Hashable, list[Entry]] = {}
    found: dict[UUID, UUID] = {}
    for entry in entries:
        person_id = who[entry.id].person_id
        if person_id:
            found[entry.id] = person_id
        else:
            same = identity(entry.values)
            key = entry.id if same is None else same
            fresh.setdefault(key, []).append(entry)
    drafts = [draft(group[0].values) for group in fresh.values()]
    people: list[Any] = services.register_many(drafts, by=by, at=at) if drafts else []
    for group, person in zip(fresh.values(), people, strict=True):
        found |= {entry.id: person.pk for entry in group}
    return found
