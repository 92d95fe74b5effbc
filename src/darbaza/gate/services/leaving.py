"""At the exit: somebody else with the pass, or somebody without one."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.gate import events
from darbaza.gate.models import Pass
from darbaza.gate.services import belongings, stamps
from darbaza.kernel.decisions import Decision
from darbaza.kernel.errors import Invalid, NotFound
from darbaza.visits import selectors as visits
from darbaza.visits import services as visit_services


@requires(Permission.GATE_ADMIT)
@transaction.atomic
def note_other_person(pass_id: UUID, *, by: Actor, at: datetime) -> Pass:
    """Record that whoever shows a pass is not its bearer: nobody goes out.

    Nothing else changes: the bearer is still inside, and the pass stays valid for them.

    Raises:
        NotFound: No such pass in the actor's institution.
    """
    rows = Pass.objects.select_related("visitor__person", "visitor__visit")
    row = rows.filter(pk=pass_id, institution_id=by.institution_id).first()
    if row is None:
        raise NotFound
    audit.record(
        events.OTHER_PERSON, target=("visit", str(row.visitor.visit_id)), by=by, at=at,
        visitor=str(row.visitor_id), pass_id=str(row.pk),
    )  # fmt: skip
    return row


@requires(Permission.GATE_ADMIT)
@transaction.atomic
def let_out_without_pass(
    visitor_id: UUID, *, scan_id: UUID, reason: str, by: Actor, at: datetime
) -> Decision:
    """Let out somebody whom the photograph showed to be the visitor; say why.

    The lost pass opens nothing any more. The same ``scan_id`` again is one step.

    Raises:
        NotFound: No such visitor in the actor's institution.
        Invalid: No reason given.
    """
    if not reason.strip():
        raise Invalid("reason_missing", field="reason")
    row = visits.visitor(visitor_id, by=by)
    if row.left_scan == scan_id:
        return Decision()
    decision = visit_services.let_out(visitor_id, scan_id=scan_id, by=by, at=at)
    if decision:
        stamps.left(row.visit_id, by=by, at=at)
        Pass.objects.filter(visitor_id=visitor_id, status=Pass.Status.VALID).update(
            status=Pass.Status.LOST, ended_at=at, ended_reason=reason.strip()[:300]
        )
        audit.record(
            events.LEFT_WITHOUT_PASS, target=("visit", str(row.visit_id)), by=by, at=at,
            visitor=str(visitor_id), reason=reason.strip()[:300],
        )  # fmt: skip
        belongings.note_left_behind(visitor_id, by=by, at=at)
    return decision
