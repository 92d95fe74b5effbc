"""The rules in force, kept in memory for a few seconds: every decision asks for them.

Another process learns of a change when its copy is that old; the process that made the
change forgets its copy at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from darbaza.entitlements.models import Rule
from darbaza.kernel import decisions

# (code, from, to, verified, basis, figures) of one rule row.
_Row = tuple[str, date, date | None, bool, str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Day:
    """What is in force on one day, by code."""

    rules: dict[str, decisions.Rule]
    figures: dict[str, Mapping[str, Any]]


@dataclass(slots=True)
class _Kept:
    rows: tuple[_Row, ...] = ()
    until: float = 0.0
    by_day: dict[date, Day] = field(default_factory=dict)


_kept = _Kept()


def in_force(on: date) -> Day:
    """Return the rules in force on a day, and their figures."""
    if monotonic() >= _kept.until:
        _kept.rows, _kept.by_day = tuple(_read()), {}
        _kept.until = monotonic() + settings.DARBAZA_RULES_KEPT_SECONDS
    by_day = _kept.by_day  # held fast: another thread may put an empty one there
    if (found := by_day.get(on)) is None:
        rows = [r for r in _kept.rows if r[1] <= on and (r[2] is None or on < r[2])]
        found = by_day[on] = Day(
            {r[0]: decisions.Rule(r[0], r[3], r[4]) for r in rows},
            {r[0]: r[5] for r in rows},
        )
    return found


def forget() -> None:
    """Read the rules anew: now for this transaction, and after its commit for all."""
    _kept.until = 0.0
    transaction.on_commit(_forget_now)


def _forget_now() -> None:
    _kept.until = 0.0


def _read() -> Iterable[_Row]:
    fields = ("code", "valid_from", "valid_to", "verified_on", "legal_basis", "figures")
    for code, start, end, verified_on, basis, more in Rule.objects.values_list(*fields):
        yield code, start, end, verified_on is not None, basis, more


def is_in_force(on: date, prefix: str = "") -> Q:
    """Return the condition "in force on that day" for rules or rows beneath them."""
    open_ended = Q(**{f"{prefix}valid_to": None})
    still = open_ended | Q(**{f"{prefix}valid_to__gt": on})
    return Q(**{f"{prefix}valid_from__lte": on}) & still
