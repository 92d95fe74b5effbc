"""Passes: made with the registration, printed again with a count, replaced if lost."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.gate import codes, events
from darbaza.gate.models import Pass
from darbaza.gate.types import Issued
from darbaza.kernel import ids
from darbaza.kernel.db import Insert, together
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.visits import services as visits
from darbaza.visits.types import Registered, Registration


@requires(Permission.GATE_DESK)
@together
def register(
    registration: Registration, *, by: Actor, at: datetime, rank: Actor | None = None
) -> Issued:
    """Register a party and make a pass for everyone who may come in, in one go.

    The same request again gives the same passes. Errors as ``visits.register``.
    """
    done = visits.register(registration, by=by, at=at, rank=rank)
    return Issued(done, _passes(done, by, at))


@requires(Permission.GATE_DESK)
@transaction.atomic
def issue_passes(registered: Registered, *, by: Actor, at: datetime) -> Issued:
    """Make the passes of a party whose booked visit was just registered."""
    return Issued(registered, _passes(registered, by, at))


@cache
def _insert() -> Insert:
    return Insert(Pass)


def _passes(done: Registered, by: Actor, at: datetime) -> dict[UUID, str]:
    allowed = _allowed(done)
    if done.again:
        rows = Pass.objects.filter(visitor__in=allowed, status=Pass.Status.VALID)
        made = dict(rows.values_list("visitor_id", "number"))
    else:
        made = {}
    missing = [v for v in allowed if v not in made]
    for visitor_id in missing:
        made[visitor_id] = _new(visitor_id, by, at)
    return made


def _allowed(done: Registered) -> list[UUID]:
    if done.status not in {"registered", "inside"}:
        return []
    return [
        row for person, row in done.visitors.items() if done.verdict.visitors[person]
    ]


def _new(visitor_id: UUID, by: Actor, at: datetime) -> str:
    number = codes.new_number()
    _insert()(
        id=ids.new_id(),
        institution_id=by.institution_id,
        visitor_id=visitor_id,
        number=number,
        status="valid",
        issued_at=at,
        issued_by=by.name,
        prints=0,
        ended_at=None,
        ended_reason="",
    )
    return number


@requires(Permission.GATE_DESK)
@transaction.atomic
def note_printed(pass_ids: Collection[UUID], *, by: Actor, at: datetime) -> list[Pass]:
    """Count a print of these passes; the first and every further one is on record.

    Raises:
        NotFound: One of them is not of the actor's institution.
    """
    rows = list(
        Pass.objects.select_related("visitor").filter(
            pk__in=pass_ids, institution_id=by.institution_id
        )
    )
    if len(rows) != len(set(pass_ids)):
        raise NotFound
    for row in rows:
        row.prints += 1
        row.save(update_fields=["prints"])
        audit.record(
            events.PASS_PRINTED, target=("visit", str(row.visitor.visit_id)), by=by,
            at=at, pass_id=str(row.pk), prints=row.prints,
        )  # fmt: skip
    return rows


@requires(Permission.GATE_DESK)
@transaction.atomic
def replace_lost(pass_id: UUID, *, reason: str, by: Actor, at: datetime) -> Pass:
    """Mark a pass as lost and make a new one; the lost number opens nothing any more.

    Raises:
        NotFound: No such pass in the actor's institution.
        Invalid: No reason given.
        Conflict: The pass is not valid any more.
    """
    if not reason.strip():
        raise Invalid("reason_missing", field="reason")
    audit.lock(by.institution_id)
    row = Pass.objects.filter(pk=pass_id, institution_id=by.institution_id).first()
    if row is None:
        raise NotFound
    if row.status != Pass.Status.VALID:
        raise Conflict("pass_not_valid", status=row.status)
    row.status, row.ended_at = Pass.Status.LOST, at
    row.ended_reason = reason.strip()[:300]
    row.save(update_fields=["status", "ended_at", "ended_reason"])
    number = _new(row.visitor_id, by, at)
    fresh = Pass.objects.select_related("visitor").get(number=number)
    audit.record(
        events.PASS_LOST, target=("visit", str(fresh.visitor.visit_id)), by=by, at=at,
        lost=str(row.pk), new=str(fresh.pk), reason=row.ended_reason,
    )  # fmt: skip
    return fresh
