"""Figures of the ledger and drafts of rules. No Django here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from darbaza.kernel.decisions import Rule
from darbaza.kernel.periods import Period

VISITS = ("short", "long")
"""Kinds of visit that use an allowance; every other kind of visit uses none."""
SENDINGS = ("parcel", "packet")
"""Kinds of sending that use one; a package and a parcel share theirs."""
KINDS = (*VISITS, *SENDINGS)


class Reason(StrEnum):
    """Why a line stands in the ledger."""

    GRANT = "grant"
    """What the quota gives for the period; once a period."""
    CHANGE = "change"
    """The difference when regime, conditions or the rule changed in the period."""
    EXTRA = "extra"
    """Given beyond the quota, as an incentive, on an order."""
    USE = "use"
    RETURN = "return"
    CORRECTION = "correction"


ALLOCATING = frozenset({Reason.GRANT, Reason.CHANGE})
"""Lines that together always equal the quota in force when they were written."""
USING = frozenset({Reason.USE, Reason.RETURN})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a ledger: how much, and why."""

    amount: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class QuotaRef:
    """One row of a quota table, with the rule it rests on."""

    id: UUID
    kind: str
    regime: str
    conditions: str
    amount: int | None
    """How many in a period; None: without limit."""
    length: str
    """Length of the period: year, half_year or month."""
    minutes: int
    """Length of one visit; 0 for a sending."""
    rule: Rule


@dataclass(frozen=True, slots=True)
class Balance:
    """What a prisoner has of one kind in one period.

    ``left`` is never below 0; what was used beyond the allowance, by override or
    while the rule was unverified, stands in ``overdrawn``.
    """

    granted: int
    used: int
    left: int
    overdrawn: int
    period: Period
    next_on: date | None
    """First day on which a further one is within the allowance; None: unknown."""
    unlimited: bool
    rule: Rule | None
    quota: QuotaRef | None
    """None: there is no row for this regime and these conditions."""
    due: int = 0
    """What ``ensure_grant`` would still write, to bring the ledger to the quota."""

    @property
    def last_on(self) -> date:
        """The last day of the period, as people name it."""
        return self.period.ends_on - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the writer of a use must know, read under the prisoner's lock."""

    prisoner_id: UUID
    kind: str
    period: Period
    due: int
    """Amount of the grant or change that still has to be written; may be 0."""
    granted: bool
    """Whether the period has its grant, so that ``due`` is a change."""
    quota_id: UUID | None


@dataclass(frozen=True, slots=True)
class QuotaDraft:
    """One line of a quota table as a person enters it."""

    kind: str
    regime: str
    conditions: str
    amount: int | None
    period: str
    minutes: int


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A version of a rule, in force from a day."""

    code: str
    name_ky: str
    name_ru: str
    name_en: str
    legal_basis: str
    valid_from: date
    source: str = ""
    jurisdiction: str = "KG"
    valid_to: date | None = None
    figures: Mapping[str, Any] = field(default_factory=dict)
    quotas: tuple[QuotaDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading the reference did: codes of rows added, found, left to people."""

    added: tuple[str, ...]
    found: tuple[str, ...]
    left_alone: tuple[str, ...]
    """A person has changed or verified this rule; the newer shipped row waits."""


@dataclass(frozen=True, slots=True)
class QuotaWords:
    """A line of a quota table in the words of the page's language."""

    regime: str
    conditions: str
    amount: int | None
    """None: without limit."""
    period: str
    verified: bool
