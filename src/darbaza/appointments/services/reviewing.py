"""An officer closes a second look: keep, cancel or move, with a reason."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.appointments import events
from darbaza.appointments.models import Review
from darbaza.appointments.services import serving
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.visits import services as visiting

Decision = Review.Decision


@requires(Permission.VISIT_CHANGE)
@transaction.atomic
def keep_reviewed(review_id: UUID, *, reason: str, by: Actor, at: datetime) -> Review:
    """Leave a booking as it is; it shows again when a further ground comes up.

    Raises:
        NotFound: No such second look where the actor acts.
        Invalid: No reason.
        Conflict: ``review_over``: somebody decided otherwise.
    """
    row = _open(review_id, Decision.KEPT, reason, by)
    if row.decision:
        return row
    if row.visit_id is not None:
        visiting.keep(row.visit_id, reason=reason, by=by, at=at)
    return _closed(row, Decision.KEPT, reason, by, at)


@requires(Permission.VISIT_CHANGE)
@transaction.atomic
def cancel_reviewed(review_id: UUID, *, reason: str, by: Actor, at: datetime) -> Review:
    """Cancel a booking; a family with a telephone is asked to call, and not told why.

    Raises:
        As ``keep_reviewed``, and Conflict where the booking is over already.
    """
    row = _open(review_id, Decision.CANCELLED, reason, by)
    if row.decision:
        return row
    if row.appointment_id is not None:
        serving.cancel(row.appointment_id, reason=reason, by_family=False, by=by, at=at)
    elif row.visit_id is not None:
        visiting.cancel(row.visit_id, "by_institution", reason=reason, by=by, at=at)
    return _closed(row, Decision.CANCELLED, reason, by, at)


@requires(Permission.VISIT_CHANGE)
@transaction.atomic
def move_reviewed(
    review_id: UUID,
    slot: str,
    *,
    reason: str,
    request_id: UUID,
    by: Actor,
    at: datetime,
) -> Review:
    """Move a booking to another slot; the family hears the new time, and not why.

    Raises:
        As ``keep_reviewed``; Conflict where the new time is refused too, or where
        there is no appointment (``review_without_appointment``).
    """
    row = _open(review_id, Decision.MOVED, reason, by)
    if row.decision:
        return row
    if row.appointment_id is None:
        raise Conflict("review_without_appointment")
    serving.move(row.appointment_id, slot, request_id=request_id, by=by, at=at)
    return _closed(row, Decision.MOVED, reason, by, at)


def _open(review_id: UUID, wanted: str, reason: str, by: Actor) -> Review:
    """Return a second look, locked: open, or decided just like this before."""
    if not reason.strip():
        raise Invalid("change_without_reason", field="reason")
    audit.lock(by.institution_id)
    rows = Review.objects.filter(institution_id=by.institution_id, pk=review_id)
    row = rows.first()
    if row is None:
        raise NotFound("review")
    if row.decision not in {"", wanted}:
        raise Conflict("review_over")
    return row


def _closed(row: Review, decision: str, reason: str, by: Actor, at: datetime) -> Review:
    row.decision, row.reason = decision, reason.strip()[:300]
    row.closed_at, row.closed_by = at, by.name
    row.save(update_fields=["decision", "reason", "closed_at", "closed_by"])
    codes = sorted(ground["code"] for ground in row.grounds)
    facts = {"codes": codes, "decision": decision, "reason": row.reason}
    audit.record(events.REVIEW_CLOSED, target=row, by=by, at=at, **facts)
    return row
