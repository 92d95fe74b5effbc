"""The search of a sender or a visitor, with consent or not at all."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Invalid
from darbaza.parcels import events, inspection
from darbaza.parcels.models import Search
from darbaza.parcels.services import beginning
from darbaza.parcels.services.inspecting import FIELDS
from darbaza.persons import selectors as persons


@dataclass(frozen=True, slots=True)
class SearchDraft:
    """A search as the officer reports it."""

    person_id: UUID
    kind: str
    reason: str
    consent: bool
    officer_sex: str
    found: bool = False
    note: str = ""
    person_sex: str = ""
    """As the person says, where the record does not state it."""


@requires(Permission.PARCEL_INSPECT)
@transaction.atomic
def search(draft: SearchDraft, *, request_id: UUID, by: Actor, at: datetime) -> Search:
    """Record a search, or that there was no consent; nothing else follows from that.

    The request id makes it happen once.

    Raises:
        NotFound: No such person.
        Invalid: No reason, or by an officer of the other sex.
    """
    audit.lock(by.institution_id)
    done = Search.objects.filter(
        request_id=request_id, institution_id=by.institution_id
    ).first()
    if done:
        return done
    person = persons.person(draft.person_id, by=by)
    sex = person.sex if person.sex != "X" else draft.person_sex or "X"
    searched = inspection.Searched(
        draft.kind, draft.consent, sex, draft.officer_sex, draft.reason.strip()
    )
    for ground in inspection.may_search(searched).blocking:
        raise Invalid(ground.code, field=FIELDS[ground.code])
    row = Search.objects.create(
        institution_id=by.institution_id, person_id=person.pk, person_sex=sex,
        officer_sex=draft.officer_sex, kind=draft.kind,
        reason=draft.reason.strip()[:300], result=_result(draft),
        note=draft.note.strip()[:300], at=at, by_name=by.name, request_id=request_id,
    )  # fmt: skip
    audit.record(
        events.SEARCHED, target=("person", str(person.pk)), by=by, at=at,
        search=str(row.pk), kind=row.kind, result=row.result, request=str(request_id),
    )  # fmt: skip
    beginning.tell(by, at, person_id=person.pk)
    return row


def _result(draft: SearchDraft) -> str:
    if not draft.consent:
        return Search.Result.NO_CONSENT
    return Search.Result.FOUND if draft.found else Search.Result.CLEAR
