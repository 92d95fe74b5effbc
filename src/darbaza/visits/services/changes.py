"""Cancel, correct, note, end: each with its reason and on record.

A step that was done already is not done again: sent twice, it changes nothing.
"""

from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.entitlements import services as ledger
from darbaza.kernel.errors import Conflict, Invalid
from darbaza.visits import events
from darbaza.visits.models import Visit, Visitor
from darbaza.visits.policies import changes as policy
from darbaza.visits.selectors import house
from darbaza.visits.services import locking
from darbaza.visits.types import USES_ALLOWANCE


@dataclass(frozen=True, slots=True)
class Correction:
    """What was entered wrongly; None leaves a value as it is."""

    kind: str | None = None
    closed: bool | None = None
    ends_at: datetime | None = None
    parts: MappingProxyType[UUID, str] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """New part by visitor row."""


@requires(Permission.VISIT_CHANGE)
@transaction.atomic
def cancel(
    visit_id: UUID, cause: str, *, reason: str, by: Actor, at: datetime
) -> Visit:
    """Cancel a visit, and give the allowance back where the rule says so.

    Args:
        visit_id: The visit.
        cause: A ``Visit.SubStatus``: by_family, by_prisoner, by_institution,
            not_come, entered_in_error.
        reason: Why, in words.
        by: Who.
        at: When.

    Raises:
        NotFound: No such visit in the actor's institution.
        Invalid: No reason, or no such cause.
        Conflict: The visit is past the state in which this is possible.
    """
    visit = locking.locked_visit(visit_id, by=by)
    if visit.status == Visit.Status.CANCELLED and visit.sub_status == cause:
        return visit
    _need(reason)
    if cause not in policy.CANCEL_FROM or cause == "moved":
        raise Invalid("cause_unknown", field="cause")
    if not policy.may_cancel(visit.status, cause):
        raise Conflict("visit_not_open", status=visit.status)
    call_off(visit, cause, reason=reason, by=by, at=at)
    audit.record(
        events.CANCELLED, target=visit, by=by, at=at, cause=cause, reason=reason
    )
    return visit


@requires(Permission.VISIT_CHANGE)
def call_off(visit: Visit, cause: str, *, reason: str, by: Actor, at: datetime) -> None:
    """Set a locked visit to cancelled; the caller records why."""
    visit.status, visit.sub_status = Visit.Status.CANCELLED, cause
    visit.outcome_reason = reason.strip()[:300]
    visit.outcome = ""
    if cause == Visit.SubStatus.NOT_COME:
        visit.outcome = Visit.Outcome.NOT_COME
    visit.save(update_fields=["status", "sub_status", "outcome", "outcome_reason"])
    visit.visitors.filter(status=Visitor.Status.ALLOWED).update(
        status=Visitor.Status.ABSENT
    )
    if _gives_back(cause, by, at):
        ledger.give_back(visit.pk, note=cause, by=by, at=at)


@requires(Permission.VISIT_CHANGE)
@transaction.atomic
def end_early(
    visit_id: UUID, outcome: str, *, reason: str, by: Actor, at: datetime
) -> Visit:
    """End a visit before its time; the visitors are then let out as always.

    Raises:
        NotFound: No such visit in the actor's institution.
        Invalid: No reason, or an outcome that is not an early end.
        Conflict: Nobody is inside.
    """
    visit = locking.locked_visit(visit_id, by=by)
    if outcome not in policy.EARLY:
        raise Invalid("outcome_unknown", field="outcome")
    if visit.outcome == outcome:
        return visit
    _need(reason)
    if visit.status != Visit.Status.INSIDE:
        raise Conflict("visit_not_inside", status=visit.status)
    _stays_returned(visit, outcome, by, at)
    planned = visit.ends_at
    visit.outcome, visit.outcome_reason = outcome, reason.strip()[:300]
    if visit.starts_at < at < visit.ends_at:
        visit.ends_at = at
    visit.save(update_fields=["outcome", "outcome_reason", "ends_at"])
    audit.record(
        events.ENDED_EARLY,
        target=visit,
        by=by,
        at=at,
        outcome=outcome,
        reason=reason,
        planned_end=planned,
    )
    return visit


@requires(Permission.VISIT_CHANGE)
@transaction.atomic
def set_outcome(
    visit_id: UUID, outcome: str, *, reason: str, by: Actor, at: datetime
) -> Visit:
    """Record how a visit turned out, apart from its status.

    Raises:
        NotFound: No such visit in the actor's institution.
        Invalid: No reason.
        Conflict: This outcome is not possible in the state of the visit.
    """
    visit = locking.locked_visit(visit_id, by=by)
    if visit.outcome == outcome:
        return visit
    _need(reason)
    if not policy.may_set_outcome(visit.status, outcome):
        raise Conflict("outcome_not_possible", status=visit.status)
    _stays_returned(visit, outcome, by, at)
    before = visit.outcome
    turn_out(visit, outcome, reason=reason, by=by, at=at)
    audit.record(
        events.OUTCOME_SET,
        target=visit,
        by=by,
        at=at,
        before=before,
        after=outcome,
        reason=reason,
    )
    return visit


@requires(Permission.VISIT_CHANGE)
def turn_out(
    visit: Visit, outcome: str, *, reason: str, by: Actor, at: datetime
) -> None:
    """Set the outcome of a locked visit with its consequences; the caller records it.

    A visit that nobody has entered yet is over with it.
    """
    visit.outcome, visit.outcome_reason = outcome, reason.strip()[:300]
    if visit.status == Visit.Status.REGISTERED:
        visit.status = Visit.Status.ENDED
        visit.visitors.filter(status=Visitor.Status.ALLOWED).update(
            status=Visitor.Status.ABSENT
        )
    visit.save(update_fields=["outcome", "outcome_reason", "status"])
    if _gives_back(outcome, by, at):
        ledger.give_back(visit.pk, note=outcome, by=by, at=at)


@requires(Permission.VISIT_CHANGE)
@transaction.atomic
def correct(
    visit_id: UUID, correction: Correction, *, reason: str, by: Actor, at: datetime
) -> Visit:
    """Correct what was entered wrongly; the record keeps both values.

    Raises:
        NotFound: No such visit in the actor's institution, or no such visitor in it.
        Invalid: No reason, an end before the start, or not exactly one lead visitor.
        Conflict: The visit is over for good, or the kind would need an allowance that
            this visit has not used: cancel it as entered in error and register anew.
    """
    visit = locking.locked_visit(visit_id, by=by)
    _need(reason)
    if visit.status in {Visit.Status.CANCELLED, Visit.Status.REFUSED}:
        raise Conflict("visit_not_open", status=visit.status)
    before, after = _differences(visit, correction)
    parts = _parts(visit, correction)
    if not after and not parts:
        return visit
    _change_kind(visit, correction.kind, by, at)
    for name, value in after.items():
        setattr(visit, name, value)
    if visit.ends_at <= visit.starts_at:
        raise Invalid("end_not_after_start", field="ends_at")
    visit.save(update_fields=[*after] or None)
    facts = {"before": before, "after": after, "parts": parts, "reason": reason}
    audit.record(events.CORRECTED, target=visit, by=by, at=at, **facts)
    return visit


@requires(Permission.VISIT_CHANGE)
@transaction.atomic
def note(visit_id: UUID, text: str, *, by: Actor, at: datetime) -> Visit:
    """Write the note of a visit anew; the record keeps the one before.

    Raises:
        NotFound: No such visit in the actor's institution.
    """
    visit = locking.locked_visit(visit_id, by=by)
    words = text.strip()[:500]
    if words == visit.note:
        return visit
    before, visit.note = visit.note, words
    visit.save(update_fields=["note"])
    audit.record(events.NOTED, target=visit, by=by, at=at, before=before, after=words)
    return visit


@requires(Permission.VISIT_CHANGE)
@transaction.atomic
def close_missed(visit_id: UUID, *, by: Actor, at: datetime) -> bool:
    """Close a visit whose time has passed and to which nobody came.

    Returns:
        False where somebody came or cancelled in the meantime: nothing is changed.

    Raises:
        NotFound: No such visit in the actor's institution.
    """
    visit = locking.locked_visit(visit_id, by=by)
    cause = Visit.SubStatus.NOT_COME.value
    if visit.ends_at > at or not policy.may_cancel(visit.status, cause):
        return False
    call_off(visit, cause, reason="", by=by, at=at)
    audit.record(events.MISSED, target=visit, by=by, at=at, ended_at=visit.ends_at)
    return True


def _gives_back(cause: str, by: Actor, at: datetime) -> bool:
    rule = house.figures(policy.RETURN_RULE, timezone.localdate(at), by=by)
    return policy.gives_back(cause, returned=rule.get("returned", policy.RETURNED))


def _stays_returned(visit: Visit, outcome: str, by: Actor, at: datetime) -> None:
    """An allowance given back is not taken again: cancel, then enter the visit anew."""
    if _gives_back(visit.outcome, by, at) and not _gives_back(outcome, by, at):
        raise Conflict("outcome_not_possible", status=visit.status)


def _need(reason: str) -> None:
    if not reason.strip():
        raise Invalid("change_without_reason", field="reason")


def _differences(
    visit: Visit, correction: Correction
) -> tuple[dict[str, Any], dict[str, Any]]:
    wanted = {name: getattr(correction, name) for name in ("kind", "closed", "ends_at")}
    after = {
        name: value
        for name, value in wanted.items()
        if value is not None and value != getattr(visit, name)
    }
    return {name: getattr(visit, name) for name in after}, after


def _parts(visit: Visit, correction: Correction) -> dict[str, list[str]]:
    """Give visitors their right parts; return part before and after by visitor."""
    rows = {v.pk: v for v in visit.visitors.all()}
    if not set(correction.parts) <= set(rows):
        raise Invalid("visitor_unknown", field="parts")
    final = {key: correction.parts.get(key, row.part) for key, row in rows.items()}
    if list(final.values()).count(Visitor.Part.LEAD) != 1:
        raise Invalid("lead_visitor_missing", field="parts")
    changed = {
        k: [rows[k].part, part] for k, part in final.items() if rows[k].part != part
    }
    # The old lead steps down first: the database admits one lead at a time.
    for key in sorted(changed, key=lambda k: final[k] == Visitor.Part.LEAD):
        rows[key].part = final[key]
        rows[key].save(update_fields=["part"])
    return {str(key): pair for key, pair in changed.items()}


def _change_kind(visit: Visit, kind: str | None, by: Actor, at: datetime) -> None:
    if kind is None or kind == visit.kind:
        return
    if kind in USES_ALLOWANCE:
        raise Conflict("kind_needs_new_visit", kind=kind)
    if visit.kind in USES_ALLOWANCE:
        ledger.give_back(visit.pk, note="kind_corrected", by=by, at=at)
