"""A complaint against a refusal: received with a deadline, answered under a name."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.visits import events
from darbaza.visits.models import Refusal
from darbaza.visits.policies import changes as policy
from darbaza.visits.selectors import house


@requires(Permission.VISIT_CHANGE)
@transaction.atomic
def complain(refusal_id: UUID, text: str, *, by: Actor, at: datetime) -> Refusal:
    """Record what the family complains about; the deadline for the answer starts.

    The same words again change nothing.

    Raises:
        NotFound: No such refusal in the actor's institution.
        Invalid: No words.
        Conflict: Another complaint against this refusal stands already.
    """
    row, words = _locked(refusal_id, by), text.strip()
    if not words:
        raise Invalid("complaint_missing", field="complaint")
    if row.complained_at is not None:
        if row.complaint == words:
            return row
        raise Conflict("complaint_stands")
    row.complaint, row.complained_at = words, at
    today = timezone.localdate(at)
    days = house.figures(policy.COMPLAINT_RULE, today, by=by).get("days")
    row.answer_due_on = policy.answer_due_on(today, days=days or policy.ANSWER_DAYS)
    row.save(update_fields=["complaint", "complained_at", "answer_due_on"])
    audit.record(
        events.COMPLAINED,
        target=row,
        by=by,
        at=at,
        number=row.number,
        due_on=row.answer_due_on,
        rule=policy.COMPLAINT_RULE,
    )
    return row


@requires(Permission.COMPLAINT_ANSWER)
@transaction.atomic
def answer(refusal_id: UUID, text: str, *, by: Actor, at: datetime) -> Refusal:
    """Answer a complaint under one's own name. The same words again change nothing.

    Raises:
        NotFound: No such refusal in the actor's institution.
        Invalid: No words.
        Conflict: There is no complaint, or it has been answered otherwise.
    """
    row, words = _locked(refusal_id, by), text.strip()
    if not words:
        raise Invalid("answer_missing", field="answer")
    if row.complained_at is None:
        raise Conflict("no_complaint")
    if row.answered_at is not None:
        if row.answer == words:
            return row
        raise Conflict("complaint_answered")
    row.answer, row.answered_at, row.answered_by = words, at, by.name
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    audit.record(events.ANSWERED, target=row, by=by, at=at, number=row.number)
    return row


def _locked(refusal_id: UUID, by: Actor) -> Refusal:
    audit.lock(by.institution_id)
    rows = Refusal.objects.filter(pk=refusal_id, institution_id=by.institution_id)
    found = rows.first()
    if found is None:
        raise NotFound
    return found
