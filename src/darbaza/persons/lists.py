"""Who in a list is known already: a few queries for many drafts, exact matches only.

A list is taken over without an officer looking at each line, so sounding alike is not
enough here: the document, the personal number, or the same spelling and birth date.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from darbaza.persons import matching, names, policies, sieve
from darbaza.persons.models import Document, Person
from darbaza.persons.types import DocumentDraft, Known, PersonDraft

Draft = tuple[PersonDraft, DocumentDraft | None]
Key = tuple[str, str, date]


def known(drafts: Sequence[Draft]) -> list[Known]:
    """Return for each draft who it is, nobody, or why that cannot be said."""
    papers = _by_document(d.number for _, d in drafts if d)
    numbers = _by_number(draft.personal_number for draft, _ in drafts)
    named = _by_name([draft for draft, _ in drafts])
    return [_one(draft, paper, papers, numbers, named) for draft, paper in drafts]


def _one(
    draft: PersonDraft,
    paper: DocumentDraft | None,
    papers: dict[str, list[Person]],
    numbers: dict[str, Person],
    named: dict[Key, list[Person]],
) -> Known:
    found: dict[UUID, Person] = {}
    if paper:
        shown = papers.get(policies.document_number(paper.number), [])
        found = {row.pk: row for row in shown}
        if shown and not any(_alike(draft, row) for row in shown):
            return Known(None, "document_of_another")
    number = _digits(draft.personal_number)
    if number in numbers:
        row = numbers[number]
        if not _alike(draft, row):
            return Known(None, "personal_number_of_another")
        found[row.pk] = row
    if not found:
        fits = [r for key in _keys(draft) for r in named.get(key, ())]
        found = {row.pk: row for row in fits if not _contradicts(draft, row)}
    if len(found) > 1:
        return Known(None, "several_people_fit")
    return Known(next(iter(found), None))


def _alike(draft: PersonDraft, row: Person) -> bool:
    wanted = names.fold(matching.drafted(draft))
    return matching.best(wanted, row).score >= policies.SAME_NAME


def _contradicts(draft: PersonDraft, row: Person) -> bool:
    """Tell whether something else says that these two are not one."""
    numbers = _digits(draft.personal_number), row.personal_number or ""
    fathers = draft.patronymic.casefold(), row.patronymic.casefold()
    sexes = draft.sex, row.sex
    pairs = (numbers, fathers, tuple("" if s == "X" else s for s in sexes))
    return any(one and other and one != other for one, other in pairs)


def _by_document(typed: Iterable[str]) -> dict[str, list[Person]]:
    wanted = {policies.document_number(number) for number in typed} - {""}
    rows = Document.objects.filter(number__in=wanted).select_related("person")
    found: dict[str, list[Person]] = defaultdict(list)
    for row in rows:
        found[row.number].append(_kept(row.person))
    return found


def _by_number(typed: Iterable[str]) -> dict[str, Person]:
    wanted = {_digits(number) for number in typed} - {""}
    rows = Person.objects.filter(personal_number__in=wanted, merged_into=None)
    return {str(row.personal_number): row for row in rows}


def _by_name(drafts: Sequence[PersonDraft]) -> dict[Key, list[Person]]:
    sounds = {_sound(draft) for draft in drafts if draft.birth_on}
    born = {draft.birth_on for draft in drafts if draft.birth_on}
    rows = Person.objects.filter(birth_on__in=born, surname_key__in=sounds)
    found: dict[Key, list[Person]] = defaultdict(list)
    for row in rows.select_related("merged_into"):
        for key in _keys(row):
            found[key].append(_kept(row))
    return found


def _sound(draft: PersonDraft) -> str:
    rest = f"{draft.given_names} {draft.patronymic}".strip()
    if draft.surname or draft.given_names:
        return sieve.keys(names.clean(draft.surname), names.clean(rest))[1]
    latin = draft.surname_latin, draft.given_names_latin
    return sieve.keys(*map(names.clean, latin))[1]


def _keys(who: PersonDraft | Person) -> list[Key]:
    """Return the spellings of a name with the birth date; none without one."""
    if who.birth_on is None:
        return []
    spellings = (
        (who.surname, who.given_names),
        (who.surname_latin, who.given_names_latin),
    )
    return [
        (names.clean(surname).casefold(), names.clean(given).casefold(), who.birth_on)
        for surname, given in spellings
        if surname or given
    ]


def _digits(number: str) -> str:
    return "".join(number.split())


def _kept(row: Person) -> Person:
    return matching.kept(row) if row.merged_into_id else row
