"""Leave of an investigator or a court to visit somebody on remand."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.custody import events
from darbaza.custody.models import Permit, Prisoner
from darbaza.custody.types import PermitDraft
from darbaza.kernel.errors import Invalid, NotFound
from darbaza.persons import selectors as persons


@requires(Permission.CONTACT_APPROVE)
@transaction.atomic
def permit(draft: PermitDraft, *, by: Actor, at: datetime) -> Permit:
    """Enter a permit; the same number for the same pair again is the same row.

    Raises:
        NotFound: No such open file here, or no such person.
        Invalid: No authority or number, an end before the start, or for no visit.
    """
    _check(draft)
    held = {"institution_id": by.institution_id, "status": Prisoner.Status.HELD}
    prisoner = Prisoner.objects.filter(pk=draft.prisoner_id, **held).first()
    if prisoner is None:
        raise NotFound("prisoner")
    person = persons.person(draft.person_id, by=by)
    row, made = Permit.objects.get_or_create(
        prisoner=prisoner,
        person=person,
        number=draft.number.strip()[:60],
        revoked_at=None,
        defaults={
            "institution_id": by.institution_id,
            "authority": draft.authority.strip()[:160],
            "starts_on": draft.starts_on,
            "ends_on": draft.ends_on,
            "visits": draft.visits,
            "recorded_at": at,
            "recorded_by": by.name,
        },
    )
    if made:
        facts = {"person_id": person.pk, "number": row.number, "visits": row.visits}
        audit.record(events.PERMITTED, target=prisoner, by=by, at=at, **facts)
    return row


@requires(Permission.CONTACT_APPROVE)
@transaction.atomic
def revoke_permit(permit_id: UUID, reason: str, *, by: Actor, at: datetime) -> Permit:
    """Revoke a permit, as its authority asks; revoked once.

    Raises:
        NotFound: No such permit here.
        Invalid: No reason.
    """
    if not reason.strip():
        raise Invalid("say_why", field="reason")
    here = {"prisoner__institution_id": by.institution_id}
    rows = Permit.objects.select_for_update(of=("self",)).select_related("prisoner")
    row = rows.filter(pk=permit_id, **here).first()
    if row is None:
        raise NotFound("permit")
    if row.revoked_at is None:
        row.revoked_at = at
        row.save(update_fields=["revoked_at"])
        facts = {"person_id": row.person_id, "number": row.number, "reason": reason}
        audit.record(events.PERMIT_REVOKED, target=row.prisoner, by=by, at=at, **facts)
    return row


def _check(draft: PermitDraft) -> None:
    if not draft.authority.strip():
        raise Invalid("authority_missing", field="authority")
    if not draft.number.strip():
        raise Invalid("order_missing", field="number")
    if draft.ends_on <= draft.starts_on:
        raise Invalid("ends_before_start", field="ends_on")
    if draft.visits < 1:
        raise Invalid("permit_for_no_visit", field="visits")
