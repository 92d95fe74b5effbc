"""Let in and out by the code on the pass."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.gate import codes, events
from darbaza.gate.models import Pass
from darbaza.gate.services import belongings, stamps
from darbaza.kernel.decisions import Decision, block
from darbaza.parcels import selectors as parcels
from darbaza.visits import services as visits


@requires(Permission.GATE_ADMIT)
@transaction.atomic
def let_in_by_code(
    text: str, *, scan_id: UUID, by: Actor, at: datetime
) -> tuple[Pass | None, Decision]:
    """Let in whoever the scanned pass was made for; the same scan again is one.

    Returns:
        The pass, where the code is one of ours in this institution, and the decision.
    """
    row, decision = _valid_pass(text, by, at)
    if row is None or not decision:
        return row, decision
    if _without_consent(row, by, at):
        return row, _refused("search_not_consented", row, by, at)
    decision = visits.admit(row.visitor_id, scan_id=scan_id, by=by, at=at)
    if decision:
        stamps.seated(row.visitor.visit_id, by=by, at=at)
    return row, decision


@requires(Permission.GATE_ADMIT)
@transaction.atomic
def let_out_by_code(
    text: str, *, scan_id: UUID, by: Actor, at: datetime
) -> tuple[Pass | None, Decision]:
    """Let out whoever the pass was made for, and take the pass back.

    The officer compares the photograph taken at the entrance before this is called.
    """
    number = codes.number_of(text)
    row = _find(number, by) if number else None
    if row is None or row.status not in {Pass.Status.VALID, Pass.Status.RETURNED}:
        return _valid_pass(text, by, at)
    decision = visits.let_out(row.visitor_id, scan_id=scan_id, by=by, at=at)
    if decision:
        stamps.left(row.visitor.visit_id, by=by, at=at)
    if decision and row.status == Pass.Status.VALID:
        row.status, row.ended_at = Pass.Status.RETURNED, at
        row.save(update_fields=["status", "ended_at"])
        belongings.note_left_behind(row.visitor_id, by=by, at=at)
    return row, decision


def _valid_pass(text: str, by: Actor, at: datetime) -> tuple[Pass | None, Decision]:
    number = codes.number_of(text)
    row = _find(number, by) if number else None
    if number is None:
        code = "pass_code_forged"
    elif row is None:
        code = "pass_unknown"
    elif row.status != Pass.Status.VALID:
        code = f"pass_{row.status}"
    else:
        return row, Decision()
    return row, _refused(code, row, by, at)


def _refused(code: str, row: Pass | None, by: Actor, at: datetime) -> Decision:
    target = ("pass", str(row.pk)) if row else None
    audit.record(events.CODE_REFUSED, target=target, by=by, at=at, code=code)
    return Decision((block(code),))


def _without_consent(row: Pass, by: Actor, at: datetime) -> bool:
    """Whether the bearer, not yet inside, did not agree to be searched today."""
    visitor = row.visitor
    outside = visitor.status != "inside"
    asked = [visitor.person_id]
    return outside and bool(parcels.without_consent(asked, by=by, at=at))


def _find(number: str, by: Actor) -> Pass | None:
    # The number is unique: no order is needed, and no join, the scan is in a hurry.
    rows = Pass.objects.filter(number=number, institution_id=by.institution_id)
    return next(iter(rows), None)
