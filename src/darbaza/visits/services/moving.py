"""Move a visit to another session: everything is decided again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict, Invalid
from darbaza.visits import events
from darbaza.visits.models import Session, Visit, Visitor
from darbaza.visits.policies import changes as policy
from darbaza.visits.services import changes, locking, registration
from darbaza.visits.types import (
    OverrideRequest,
    Party,
    Registered,
    Registration,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class MoveTo:
    """Where a visit goes. The request id is that of the new visit."""

    request_id: UUID
    session_id: UUID
    seat_id: UUID | None = None
    overrides: tuple[OverrideRequest, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of a move: ``registered`` is None where it was refused."""

    verdict: Verdict
    registered: Registered | None = None


class _Refused(Exception):
    """Takes the half done move back."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict


@requires(Permission.VISIT_CHANGE)
@transaction.atomic
def move(visit_id: UUID, to: MoveTo, *, reason: str, by: Actor, at: datetime) -> Moved:
    """Move a visit; where the new time is refused the old one stands as it was.

    The old visit is cancelled as moved and gives its allowance and seat to the new
    one, which has a reference of its own. Sent again, the first answer comes back.

    Raises:
        NotFound: No such visit in the actor's institution.
        Invalid: No reason.
        Conflict: The visit is no longer open.
        Forbidden: An override that the officer may not give.
    """
    visit = locking.locked_visit(visit_id, by=by)
    wanted = _registration(visit, to)
    if Visit.objects.filter(request_id=to.request_id).exists():
        done = registration.register(wanted, by=by, at=at)
        return Moved(done.verdict, done)
    if not reason.strip():
        raise Invalid("change_without_reason", field="reason")
    if not policy.may_cancel(visit.status, "moved"):
        raise Conflict("visit_not_open", status=visit.status)
    try:
        with transaction.atomic():
            done = _exchange(visit, wanted, reason, by, at)
    except _Refused as refused:
        return Moved(refused.verdict)
    audit.record(
        events.MOVED,
        target=visit,
        by=by,
        at=at,
        to=str(done.visit_id),
        reference=done.reference,
        reason=reason,
    )
    return Moved(done.verdict, done)


def _exchange(
    visit: Visit, wanted: Registration, reason: str, by: Actor, at: datetime
) -> Registered:
    changes.call_off(visit, "moved", reason=reason, by=by, at=at)
    verdict = registration.decide(wanted, by=by, at=at)
    if not verdict.takes_place:
        raise _Refused(verdict)
    return registration.register(wanted, by=by, at=at)


def _registration(visit: Visit, to: MoveTo) -> Registration:
    session = Session.objects.filter(
        pk=to.session_id, institution_id=visit.institution_id
    ).first()
    return Registration(
        request_id=to.request_id,
        prisoner_id=visit.prisoner_id,
        kind=visit.kind,
        parties=parties_of(visit),
        session_id=to.session_id,
        seat_id=to.seat_id,
        starts_at=session.starts_at if session else None,
        ends_at=session.ends_at if session else None,
        closed=visit.closed,
        source=visit.source,
        status=Visit.Status.BOOKED.value,
        overrides=to.overrides,
        note=visit.note,
        replaces=visit.pk,
    )


def parties_of(visit: Visit) -> tuple[Party, ...]:
    """Return the visiting party as registered: the lead, and who was not refused."""
    return tuple(
        Party(row.person_id, row.part, row.document_id, row.photo_id)
        for row in visit.visitors.order_by("id")
        if row.part == Visitor.Part.LEAD or row.status != Visitor.Status.REFUSED
    )
