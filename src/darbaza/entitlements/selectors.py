"""Rules in force, quotas, and the ledger of one prisoner."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor, anyone_seeing
from darbaza.custody import selectors as custody
from darbaza.entitlements import policies, rulebook, texts
from darbaza.entitlements.models import Entry, Quota, Rule
from darbaza.entitlements.types import (
    KINDS,
    VISITS,
    Allowance,
    Balance,
    Line,
    QuotaRef,
    QuotaWords,
    Reason,
)
from darbaza.kernel import decisions
from darbaza.kernel.db import Prepared, PreparedObjects
from darbaza.kernel.errors import Invalid, NotFound

if TYPE_CHECKING:
    from darbaza.custody.models import Prisoner

NO_ORDINARY_VISIT = frozenset({"isolation", "quarantine"})
"""Separations in which the next visit must wait; a sending is stored till their end."""


@requires(Permission.RULE_SEE)
def rules(
    on: date,
    *,
    by: Actor,  # noqa: ARG001 - read by the decorator
) -> dict[str, decisions.Rule]:
    """Return the rules in force on a day by code; kept for a few seconds."""
    return rulebook.in_force(on).rules


@requires(Permission.RULE_SEE)
def figures(
    on: date,
    *,
    by: Actor,  # noqa: ARG001 - read by the decorator
) -> Mapping[str, Mapping[str, Any]]:
    """Return the figures of the rules in force on a day by code, kept like them."""
    return rulebook.in_force(on).figures


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
    row = _newest_quota.one(kind=kind, regime=regime, conditions=conditions, on=on)
    return _ref(row) if row else None


_newest_quota = PreparedObjects(
    lambda kind, regime, conditions, on: (
        Quota.objects.filter(
            rulebook.is_in_force(on, "rule__"),
            kind=kind,
            regime=regime,
            conditions=conditions,
        )
        .select_related("rule")
        .order_by("-rule__valid_from", "-id")[:1]
    )
)


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
    """Return what a prisoner has of one kind in the period of a day.

    The quota of the regime and conditions of today is counted in, written or not.

    Raises:
        NotFound: No such prisoner for this actor.
        Invalid: ``kind`` uses no allowance.
    """
    return _balance(custody.prisoner(prisoner_id, by=by), kind, on, by)[1]


@requires(Permission.ALLOWANCE_SEE)
def balances(prisoner_id: UUID, on: date, *, by: Actor) -> dict[str, Balance]:
    """Return the balance of every kind that uses an allowance, by kind.

    Raises:
        NotFound: No such prisoner for this actor.
    """
    prisoner = custody.prisoner(prisoner_id, by=by)
    return {kind: _balance(prisoner, kind, on, by)[1] for kind in KINDS}


@requires(Permission.ALLOWANCE_USE)
def locked_balance(
    prisoner_id: UUID, kind: str, on: date, *, by: Actor
) -> tuple[Allowance, Balance]:
    """Return what a writer must know; the prisoner's ledger is locked until commit.

    Every writer of a ledger begins with this lock. SQLite has one writer anyway.

    Raises:
        NotFound: No such prisoner where the actor writes.
        Invalid: ``kind`` uses no allowance.
    """
    row = _locked.one(key=prisoner_id, here=by.institution_id)
    if row is None:
        raise NotFound("prisoner")
    return _balance(row, kind, on, by)


_locked = PreparedObjects(
    lambda key, here: (
        custody.prisoners(by=anyone_seeing({here}))
        .filter(pk=key)
        .select_for_update(of=("self",), no_key=True)
    )
)


def _balance(
    prisoner: "Prisoner", kind: str, on: date, by: Actor
) -> tuple[Allowance, Balance]:
    if kind not in KINDS:
        raise Invalid("allowance_kind", field="kind")
    found = _quota(kind, prisoner.regime, prisoner.conditions, on)
    period = policies.period_for(found, on)
    rows = _lines(prisoner=prisoner.pk, kind=kind, period=period.starts_on)
    lines = [Line(n, Reason(r)) for n, r in rows]
    figures = policies.balance(
        found,
        lines,
        on=on,
        isolated_until=_isolated_until(prisoner, on, by) if kind in VISITS else None,
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


_lines = Prepared(
    lambda prisoner, kind, period: Entry.objects.filter(
        prisoner_id=prisoner, kind=kind, period_on=period
    ).values_list("amount", "reason")
)


def _isolated_until(prisoner: "Prisoner", on: date, by: Actor) -> date | None:
    rows = custody.separated_on(prisoner.pk, on, by=by)
    ends = (row.ends_on for row in rows if row.kind in NO_ORDINARY_VISIT)
    return max(filter(None, ends), default=None)


@requires(Permission.ALLOWANCE_SEE)
def entries(prisoner_id: UUID, *, by: Actor) -> QuerySet[Entry]:
    """Return every line of a prisoner's ledger, oldest first, of all institutions.

    The ledger follows the prisoner: whoever sees the prisoner sees all of it.

    Raises:
        NotFound: No such prisoner for this actor.
    """
    prisoner = custody.prisoner(prisoner_id, by=by)
    rows = Entry.objects.filter(prisoner_id=prisoner.pk)
    return rows.select_related("quota__rule").order_by("at", "id")


@requires(Permission.RULE_SEE)
def rule(
    code: str,
    on: date,
    *,
    by: Actor,  # noqa: ARG001 - read by the decorator
) -> Rule | None:
    """Return the version of a rule in force on a day, with its figures, or None."""
    return Rule.objects.filter(rulebook.is_in_force(on), code=code).first()


@requires(Permission.RULE_SEE)
def rule_rows(
    *,
    on: date | None = None,
    by: Actor,  # noqa: ARG001 - read by the decorator
) -> QuerySet[Rule]:
    """Return every version of every rule, or those in force on a day."""
    rows = Rule.objects.order_by("code", "-valid_from")
    return rows if on is None else rows.filter(rulebook.is_in_force(on))


@requires(Permission.RULE_SEE)
def quota_words(
    kind: str,
    on: date,
    *,
    by: Actor,  # noqa: ARG001 - read by the decorator
) -> list[QuotaWords]:
    """Return the quotas of one kind in force on a day in words, regime by regime."""
    rows = Quota.objects.filter(rulebook.is_in_force(on, "rule__"), kind=kind)
    order = {name: place for place, name in enumerate(texts.REGIMES)}
    inner = {name: place for place, name in enumerate(texts.CONDITIONS)}
    found = sorted(
        rows.select_related("rule"),
        key=lambda q: (order.get(q.regime, 99), inner.get(q.conditions, 99)),
    )
    return [
        QuotaWords(
            texts.say(texts.REGIMES, row.regime),
            texts.say(texts.CONDITIONS, row.conditions),
            row.amount,
            row.get_period_display(),
            row.rule.verified,
        )
        for row in found
    ]


@requires(Permission.RULE_SEE)
def versions(
    code: str,
    *,
    by: Actor,  # noqa: ARG001 - read by the decorator
) -> list[Rule]:
    """Return the versions of a rule with their quota tables, newest first.

    Raises:
        NotFound: There is no rule with this code.
    """
    rows = Rule.objects.filter(code=code).order_by("-valid_from")
    found = list(rows.prefetch_related("quotas"))
    if not found:
        raise NotFound("rule")
    return found
