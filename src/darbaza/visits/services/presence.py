"""Let a visitor in and out: who is inside is a fact of rows, never a counter."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.decisions import Decision, block
from darbaza.kernel.errors import NotFound
from darbaza.visits import events
from darbaza.visits.models import Visit, Visitor


@requires(Permission.GATE_ADMIT)
@transaction.atomic(savepoint=False)
def admit(visitor_id: UUID, *, scan_id: UUID, by: Actor, at: datetime) -> Decision:
    """Let a visitor in, or record why not. An admitting scan may be sent again.

    Raises:
        NotFound: No such visitor in the actor's institution.
    """
    visitor = _locked(visitor_id, by)
    if visitor.came_in_scan == scan_id:
        return Decision()
    decision = _may_come_in(visitor)
    if decision:
        visitor.status = Visitor.Status.INSIDE
        visitor.came_in_at, visitor.came_in_scan = at, scan_id
        visitor.save(update_fields=["status", "came_in_at", "came_in_scan"])
        if visitor.visit.status != Visit.Status.INSIDE:
            visitor.visit.status = Visit.Status.INSIDE
            visitor.visit.save(update_fields=["status"])
    event = events.ADMITTED if decision else events.NOT_ADMITTED
    audit.record(
        event, target=visitor.visit, by=by, at=at,
        visitor=str(visitor.pk), codes=decision.codes,
    )  # fmt: skip
    return decision


@requires(Permission.GATE_ADMIT)
@transaction.atomic(savepoint=False)
def let_out(visitor_id: UUID, *, scan_id: UUID, by: Actor, at: datetime) -> Decision:
    """Let a visitor out; the last one out ends the visit. May be sent again.

    Raises:
        NotFound: No such visitor in the actor's institution.
    """
    visitor = _locked(visitor_id, by)
    if visitor.left_scan == scan_id:
        return Decision()
    if visitor.status != Visitor.Status.INSIDE:
        return Decision((block("not_inside", status=visitor.status),))
    visitor.status = Visitor.Status.LEFT
    visitor.left_at, visitor.left_scan = at, scan_id
    visitor.save(update_fields=["status", "left_at", "left_scan"])
    _end_if_empty(visitor.visit)
    audit.record(
        events.LET_OUT, target=visitor.visit, by=by, at=at, visitor=str(visitor.pk)
    )
    return Decision()


def _locked(visitor_id: UUID, by: Actor) -> Visitor:
    audit.lock(by.institution_id)
    rows = Visitor.objects.select_related("visit")
    try:
        return rows.get(pk=visitor_id, institution_id=by.institution_id)
    except Visitor.DoesNotExist:
        raise NotFound from None


def _may_come_in(visitor: Visitor) -> Decision:
    if visitor.status == Visitor.Status.INSIDE:
        return Decision((block("already_inside"),))
    if visitor.status == Visitor.Status.LEFT:
        return Decision((block("left_already"),))
    if visitor.status != Visitor.Status.ALLOWED:
        return Decision((block("visitor_not_allowed", status=visitor.status),))
    if visitor.visit.status not in {Visit.Status.REGISTERED, Visit.Status.INSIDE}:
        return Decision((block("visit_not_open", status=visitor.visit.status),))
    inside = Visitor.objects.filter(
        person_id=visitor.person_id, status=Visitor.Status.INSIDE
    )
    if inside.exists():
        return Decision((block("already_inside"),))
    return Decision()


def _end_if_empty(visit: Visit) -> None:
    if visit.visitors.filter(status=Visitor.Status.INSIDE).exists():
        return
    visit.status = Visit.Status.ENDED
    visit.outcome = visit.outcome or Visit.Outcome.COMPLETED
    visit.save(update_fields=["status", "outcome"])
