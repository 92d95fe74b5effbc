"""Calling the prisoner to the visit and bringing them back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.audit.types import EventType
from darbaza.kernel.errors import Conflict, Invalid
from darbaza.visits import events
from darbaza.visits.models import Call, Visit
from darbaza.visits.policies import changes as policy
from darbaza.visits.services import changes, locking

CALLABLE = (Visit.Status.REGISTERED, Visit.Status.INSIDE)


@dataclass(frozen=True, slots=True)
class _Step:
    """A call about to change, and who changes it when."""

    call: Call
    by: Actor
    at: datetime

    def done(self, event: EventType, **facts: object) -> Call:
        """Save and record the step."""
        self.call.save()
        audit.record(event, target=self.call.visit, by=self.by, at=self.at, **facts)
        return self.call


@requires(Permission.VISIT_CHANGE)
@transaction.atomic
def call(visit_id: UUID, *, by: Actor, at: datetime) -> Call:
    """Call the prisoner from the block. Again: no change.

    Raises:
        NotFound: No such visit in the actor's institution.
        Conflict: The party is not registered.
    """
    visit = locking.locked_visit(visit_id, by=by)
    found = Call.objects.filter(visit=visit).first()
    return found or _new(visit, by, at).done(events.CALLED)


@requires(Permission.VISIT_CHANGE)
@transaction.atomic
def brought(visit_id: UUID, *, by: Actor, at: datetime) -> Call:
    """Record that the prisoner stands in the visiting room. Again: no change.

    Raises:
        NotFound: No such visit in the actor's institution.
        Conflict: The prisoner did not come and the visit is settled.
    """
    step = _step(visit_id, by, at)
    if step.call.brought_at is not None:
        return step.call
    if step.call.result != Call.Result.CALLED:
        raise Conflict("call_settled", result=step.call.result)
    step.call.result, step.call.brought_at = Call.Result.BROUGHT, at
    return step.done(events.BROUGHT)


@requires(Permission.VISIT_CHANGE)
@transaction.atomic
def not_brought(
    visit_id: UUID, result: str, *, note: str = "", by: Actor, at: datetime
) -> Call:
    """Record that the prisoner refused, is ill or is not available. Again: no change.

    The visit gets its outcome, and the allowance comes back where the rule says so.

    Args:
        visit_id: The visit.
        result: refused, ill or absent.
        note: Words of the block officer; nothing about the illness itself.
        by: Who.
        at: When.

    Raises:
        NotFound: No such visit in the actor's institution.
        Invalid: Another result.
        Conflict: The prisoner has been brought already, or it was settled otherwise.
    """
    if result not in policy.OF_CALL:
        raise Invalid("result_unknown", field="result")
    step = _step(visit_id, by, at)
    if step.call.result == result:
        return step.call
    if step.call.result != Call.Result.CALLED:
        raise Conflict("call_settled", result=step.call.result)
    step.call.result, step.call.note = result, note.strip()[:300]
    outcome = policy.OF_CALL[result]
    changes.turn_out(step.call.visit, outcome, reason=note, by=by, at=at)
    return step.done(events.NOT_BROUGHT, result=result)


@requires(Permission.VISIT_CHANGE)
@transaction.atomic
def returned(visit_id: UUID, *, by: Actor, at: datetime) -> Call:
    """Record that the prisoner is back in the block. Again: no change.

    Raises:
        NotFound: No such visit in the actor's institution.
        Conflict: The prisoner has not been brought.
    """
    visit = locking.locked_visit(visit_id, by=by)
    row = Call.objects.filter(visit=visit).first()
    if row is None or row.brought_at is None:
        raise Conflict("prisoner_not_brought")
    if row.returned_at is not None:
        return row
    row.result, row.returned_at = Call.Result.RETURNED, at
    return _Step(row, by, at).done(events.RETURNED)


def _step(visit_id: UUID, by: Actor, at: datetime) -> _Step:
    visit = locking.locked_visit(visit_id, by=by)
    found = Call.objects.filter(visit=visit).select_related("visit").first()
    return _Step(found, by, at) if found else _new(visit, by, at)


def _new(visit: Visit, by: Actor, at: datetime) -> _Step:
    if visit.status not in CALLABLE:
        raise Conflict("visit_not_open", status=visit.status)
    row = Call(
        institution_id=visit.institution_id,
        visit=visit,
        result=Call.Result.CALLED,
        called_at=at,
    )
    return _Step(row, by, at)
