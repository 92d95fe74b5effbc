"""Register many people at once, for lists taken over from files."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict
from darbaza.persons import events
from darbaza.persons.models import Document, Person
from darbaza.persons.services import registration
from darbaza.persons.types import DocumentDraft, PersonDraft


@requires(Permission.PERSON_REGISTER)
@transaction.atomic
def register_many(
    drafts: Sequence[tuple[PersonDraft, DocumentDraft | None]],
    *,
    by: Actor,
    at: datetime,
) -> list[Person]:
    """Make new records, after ``selectors.known_many``; each leaves its own events.

    Raises:
        Invalid: As for ``register``; then nobody is registered.
        Conflict: A personal number belongs to another person, or stands here twice.
    """
    values = [registration.checked(draft) for draft, _ in drafts]
    numbers = [v["personal_number"] for v in values if v["personal_number"]]
    taken = Person.objects.filter(personal_number__in=numbers, merged_into=None)
    if len(set(numbers)) < len(numbers) or taken.exists():
        raise Conflict("personal_number_taken")
    where = {"institution_id": by.institution_id, "registered_at": at}
    people = Person.objects.bulk_create([Person(**where, **v) for v in values])
    papers = Document.objects.bulk_create(
        registration.document(person, draft, by=by, at=at)
        for person, (_, draft) in zip(people, drafts, strict=True)
        if draft is not None
    )
    newest = audit.head(by.institution_id)
    for row in (*people, *papers):
        facts = {}
        if isinstance(row, Document):
            facts = {"person_id": row.person_id, "kind": row.kind}
        event = events.DOCUMENT_ADDED if facts else events.REGISTERED
        newest = audit.append(newest, event, target=row, by=by, at=at, facts=facts)
    return people
