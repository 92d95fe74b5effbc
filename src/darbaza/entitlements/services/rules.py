"""Versions of rules: added from a day, verified by a named person, ended.

A rule is never edited. What it said on a day can be found for ever, because a change
is a new version and the one before it ends where the new one begins.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.entitlements import events, rulebook
from darbaza.entitlements.models import Quota, Rule
from darbaza.entitlements.types import VISITS, QuotaDraft, RuleDraft
from darbaza.kernel.errors import Conflict, Invalid, NotFound


@requires(Permission.RULE_MANAGE)
@transaction.atomic
def add_version(draft: RuleDraft, *, request_id: UUID, by: Actor, at: datetime) -> Rule:
    """Add a version in force from a day; the version before it ends on that day.

    A later version that exists already stays, and ends the new one. The same request
    again returns the version that it made.

    Raises:
        Invalid: Name, legal basis or code is empty, or a quota is impossible.
        Conflict: ``rule_day_taken``: another version begins on that day.
    """
    done = Rule.objects.filter(request_id=request_id).first()
    if done:
        return done
    row = write_version(draft, by=by, at=at, request_id=request_id)
    audit.record(
        events.RULE_ADDED, target=row, by=by, at=at,
        code=row.code, valid_from=row.valid_from, quotas=len(draft.quotas),
    )  # fmt: skip
    rulebook.forget()
    return row


@requires(Permission.RULE_MANAGE)
def write_version(
    draft: RuleDraft, *, request_id: UUID | None = None, by: Actor, at: datetime
) -> Rule:
    """Write the rows of a version without an event: for callers who record many."""
    _check(draft)
    versions = Rule.objects.select_for_update(no_key=True).filter(code=draft.code)
    start = draft.valid_from
    if versions.filter(valid_from=start).exists():
        raise Conflict("rule_day_taken", valid_from=start)
    before = versions.filter(valid_from__lt=start)
    before.filter(Q(valid_to=None) | Q(valid_to__gt=start)).update(valid_to=start)
    later = versions.filter(valid_from__gt=start).order_by("valid_from").first()
    ends = [day for day in (draft.valid_to, later and later.valid_from) if day]
    row = Rule(
        code=draft.code, name_ky=draft.name_ky, name_ru=draft.name_ru,
        name_en=draft.name_en, jurisdiction=draft.jurisdiction,
        legal_basis=draft.legal_basis, source=draft.source, valid_from=start,
        valid_to=min(ends, default=None), figures=dict(draft.figures),
        added_at=at, added_by=by.name, request_id=request_id,
    )  # fmt: skip
    row.save(force_insert=True)
    Quota.objects.bulk_create(_quota(row, quota) for quota in draft.quotas)
    return row


@requires(Permission.RULE_MANAGE)
@transaction.atomic
def verify(rule_id: UUID, *, name: str, on: date, by: Actor, at: datetime) -> Rule:
    """Say that a named person has compared a rule with the law in force.

    From then on the rule refuses where it only warned. A second person's look at a
    verified rule is recorded and changes nothing; the same again changes nothing.

    Args:
        rule_id: The version.
        name: Who compared it, with their office.
        on: On which day; not after today.
        by: Who enters it.
        at: Now.

    Raises:
        NotFound: No such version.
        Invalid: No name, or a day to come.
    """
    name = " ".join(name.split())
    if not name:
        raise Invalid("value_missing", field="name")
    if on > timezone.localdate(at):
        raise Invalid("rule_verified_later", field="on")
    row = _locked(rule_id)
    facts = {"code": row.code, "name": name, "on": on}
    if not row.verified:
        row.verified_by, row.verified_on = name, on
        row.save(update_fields=["verified_by", "verified_on"])
        audit.record(events.RULE_VERIFIED, target=row, by=by, at=at, **facts)
        rulebook.forget()
    elif (row.verified_by, row.verified_on) != (name, on):
        audit.record(events.RULE_SECOND_LOOK, target=row, by=by, at=at, **facts)
    return row


@requires(Permission.RULE_MANAGE)
@transaction.atomic
def end(rule_id: UUID, *, on: date, by: Actor, at: datetime) -> Rule:
    """End a version: ``on`` is the day after its last. The same day again is fine.

    Raises:
        NotFound: No such version.
        Invalid: The day is not after the first day of the version.
        Conflict: ``rule_ended``: it ends earlier already.
    """
    row = _locked(rule_id)
    if row.valid_to == on:
        return row
    if on <= row.valid_from:
        raise Invalid("rule_ends_too_early", field="on", valid_from=row.valid_from)
    if row.valid_to is not None and row.valid_to < on:
        raise Conflict("rule_ended", valid_to=row.valid_to)
    row.valid_to = on
    row.save(update_fields=["valid_to"])
    audit.record(events.RULE_ENDED, target=row, by=by, at=at, code=row.code, on=on)
    rulebook.forget()
    return row


def _locked(rule_id: UUID) -> Rule:
    row = Rule.objects.select_for_update(no_key=True).filter(pk=rule_id).first()
    if row is None:
        raise NotFound("rule")
    return row


def _check(draft: RuleDraft) -> None:
    for field in ("code", "name_ky", "name_ru", "name_en", "legal_basis"):
        if not getattr(draft, field).strip():
            raise Invalid("value_missing", field=field)
    if draft.valid_to is not None and draft.valid_to <= draft.valid_from:
        raise Invalid("rule_ends_too_early", field="valid_to")
    rows = [(q.kind, q.regime, q.conditions) for q in draft.quotas]
    if len(set(rows)) < len(rows):
        raise Invalid("quota_twice", field="quotas")
    for quota in draft.quotas:
        _check_quota(quota)


def _check_quota(quota: QuotaDraft) -> None:
    known = quota.kind in Quota.Kind.values and quota.period in Quota.Period.values
    number = quota.amount is None or 0 <= quota.amount <= 366
    timed = (quota.minutes > 0) is (quota.kind in VISITS)
    if not (known and number and quota.regime and timed and quota.minutes <= 14_400):
        raise Invalid("quota_impossible", field="quotas")


def _quota(rule: Rule, draft: QuotaDraft) -> Quota:
    return Quota(
        rule=rule, kind=draft.kind, regime=draft.regime, conditions=draft.conditions,
        amount=draft.amount, period=draft.period, minutes=draft.minutes,
    )  # fmt: skip
