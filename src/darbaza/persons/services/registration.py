"""Register a person, add a document, correct, note that the notice was given."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.db import PreparedObjects
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.persons import events, matching, names, policies, sieve
from darbaza.persons.models import Document, Person
from darbaza.persons.types import RENAMED, DocumentDraft, PersonDraft

_NAMES = (
    "surname",
    "given_names",
    "patronymic",
    "surname_latin",
    "given_names_latin",
)
KEYS = ("key", "surname_key", "given_key")
_locked = PreparedObjects(lambda key: Person.objects.select_for_update().filter(pk=key))
_known = PreparedObjects(
    lambda person_id, kind, issuer, number: Document.objects.filter(
        person_id=person_id, kind=kind, issuer=issuer, number=number
    )
)


@requires(Permission.PERSON_REGISTER)
@transaction.atomic
def register(
    draft: PersonDraft,
    document: DocumentDraft | None = None,
    *,
    by: Actor,
    at: datetime,
    request_id: UUID | None = None,
) -> Person:
    """Make a new record, after ``selectors.known``; a repeated request is done once.

    Raises:
        Invalid: No name at all, or a personal number of the wrong shape.
        Conflict: Another person has this personal number (``person_id`` names them).
    """
    if request_id:
        done = Person.objects.filter(request_id=request_id).first()
        if done:
            return matching.kept(done)
    values = checked(draft)
    _number_free(values["personal_number"], besides=None)
    person = Person.objects.create(
        institution_id=by.institution_id,
        registered_at=at,
        request_id=request_id,
        **values,
    )
    audit.record(events.REGISTERED, target=person, by=by, at=at)
    if document is not None:
        _add(person, document, by=by, at=at)
    return person


@requires(Permission.PERSON_REGISTER)
@transaction.atomic
def add_document(
    person_id: UUID, draft: DocumentDraft, *, by: Actor, at: datetime
) -> Document:
    """Note a document that the person showed; the same one again is the same row.

    Raises:
        NotFound: There is no such person.
        Invalid: The document has no number, or expires before it was issued.
    """
    return _add(locked(person_id), draft, by=by, at=at)


@requires(Permission.PERSON_REGISTER)
@transaction.atomic
def correct(
    person_id: UUID, draft: PersonDraft, *, reason: str, by: Actor, at: datetime
) -> Person:
    """Replace what is written about a person by ``draft``; keep why and what changed.

    Nothing is recorded where nothing changes.

    Raises:
        NotFound: There is no such person.
        Invalid: No reason, no name at all, or a personal number of the wrong shape.
        Conflict: Another person has this personal number.
    """
    person = locked(person_id)
    values = checked(draft)
    changed = sorted(k for k, v in values.items() if getattr(person, k) != v)
    if not changed:
        return person
    if not reason.strip():
        raise Invalid("say_why", field="reason")
    _number_free(values["personal_number"], besides=person.pk)
    for name in changed:
        setattr(person, name, values[name])
    person.save(update_fields=[*changed, "named_at"])
    if not set(changed).isdisjoint(_NAMES):
        for listener in RENAMED:
            listener(person.pk)
    fields = [name for name in changed if not name.endswith("key")]
    audit.record(
        events.CORRECTED, target=person, by=by, at=at, fields=fields, reason=reason
    )
    return person


@requires(Permission.PERSON_REGISTER)
@transaction.atomic
def give_notice(person_id: UUID, *, by: Actor, at: datetime) -> Person:
    """Note that the person was handed the privacy notice; the first time counts.

    Raises:
        NotFound: There is no such person.
    """
    person = locked(person_id)
    if person.notice_given_at is None:
        person.notice_given_at = at
        person.save(update_fields=["notice_given_at"])
        audit.record(events.NOTICE_GIVEN, target=person, by=by, at=at)
    return person


def locked(person_id: UUID) -> Person:
    """Return the record to write to, locked; a merged one is followed."""
    found = _locked.one(key=person_id)
    if found is None:
        raise NotFound("person")
    return matching.kept(found)


def checked(draft: PersonDraft) -> dict[str, Any]:
    """Return the columns of a draft, cleaned, with their sound keys."""
    values: dict[str, Any] = asdict(draft)
    for name in _NAMES:
        values[name] = names.clean(values[name])
    number = "".join(draft.personal_number.split())
    if not policies.personal_number_valid(number):
        raise Invalid("personal_number_shape", field="personal_number")
    values["personal_number"] = number or None
    values["citizenship"] = draft.citizenship.strip().upper()[:3]
    values["phone"] = draft.phone.strip()[:40]
    if not any(values[name] for name in _NAMES):
        raise Invalid("person_without_name", field="surname")
    return values | sounds(values)


def sounds(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the sound keys of a name, whose columns are ``values``."""
    surname = values["surname"]
    rest = f"{values['given_names']} {values['patronymic']}".strip()
    if not (surname or values["given_names"]):
        surname, rest = values["surname_latin"], values["given_names_latin"]
    return dict(zip(KEYS, sieve.keys(surname, rest), strict=True))


def _number_free(number: str | None, *, besides: UUID | None) -> None:
    if not number:
        return
    others = Person.objects.filter(personal_number=number, merged_into=None)
    if besides:
        others = others.exclude(pk=besides)
    for holder in others.values_list("pk", flat=True)[:1]:
        raise Conflict("personal_number_taken", person_id=holder)


def document(
    person: Person, draft: DocumentDraft, *, by: Actor, at: datetime
) -> Document:
    """Return the row of a document, not saved.

    Raises:
        Invalid: No usable number, or it expires before it was issued.
    """
    number = policies.document_number(draft.number)
    if not number or len(number) > 40:
        raise Invalid("document_number_missing", field="number")
    if draft.expires_on and draft.issued_on and draft.expires_on < draft.issued_on:
        raise Invalid("document_dates_reversed", field="expires_on")
    values = asdict(draft) | {
        "number": number,
        "issuer": draft.issuer.strip().upper()[:3],
    }
    return Document(
        person=person, institution_id=by.institution_id, seen_at=at, **values
    )


def _add(person: Person, draft: DocumentDraft, *, by: Actor, at: datetime) -> Document:
    row = document(person, draft, by=by, at=at)
    same = {"kind": row.kind, "issuer": row.issuer, "number": row.number}
    if known := _known.one(person_id=person.pk, **same):
        return known
    row.save(force_insert=True)
    facts = {"person_id": person.pk, "kind": row.kind}
    audit.record(events.DOCUMENT_ADDED, target=row, by=by, at=at, **facts)
    return row
