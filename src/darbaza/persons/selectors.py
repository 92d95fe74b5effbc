"""Find people: by document, by number, by name in any script. Persons are national."""
# ruff: noqa: ARG001 - `by` is what @requires asks; people have no institution

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.kernel.db import Prepared, PreparedObjects
from darbaza.kernel.decisions import Decision
from darbaza.kernel.errors import NotFound
from darbaza.persons import lists, matching, names, policies, sieve
from darbaza.persons.models import Document, Merge, Person, Photo
from darbaza.persons.types import DocumentDraft, Hit, Known, Likeness, PersonDraft

SIEVE = 200
"""At most this many records are looked up for one search."""
COMPARED = 60
"""At most this many of them are compared name by name."""
WORTH_SHOWING = 0.5
_person = PreparedObjects(lambda key: Person.objects.filter(pk=key))
_documents = PreparedObjects(
    lambda key: Document.objects.filter(person_id=key).order_by("-seen_at", "-id")
)
_numbers = Prepared(
    lambda people: (
        Document.objects.filter(person_id__in=people)
        .order_by("seen_at", "id")
        .values_list("person_id", "number")
    )
)
_showed = PreparedObjects(lambda number: _with_number(number))  # noqa: PLW0108 - below
_showed_of = PreparedObjects(
    lambda number, issuers: _with_number(number, issuer__in=issuers)
)
_BEGUN = 0.6


def _with_number(number: str, **more: Any) -> QuerySet[Document]:
    rows = Document.objects.filter(number=number, **more).select_related("person")
    return rows.order_by("-seen_at")[:SIEVE]


@requires(Permission.PERSON_SEE)
def person(person_id: UUID, *, by: Actor) -> Person:
    """Return a person; a merged record is followed to the kept one.

    Raises:
        NotFound: There is no such person.
    """
    found = _person.one(key=person_id)
    if found is None:
        raise NotFound("person")
    return matching.kept(found)


@requires(Permission.PERSON_SEE)
def by_document(number: str, issuer: str = "", *, by: Actor) -> list[Hit]:
    """Return who showed a document of this number, exactly, newest document first."""
    wanted = policies.document_number(number)
    if not wanted:
        return []
    if issuer:
        rows = _showed_of.all(number=wanted, issuers=(issuer, ""))
    else:
        rows = _showed.all(number=wanted)
    found = ((row.person, 1.0, ("same_document",)) for row in rows)
    return _hits(found, document=wanted)


@requires(Permission.PERSON_SEE)
def search(
    text: str, birth_on: date | None = None, *, by: Actor, limit: int = 20
) -> list[Hit]:
    """Find by name in any script and order, or by document or personal number.

    Cost is bounded: indexed look-ups give at most 200 candidates, and the 60 whose
    sound is nearest are compared; where none of them is surely alike, names with a
    slip are looked for in memory (``slips``).
    """
    exact = _numbered(text, by=by) if any(c.isdigit() for c in text) else []
    if exact:
        return exact[:limit]
    candidates = sieve.candidates(text, birth_on, limit=SIEVE)
    found = _compared(text, candidates, birth_on)
    if all(score < policies.SURE_NAME for _, score, _ in found):
        more = sieve.near(text, besides={row.pk for row in candidates})
        found += _compared(text, more, birth_on)
    found.sort(key=lambda item: -item[1])
    return _hits(found)[:limit]


def _compared(
    text: str, candidates: list[Person], birth_on: date | None
) -> list[tuple[Person, float, tuple[str, ...]]]:
    """Return those worth showing of the nearest candidates, with score and reasons."""
    folded, found = names.fold(text), []
    for candidate in sieve.likeliest(folded.key, candidates, birth_on, limit=COMPARED):
        match = matching.best(folded, candidate)
        likeness = Likeness(
            match.score,
            tuple(r.code for r in match.reasons),
            birth_on=(birth_on, candidate.birth_on),
        )
        score = match.score * _birth_weight(likeness)
        reasons = policies.same_person_reasons(likeness)
        if score < policies.SAME_NAME and matching.begins(text, candidate):
            score, reasons = max(score, _BEGUN), ("begins_with", *reasons[1:])
        if score >= WORTH_SHOWING:
            found.append((candidate, score, reasons))
    return found


@requires(Permission.PERSON_SEE)
def known(
    draft: PersonDraft, document: DocumentDraft | None = None, *, by: Actor
) -> list[Hit]:
    """Return who this may be: by document, then personal number, then name and birth.

    Without a birth date only names that are surely alike are offered.
    """
    hits: dict[UUID, Hit] = {}
    if document is not None:
        for hit in by_document(document.number, document.issuer, by=by):
            hits[hit.person_id] = hit
    if draft.personal_number:
        _join(hits, _by_personal_number(draft.personal_number))
    text = matching.drafted(draft)
    least = policies.SAME_NAME if draft.birth_on else policies.SURE_NAME
    for hit in search(text, draft.birth_on, by=by, limit=SIEVE) if text else ():
        if hit.person_id in hits or _alike(hit, draft, least):
            _join(hits, [hit])
    return list(hits.values())


@requires(Permission.PERSON_SEE)
def known_many(
    drafts: Sequence[tuple[PersonDraft, DocumentDraft | None]], *, by: Actor
) -> list[Known]:
    """Return for each line of a list who it is; exact matches only (``lists``)."""
    return lists.known(drafts)


@requires(Permission.PERSON_SEE)
def photo(photo_id: UUID, *, by: Actor) -> Photo:
    """Return a photograph with its bytes.

    Raises:
        NotFound: There is no such photograph.
    """
    found = Photo.objects.filter(pk=photo_id).first()
    if found is None:
        raise NotFound("photo")
    return found


@requires(Permission.PERSON_SEE)
def everybody(*, by: Actor) -> QuerySet[Person]:
    """Return every record that stands for itself, by key, with all its documents."""
    rows = Person.objects.filter(merged_into=None).order_by("pk")
    return rows.prefetch_related("documents")


@requires(Permission.PERSON_SEE)
def documents(person_id: UUID, *, by: Actor) -> list[Document]:
    """Return every document the person showed, newest first."""
    return _documents.all(key=person_id)


@requires(Permission.PERSON_MERGE)
def duplicates(person_id: UUID, *, by: Actor) -> list[Hit]:
    """Return records that are probably the same person, with reasons."""
    one = person(person_id, by=by)
    numbers = list(one.documents.values_list("number", flat=True))
    others = {p.pk: p for p in sieve.candidates(one.name, one.birth_on, limit=SIEVE)}
    shared = Person.objects.filter(documents__number__in=numbers, merged_into=None)
    others |= {p.pk: p for p in shared}
    found = []
    for other in others.values():
        if other.pk == one.pk or other.merged_into_id:
            continue
        likeness = matching.likeness(one, other)
        if policies.probable_duplicate(likeness):
            reasons = policies.same_person_reasons(likeness)
            found.append((other, likeness.name_score, reasons))
    found.sort(key=lambda item: -item[1])
    return _hits(found)


@requires(Permission.PERSON_MERGE)
def merges(person_id: UUID, *, by: Actor) -> QuerySet[Merge]:
    """Return what was merged into a person, newest first, undone ones too."""
    rows = Merge.objects.filter(kept_id=person_id).select_related("kept", "absorbed")
    return rows.order_by("-merged_at", "-id")


@requires(Permission.PERSON_MERGE)
def merge_decision(kept_id: UUID, absorbed_id: UUID, *, by: Actor) -> Decision:
    """Return the grounds for and against merging, before anything is done."""
    kept = person(kept_id, by=by)
    return matching.decide(kept, person(absorbed_id, by=by))


def _birth_weight(likeness: Likeness) -> float:
    first, second = likeness.birth_on
    if first is None or second is None:
        return 1.0
    return 1.0 if first == second else 0.75


def _alike(hit: Hit, draft: PersonDraft, least: float) -> bool:
    if hit.score < least:
        return False
    return draft.birth_on is None or "birth_date_differs" not in hit.reasons


def _numbered(text: str, *, by: Actor) -> list[Hit]:
    digits = "".join(text.split())
    personal = _by_personal_number(digits) if len(digits) == 14 else []
    return personal or by_document(text, by=by)


def _by_personal_number(number: str) -> list[Hit]:
    rows = Person.objects.filter(personal_number=number)
    return _hits((p, 1.0, ("personal_number_same",)) for p in rows)


def _join(hits: dict[UUID, Hit], more: Iterable[Hit]) -> None:
    for hit in more:
        old = hits.get(hit.person_id)
        if old is None:
            hits[hit.person_id] = hit
            continue
        new = tuple(r for r in hit.reasons if r not in old.reasons)
        hits[hit.person_id] = replace(old, reasons=old.reasons + new)


def _hits(
    found: Iterable[tuple[Person, float, tuple[str, ...]]], document: str = ""
) -> list[Hit]:
    """Make hits of rows, merged ones followed, each person once, best first."""
    hits: dict[UUID, Hit] = {}
    for row, score, reasons in found:
        target = matching.kept(row) if row.merged_into_id else row
        if target.pk not in hits:
            hits[target.pk] = _hit(target, score, reasons, document)
    if document or not hits:
        return list(hits.values())
    newest: dict[UUID, str] = dict(_numbers(people=list(hits)))
    return [replace(hit, document=newest.get(k, "")) for k, hit in hits.items()]


def _hit(row: Person, score: float, reasons: tuple[str, ...], document: str) -> Hit:
    return Hit(
        person_id=row.pk,
        name=row.name,
        name_latin=row.name_latin,
        sex=row.sex,
        birth_on=row.birth_on,
        citizenship=row.citizenship,
        photo_id=row.photo_id,
        registered_at=row.registered_at,
        score=round(score, 3),
        reasons=reasons,
        document=document,
    )
