"""Rules in force, quotas, and the ledger of one prisoner."""

from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.entitlements import policies, rulebook
from darbaza.entitlements.models import Entry, Quota
from darbaza.entitlements.types import (
    KINDS,
    Allowance,
    Balance,
    Line,
    QuotaRef,
    Reason,
)
from darbaza.kernel import decisions
from darbaza.kernel.errors import Invalid, NotFound


@requires(Permission.RULE_SEE)
def rules(
    on: date,
    *,
    by: Actor,  # noqa: ARG001 - read by the decorator
) -> dict[str, decisions.Rule]:
    """Return the rules in force on a day by code; kept for a few seconds."""
    return rulebook.in_force(on)


@requires(Permission.RULE_SEE)
def quota(
    kind: str,
    regime: str,
    conditions: str,
    on: date,
    *,
    by: Actor,  # noqa: ARG001 - read by the decorator
) -> QuotaRef | None:
    """Return the quota in force on a day, or None where no row says anything.

    Where two rules have a row, the one that came into force last counts.
    """
    return _quota(kind, regime, conditions, on)


def _quota(kind: str, regime: str, conditions: str, on: date) -> QuotaRef | None:
    rows = Quota.objects.filter(
        rulebook.is_in_force(on, "rule__"),
        kind=kind,
        regime=regime,
        conditions=conditions,
    )
    row = rows.select_related("rule").order_by("-rule__valid_from", "-id").first()
    return _ref(row) if row else None


def _ref(row: Quota) -> QuotaRef:
    rule = decisions.Rule(row.rule.code, row.rule.verified, row.rule.legal_basis)
    return QuotaRef(
        id=row.pk,
        kind=row.kind,
        regime=row.regime,
        conditions=row.conditions,
        amount=row.amount,
        length=row.period,
        minutes=row.minutes,
        rule=rule,
    )


@requires(Permission.ALLOWANCE_SEE)
def balance(prisoner_id: UUID, kind: str, on: date, *, by: Actor) -> Balance:
    """Return what a prisoner has of one kind of visit in the period of a day.

    The quota of the regime and conditions of today is counted in, written or not.

    Raises:
        NotFound: No such prisoner for this actor.
        Invalid: ``kind`` uses no allowance.
    """
    return _balance(_prisoner(prisoner_id, by), kind, on)[1]


@requires(Permission.ALLOWANCE_SEE)
def balances(prisoner_id: UUID, on: date, *, by: Actor) -> dict[str, Balance]:
    """Return the balance of every kind that uses an allowance, by kind.

    Raises:
        NotFound: No such prisoner for this actor.
    """
    prisoner = _prisoner(prisoner_id, by)
    return {kind: _balance(prisoner, kind, on)[1] for kind in KINDS}


@requires(Permission.VISIT_REGISTER)
def locked_balance(
    prisoner_id: UUID, kind: str, on: date, *, by: Actor
) -> tuple[Allowance, Balance]:
    """Return what a writer must know; the prisoner's ledger is locked until commit.

    Every writer of a ledger begins with this lock. SQLite has one writer anyway.

    Raises:
        NotFound: No such prisoner where the actor writes.
        Invalid: ``kind`` uses no allowance.
    """
    return _balance(_locked(prisoner_id, by), kind, on)


def _balance(prisoner: Any, kind: str, on: date) -> tuple[Allowance, Balance]:
    if kind not in KINDS:
        raise Invalid("allowance_kind", field="kind")
    found = _quota(kind, prisoner.regime, prisoner.conditions, on)
    period = policies.period_for(found, on)
    rows = Entry.objects.filter(
        prisoner_id=prisoner.pk, kind=kind, period_on=period.starts_on
    )
    lines = [Line(n, Reason(r)) for n, r in rows.values_list("amount", "reason")]
    figures = policies.balance(
        found, lines, on=on, isolated_until=_isolated_until(prisoner, on)
    )
    allowance = Allowance(
        prisoner_id=prisoner.pk,
        kind=kind,
        period=period,
        due=figures.due,
        granted=any(line.reason is Reason.GRANT for line in lines),
        quota_id=found.id if found else None,
    )
    return allowance, figures


def _isolated_until(prisoner: Any, on: date) -> date | None:
    rows = prisoner.separations.filter(
        kind__in=["isolation", "quarantine"],
        starts_on__lte=on,
        ends_on__gt=on,
        ended_at=None,
    )
    return max(rows.values_list("ends_on", flat=True), default=None)


@requires(Permission.ALLOWANCE_SEE)
def entries(prisoner_id: UUID, *, by: Actor) -> QuerySet[Entry]:
    """Return every line of a prisoner's ledger, oldest first, of all institutions.

    The ledger follows the prisoner: whoever sees the prisoner sees all of it.

    Raises:
        NotFound: No such prisoner for this actor.
    """
    prisoner = _prisoner(prisoner_id, by)
    rows = Entry.objects.filter(prisoner_id=prisoner.pk)
    return rows.select_related("quota__rule").order_by("at", "id")


def _prisoner(prisoner_id: UUID, by: Actor) -> Any:
    model = apps.get_model("custody", "Prisoner")
    rows = model._default_manager.filter(institution_id__in=by.sees)
    return _one(rows, prisoner_id)


def _locked(prisoner_id: UUID, by: Actor) -> Any:
    model = apps.get_model("custody", "Prisoner")
    rows = model._default_manager.filter(institution_id=by.institution_id)
    return _one(rows.select_for_update(no_key=True), prisoner_id)


def _one(rows: Any, key: UUID) -> Any:
    row = rows.filter(pk=key).first()
    if row is None:
        raise NotFound(kind="prisoner")
    return row
