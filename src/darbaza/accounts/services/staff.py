"""The staff session: every permission, for a short time, explained and on record."""

from datetime import datetime, timedelta

from django.db import transaction

from darbaza.accounts import events, policies
from darbaza.accounts.models import StaffSession
from darbaza.accounts.permissions import Permission, for_oneself, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict, Invalid


@requires(Permission.STAFF_SESSION)
@transaction.atomic
def open_staff_session(
    reason: str, *, minutes: int, by: Actor, at: datetime
) -> StaffSession:
    """Give the actor every permission at their institution for ``minutes`` (1 to 60).

    Raises:
        Conflict: One is running already.
        Invalid: No reason, or a wrong time.
    """
    length = timedelta(minutes=minutes)
    if not timedelta(0) < length <= policies.LONGEST_STAFF_SESSION:
        raise Invalid("staff_session_length", field="minutes")
    if len(reason.strip()) < 10:
        raise Invalid("staff_session_reason", field="reason")
    if by.staff_session_id:
        raise Conflict("staff_session_running")
    row = StaffSession.objects.create(
        user_id=by.id,
        institution_id=by.institution_id,
        reason=reason.strip(),
        started_at=at,
        ends_at=at + length,
    )
    audit.record(
        events.STAFF_OPENED,
        target=row,
        by=by,
        at=at,
        minutes=minutes,
        reason=row.reason,
    )
    return row


@for_oneself
@transaction.atomic
def end_staff_session(*, by: Actor, at: datetime) -> None:
    """End the actor's own staff session. None running: nothing."""
    if by.staff_session_id is None:
        return
    running = StaffSession.objects.filter(pk=by.staff_session_id, ended_at=None)
    row = running.select_for_update().first()
    if row is None:
        return
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    audit.record(events.STAFF_ENDED, target=row, by=by, at=at)


@for_oneself
@transaction.atomic
def note_staff_request(method: str, path: str, *, by: Actor, at: datetime) -> None:
    """Record one request made in a staff session, before it is answered."""
    target = ("staffsession", str(by.staff_session_id))
    audit.record(
        events.STAFF_REQUEST, target=target, by=by, at=at, method=method, path=path
    )
