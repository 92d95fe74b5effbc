"""The ledger of allowances. Lines are only ever added, under the prisoner's lock.

Every function takes the prisoner's row lock first (on SQLite the one write lock), so
that two desks can neither grant twice nor both take the last one.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.entitlements import events, policies, selectors
from darbaza.entitlements.models import Entry
from darbaza.entitlements.types import Allowance, Reason
from darbaza.kernel import ids
from darbaza.kernel.db import Insert
from darbaza.kernel.errors import Conflict, Invalid


@requires(Permission.ALLOWANCE_USE)
@transaction.atomic
def ensure_grant(
    prisoner_id: UUID, kind: str, *, on: date, by: Actor, at: datetime
) -> Entry | None:
    """Bring the ledger to the quota of the day; return the line, if one was missing.

    The first line of a period is the grant; when regime, conditions or the rule have
    changed since, the difference follows as a change. Doing it again adds nothing.

    Raises:
        NotFound: No such prisoner where the actor writes.
        Invalid: ``kind`` uses no allowance.
    """
    allowance, _figures = selectors.locked_balance(prisoner_id, kind, on, by=by)
    lines = Entry.objects.bulk_create(_due_lines(allowance, by, at))
    for line in lines:
        facts = {"kind": kind, "amount": line.amount, "period_on": line.period_on}
        audit.record(events.GRANTED, target=_file(prisoner_id), by=by, at=at, **facts)
    return lines[0] if lines else None


@requires(Permission.ALLOWANCE_USE)
@transaction.atomic
def use(
    prisoner_id: UUID,
    kind: str,
    subject_id: UUID,
    *,
    on: date,
    by: Actor,
    at: datetime,
    overdraw: bool = False,
) -> Entry:
    """Charge one visit or sending of ``on``; the same one again is charged once.

    Args:
        prisoner_id: Whose allowance.
        kind: One of ``types.KINDS``.
        subject_id: The visit or sending that is charged.
        on: Its day; it says which period is charged.
        by: Who registers.
        at: Now.
        overdraw: An override allows to go below nothing (the caller has checked it).

    Raises:
        NotFound: No such prisoner where the actor writes.
        Invalid: ``kind`` uses no allowance.
        Conflict: ``allowance_used_up``: nothing left, the rule is verified and there
            is no override. An unverified rule never refuses.
    """
    allowance, figures = selectors.locked_balance(prisoner_id, kind, on, by=by)
    done = Entry.objects.filter(subject_id=subject_id, reason=Reason.USE).first()
    if done:
        return done
    if not (figures.left or overdraw or policies.may_overdraw(figures)):
        raise Conflict(
            "allowance_used_up", granted=figures.granted, next_on=figures.next_on
        )
    append_use(allowance, subject_id, by=by, at=at)
    audit.record(
        events.USED, target=_file(prisoner_id), by=by, at=at,
        kind=kind, subject=str(subject_id), period_on=allowance.period.starts_on,
        left=max(0, figures.left - 1), overdrawn=overdraw and not figures.left,
    )  # fmt: skip
    return Entry.objects.get(subject_id=subject_id, reason=Reason.USE)


@requires(Permission.ALLOWANCE_USE)
def append_use(
    allowance: Allowance, subject_id: UUID, *, by: Actor, at: datetime
) -> None:
    """Write a use, and the grant or change still due, behind what the caller has read.

    The gate reads its ``Allowance`` with its one combined query under the write lock,
    decides, and records the whole registration as one event; everyone else calls
    ``use``.
    """
    due = _due(allowance, by, at)  # made first: keys tell the order of the lines
    use = _columns(allowance, -1, Reason.USE, by, at) | {"subject_id": subject_id}
    for row in (*due, use):
        _insert()(**row)


@cache
def _insert() -> Insert:
    return Insert(Entry)


@requires(Permission.ALLOWANCE_USE)
@transaction.atomic
def give_back(subject_id: UUID, *, note: str, by: Actor, at: datetime) -> Entry | None:
    """Return the allowance of what did not count, into the period it was of.

    Doing it again adds nothing and returns the first line.

    Args:
        subject_id: The visit or sending; one that used no allowance gives None.
        note: Why, in words.
        by: Who; the use must be of the institution where they act.
        at: Now.
    """
    used = _use_of(subject_id, by)
    if used is None:
        return None
    done = Entry.objects.filter(subject_id=subject_id, reason=Reason.RETURN).first()
    if done:
        return done
    line = Entry(
        institution_id=by.institution_id, prisoner_id=used.prisoner_id, kind=used.kind,
        period_on=used.period_on, period_ends_on=used.period_ends_on,
        quota_id=used.quota_id, subject_id=subject_id, amount=-used.amount,
        reason=Reason.RETURN, note=note, at=at, by_name=by.name,
    )  # fmt: skip
    line.save(force_insert=True)
    audit.record(
        events.RETURNED, target=_file(used.prisoner_id), by=by, at=at,
        kind=used.kind, subject=str(subject_id), period_on=used.period_on,
    )  # fmt: skip
    return line


def _use_of(subject_id: UUID, by: Actor) -> Entry | None:
    """Return the use of one subject, its ledger locked as every writer locks it."""
    rows = Entry.objects.filter(subject_id=subject_id, reason=Reason.USE)
    used = rows.filter(institution_id=by.institution_id).first()
    if used:
        rows.select_for_update(no_key=True).get(pk=used.pk)
    return used


@requires(Permission.ALLOWANCE_CORRECT)
@transaction.atomic
def correct(
    prisoner_id: UUID,
    kind: str,
    amount: int,
    *,
    note: str,
    on: date,
    request_id: UUID,
    by: Actor,
    at: datetime,
) -> Entry:
    """Add a correction with its reason; the same request again is done once.

    Raises:
        NotFound: No such prisoner where the actor writes.
        Invalid: Kind unknown, amount 0 or beyond 50, or no reason given.
    """
    change = _Manual(Reason.CORRECTION, amount, note, request_id)
    return _add(prisoner_id, kind, change, on=on, by=by, at=at)


@requires(Permission.ALLOWANCE_CORRECT)
@transaction.atomic
def add_extra(
    prisoner_id: UUID,
    kind: str,
    amount: int,
    *,
    note: str,
    on: date,
    request_id: UUID,
    by: Actor,
    at: datetime,
) -> Entry:
    """Give more than the quota, as an incentive on an order named in ``note``.

    Raises:
        NotFound: No such prisoner where the actor writes.
        Invalid: Kind unknown, amount below 1 or beyond 50, or no order named.
    """
    if amount < 1:
        raise Invalid("allowance_amount", field="amount")
    change = _Manual(Reason.EXTRA, amount, note, request_id)
    return _add(prisoner_id, kind, change, on=on, by=by, at=at)


@dataclass(frozen=True, slots=True)
class _Manual:
    """A line that a person adds by hand."""

    reason: Reason
    amount: int
    note: str
    request_id: UUID


_EVENTS = {
    Reason.CORRECTION: events.CORRECTED,
    Reason.EXTRA: events.EXTRA_GIVEN,
}
AT_MOST = 50


def _add(
    prisoner_id: UUID, kind: str, manual: _Manual, *, on: date, by: Actor, at: datetime
) -> Entry:
    if not 0 < abs(manual.amount) <= AT_MOST:
        raise Invalid("allowance_amount", field="amount")
    if not manual.note.strip():
        raise Invalid("reason_missing", field="note")
    allowance, _figures = selectors.locked_balance(prisoner_id, kind, on, by=by)
    done = Entry.objects.filter(request_id=manual.request_id).first()
    if done:
        return done
    due = _due_lines(allowance, by, at)
    line = Entry(**_columns(allowance, manual.amount, manual.reason, by, at))
    line.note, line.request_id = manual.note.strip(), manual.request_id
    Entry.objects.bulk_create([*due, line])
    audit.record(
        _EVENTS[manual.reason], target=_file(prisoner_id), by=by, at=at,
        kind=kind, amount=manual.amount, period_on=allowance.period.starts_on,
    )  # fmt: skip
    return line


def _due_lines(allowance: Allowance, by: Actor, at: datetime) -> list[Entry]:
    return [Entry(**columns) for columns in _due(allowance, by, at)]


def _due(allowance: Allowance, by: Actor, at: datetime) -> list[dict[str, Any]]:
    if allowance.due == 0:
        return []
    reason = Reason.CHANGE if allowance.granted else Reason.GRANT
    return [_columns(allowance, allowance.due, reason, by, at)]


def _columns(
    allowance: Allowance, amount: int, reason: Reason, by: Actor, at: datetime
) -> dict[str, Any]:
    return {
        "id": ids.new_id(),
        "institution_id": by.institution_id,
        "prisoner_id": allowance.prisoner_id,
        "kind": allowance.kind,
        "period_on": allowance.period.starts_on,
        "period_ends_on": allowance.period.ends_on,
        "quota_id": allowance.quota_id,
        "subject_id": None,
        "request_id": None,
        "amount": amount,
        "reason": reason.value,
        "note": "",
        "at": at,
        "by_name": by.name,
    }


def _file(prisoner_id: UUID) -> tuple[str, str]:
    return "prisoner", str(prisoner_id)
