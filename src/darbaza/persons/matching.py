"""Records laid beside a name, a draft or each other. For this room's own doors."""

from typing import Any

from django.db.models import ForeignObjectRel, Manager, Model

from darbaza.kernel.decisions import Decision
from darbaza.kernel.errors import NotFound
from darbaza.persons import names, policies
from darbaza.persons.models import Merge, Person
from darbaza.persons.types import Likeness, PersonDraft

_HOPS = 20


def kept(found: Person) -> Person:
    """Follow a merged record to the one that stands for it now.

    Raises:
        NotFound: The records lead round in a circle, which no service can make.
    """
    for _ in range(_HOPS):
        if found.merged_into is None:
            return found
        found = found.merged_into
    raise NotFound("person")


def drafted(draft: PersonDraft) -> str:
    """Return a draft's name for comparing: surname, comma, the rest."""
    own = _listed(draft.surname, draft.given_names, draft.patronymic)
    return own or _listed(draft.surname_latin, draft.given_names_latin)


def spellings(row: Person) -> list[str]:
    """Return a record's names for comparing: as printed, and in Latin letters."""
    own = _listed(row.surname, row.given_names, row.patronymic)
    latin = _listed(row.surname_latin, row.given_names_latin)
    return [text for text in (own, latin) if text]


def best(wanted: names.Folded, row: Person) -> names.Match:
    """Compare a name with every spelling of a record; return the best match."""
    matches = (names.compare(wanted, names.fold(text)) for text in spellings(row))
    return max(matches, key=lambda m: m.score)


def begins(typed: str, row: Person) -> bool:
    """Tell whether every typed word begins a word of the record's name."""
    words = names.clean(typed).casefold().split()
    known = " ".join(spellings(row)).casefold().replace(",", " ").split()
    return bool(words) and all(any(k.startswith(w) for k in known) for w in words)


def likeness(one: Person, other: Person) -> Likeness:
    """Lay two records beside each other; reads their documents."""
    matches = (best(names.fold(text), other) for text in spellings(one))
    match = max(matches, key=lambda m: m.score)
    mine = set(one.documents.values_list("issuer", "number"))
    theirs = set(other.documents.values_list("issuer", "number"))
    return Likeness(
        match.score,
        tuple(reason.code for reason in match.reasons),
        birth_on=(one.birth_on, other.birth_on),
        sex=(one.sex, other.sex),
        personal_number=(one.personal_number or "", other.personal_number or ""),
        same_document=bool(mine & theirs),
    )


def decide(one: Person, other: Person) -> Decision:
    """Return the grounds for and against making ``other`` a part of ``one``."""
    return policies.may_merge(likeness(one, other), held_twice=_held_twice(one, other))


def relations() -> list[ForeignObjectRel]:
    """Return what points at a person from anywhere, but not the merges themselves."""
    return [
        relation
        for relation in Person._meta.related_objects
        if relation.related_model not in (Merge, Person)
    ]


def rows(relation: ForeignObjectRel) -> "Manager[Any]":
    """Return every row of the model at the other end."""
    model: type[Model] = relation.related_model
    return model._base_manager  # noqa: SLF001 - Django's own name for every row


def _held_twice(one: Person, other: Person) -> bool:
    """Tell whether both have what a room allows once a person, such as an open file.

    A model says so by ``ONE_A_PERSON``, a filter.
    """
    for relation in relations():
        once = getattr(relation.related_model, "ONE_A_PERSON", None)
        field = relation.field.name
        if once and all(
            rows(relation).filter(**{field: person}, **once).exists()
            for person in (one, other)
        ):
            return True
    return False


def _listed(surname: str, *rest: str) -> str:
    tail = " ".join(part for part in rest if part)
    return ", ".join(part for part in (surname, tail) if part)
