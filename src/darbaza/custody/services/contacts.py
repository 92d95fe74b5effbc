"""Contacts: propose, approve, refuse, end."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.audit.types import EventType
from darbaza.custody import events
from darbaza.custody.models import Contact, Prisoner
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.persons import selectors as persons


@requires(Permission.CONTACT_PROPOSE)
@transaction.atomic
def propose_contact(
    prisoner_id: UUID,
    person_id: UUID,
    kinship: str,
    *,
    proof: str = "",
    by: Actor,
    at: datetime,
) -> Contact:
    """Propose somebody as a contact; the same pair again is the same row.

    A pending or approved contact is returned as it stands. A refused or ended one is
    proposed anew and waits for a decision.

    Raises:
        NotFound: No such open file here, or no such person.
        Invalid: The prisoner cannot be their own contact, or unknown kinship.
    """
    held = {"institution_id": by.institution_id, "status": Prisoner.Status.HELD}
    prisoner = Prisoner.objects.filter(pk=prisoner_id, **held).first()
    if prisoner is None:
        raise NotFound("prisoner")
    person = persons.person(person_id, by=by)
    if person.pk == prisoner.person_id:
        raise Invalid("contact_with_self", field="person")
    if kinship not in Contact.Kinship.values:
        raise Invalid("kinship_unknown", field="kinship")
    fresh = {
        "kinship": kinship,
        "proof": proof.strip()[:160],
        "proposed_at": at,
        "status": Contact.Status.PENDING,
    }
    contact, made = Contact.objects.select_for_update().get_or_create(
        prisoner=prisoner,
        person=person,
        defaults={"institution_id": by.institution_id, **fresh},
    )
    if not made and contact.status in (Contact.Status.PENDING, Contact.Status.APPROVED):
        return contact
    if not made:
        nobody = {"decided_at": None, "decided_by": "", "reason": ""}
        for name, value in (fresh | nobody).items():
            setattr(contact, name, value)
        contact.save()
    facts = {"person_id": person.pk, "kinship": kinship}
    audit.record(events.CONTACT_PROPOSED, target=prisoner, by=by, at=at, **facts)
    return contact


@requires(Permission.CONTACT_APPROVE)
@transaction.atomic
def approve_contact(
    contact_id: UUID, *, note: str = "", by: Actor, at: datetime
) -> Contact:
    """Approve a contact; approving again changes nothing.

    Raises:
        NotFound: No such contact here.
        Conflict: It was ended.
    """
    status, event = Contact.Status.APPROVED, events.CONTACT_APPROVED
    return _decide(contact_id, status, event, note, by=by, at=at)


@requires(Permission.CONTACT_APPROVE)
@transaction.atomic
def refuse_contact(
    contact_id: UUID, reason: str, *, by: Actor, at: datetime
) -> Contact:
    """Refuse a contact, or withdraw an approval, with a reason.

    Raises:
        NotFound: No such contact here.
        Invalid: No reason.
        Conflict: It was ended.
    """
    if not reason.strip():
        raise Invalid("say_why", field="reason")
    status, event = Contact.Status.REFUSED, events.CONTACT_REFUSED
    return _decide(contact_id, status, event, reason, by=by, at=at)


@requires(Permission.CONTACT_APPROVE)
@transaction.atomic
def end_contact(contact_id: UUID, reason: str, *, by: Actor, at: datetime) -> Contact:
    """End a contact that is no more, such as after a divorce; ended once.

    Raises:
        NotFound: No such contact here.
        Invalid: No reason.
    """
    if not reason.strip():
        raise Invalid("say_why", field="reason")
    contact = _own(contact_id, by=by)
    if contact.status == Contact.Status.ENDED:
        return contact
    event = events.CONTACT_ENDED
    return _save(contact, Contact.Status.ENDED, event, reason, by=by, at=at)


def _own(contact_id: UUID, *, by: Actor) -> Contact:
    here = {"prisoner__institution_id": by.institution_id}
    rows = Contact.objects.select_for_update(of=("self",))
    found = rows.select_related("prisoner").filter(pk=contact_id, **here).first()
    if found is None:
        raise NotFound("contact")
    return found


def _decide(
    contact_id: UUID,
    status: str,
    event: EventType,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> Contact:
    contact = _own(contact_id, by=by)
    if contact.status == status:
        return contact
    if contact.status == Contact.Status.ENDED:
        raise Conflict("contact_ended")
    return _save(contact, status, event, reason, by=by, at=at)


def _save(
    contact: Contact,
    status: str,
    event: EventType,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> Contact:
    before = contact.status
    contact.status, contact.reason = status, reason.strip()[:300]
    contact.decided_at, contact.decided_by = at, by.name
    contact.save(update_fields=["status", "reason", "decided_at", "decided_by"])
    facts = {"person_id": contact.person_id, "before": before, "reason": contact.reason}
    audit.record(event, target=contact.prisoner, by=by, at=at, **facts)
    return contact
