"""Arithmetic of allowances. Lines in, figures out.

How the ledger treats a change inside a period: the quota of the day counts for the
whole period. When conditions get better, the difference is granted at once; when they
get worse, or a new version of the rule gives less, the difference is taken back, but
visits that took place stay as they were: the balance stops at nothing and no debt is
carried into the next period. Somebody admitted during a period has the whole quota.
What the Kyrgyz rules say about both is not known (facts, section 1.3).
"""

from collections.abc import Iterable
from datetime import date

from darbaza.entitlements.types import (
    ALLOCATING,
    USING,
    Balance,
    Line,
    QuotaRef,
    Reason,
)
from darbaza.kernel.periods import Period, period_of

DEFAULT_LENGTH = "year"


def period_for(quota: QuotaRef | None, on: date) -> Period:
    """Return the period that a visit on ``on`` counts in; a year where no rule says."""
    return period_of(on, length=quota.length if quota else DEFAULT_LENGTH)


def due(quota: QuotaRef | None, lines: Iterable[Line]) -> int:
    """Return what is missing in the ledger to bring it to the quota of the day.

    0 where there is no quota or no limit: what was allocated before then stays.
    """
    if quota is None or quota.amount is None:
        return 0
    return quota.amount - _sum(lines, ALLOCATING)


def balance(
    quota: QuotaRef | None,
    lines: Iterable[Line],
    *,
    on: date,
    isolated_until: date | None = None,
) -> Balance:
    """Return the balance of one kind in the period of ``on``.

    Args:
        quota: The row in force on that day; None where there is none.
        lines: The lines of this kind and period, in any order.
        on: The day asked about.
        isolated_until: Day after the isolation the prisoner is in on that day.
    """
    lines = tuple(lines)
    missing = due(quota, lines)
    used = -_sum(lines, USING)
    granted = sum(line.amount for line in lines) + used + missing
    period = period_for(quota, on)
    unlimited = quota is not None and quota.amount is None
    left = max(0, granted - used)
    return Balance(
        granted=granted,
        used=used,
        left=left,
        overdrawn=max(0, used - granted),
        period=period,
        next_on=_next_on(
            quota,
            period,
            on=max(on, isolated_until or on),
            in_hand=unlimited or left > 0,
        ),
        unlimited=unlimited,
        rule=quota.rule if quota else None,
        quota=quota,
        due=missing,
    )


def may_overdraw(figures: Balance) -> bool:
    """Tell whether a use beyond the allowance needs no override.

    A quota that nobody has verified, or that does not exist, warns and never refuses.
    """
    return figures.unlimited or figures.rule is None or not figures.rule.verified


def _next_on(
    quota: QuotaRef | None, period: Period, *, on: date, in_hand: bool
) -> date | None:
    """Return the first day within the allowance, from ``on``.

    What is in hand lapses with the period; a quota of 0 gives no day at all.
    """
    if in_hand and on in period:
        return on
    if quota is None or quota.amount == 0:
        return None
    return max(on, period.ends_on)


def _sum(lines: Iterable[Line], reasons: frozenset[Reason]) -> int:
    return sum(line.amount for line in lines if line.reason in reasons)
