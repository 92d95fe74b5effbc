"""The rules in force, kept in memory for a few seconds: every decision asks for them.

Another process learns of a change when its copy is that old; the process that made the
change forgets its copy at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from time import monotonic

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from darbaza.entitlements.models import Rule
from darbaza.kernel import decisions

# (code, from, to, verified, basis) of one rule row.
_Row = tuple[str, date, date | None, bool, str]


@dataclass(slots=True)
class _Kept:
    rows: tuple[_Row, ...] = ()
    until: float = 0.0
    by_day: dict[date, dict[str, decisions.Rule]] = field(default_factory=dict)


_kept = _Kept()


def in_force(on: date) -> dict[str, decisions.Rule]:
    """Return the rules in force on a day, by code."""
    if monotonic() >= _kept.until:
        _kept.rows, _kept.by_day = tuple(_read()), {}
        _kept.until = monotonic() + settings.DARBAZA_RULES_KEPT_SECONDS
    by_day = _kept.by_day  # held fast: another thread may put an empty one there
    if (found := by_day.get(on)) is None:
        found = by_day[on] = {
            code: decisions.Rule(code, verified, basis)
            for code, start, end, verified, basis in _kept.rows
            if start <= on and (end is None or on < end)
        }
    return found


def forget() -> None:
    """Read the rules anew: now for this transaction, and after its commit for all."""
    _kept.until = 0.0
    transaction.on_commit(_forget_now)


def _forget_now() -> None:
    _kept.until = 0.0


def _read() -> Iterable[_Row]:
    fields = ("code", "valid_from", "valid_to", "verified_on", "legal_basis")
    for code, start, end, verified_on, basis in Rule.objects.values_list(*fields):
        yield code, start, end, verified_on is not None, basis


def is_in_force(on: date, prefix: str = "") -> Q:
    """Return the condition "in force on that day" for rules or rows beneath them."""
    open_ended = Q(**{f"{prefix}valid_to": None})
    still = open_ended | Q(**{f"{prefix}valid_to__gt": on})
    return Q(**{f"{prefix}valid_from__lte": on}) & still
