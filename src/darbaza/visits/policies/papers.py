"""Grounds that rest on the papers a visitor shows."""

from collections.abc import Iterator
from datetime import date

from darbaza.accounts.permissions import Permission
from darbaza.kernel.decisions import Ground, by_law, warn
from darbaza.visits.types import Rules, VisitFacts, VisitorFacts

SHIFT = Permission.OVERRIDE_SHIFT.value
EXPIRES_SOON_DAYS = 30
ADULT_YEARS = 18
BY_EYE = frozenset({"phone_document"})
OF_A_LAWYER = frozenset({"lawyer_licence", "warrant"})
OF_AN_OFFICIAL = frozenset({"service_card", "letter", "warrant"})
_WARNINGS = {
    "unknown_issuer": "document_unknown_issuer",
    "damaged": "document_damaged",
}


def is_minor(visitor: VisitorFacts, *, on: date) -> bool:
    """Tell whether the visitor is under 18 on that day; a child by part, if unknown."""
    born = visitor.birth_on
    if born is None:
        return visitor.part == "child"
    # Born on 29 February: of age on 1 March, as (month, day) compares.
    eighteenth = (born.year + ADULT_YEARS, born.month, born.day)
    return (on.year, on.month, on.day) < eighteenth


def grounds(
    visit: VisitFacts, visitor: VisitorFacts, *, rules: Rules
) -> Iterator[Ground]:
    """Give every ground on document and papers, for a visit on ``visit.day``."""
    rule = rules["visits.document"]
    if not visitor.document_kind:
        if not is_minor(visitor, on=visit.day):
            yield by_law("document_missing", rule=rule, lift=SHIFT)
    else:
        yield from _validity(visitor, visit.day, rules)
    if visitor.document_kind in BY_EYE:
        yield warn("document_by_eye", rule=rule)
    if "not_yet_valid" in visitor.conditions:
        yield by_law("document_not_yet_valid", rule=rule, lift=SHIFT)
    for condition, code in _WARNINGS.items():
        if condition in visitor.conditions:
            yield warn(code, rule=rule)
    yield from _profession(visit, visitor, rules)


def _validity(visitor: VisitorFacts, day: date, rules: Rules) -> Iterator[Ground]:
    expires, rule = visitor.document_expires_on, rules["visits.document"]
    if expires is None:
        return
    if expires < day:
        yield by_law("document_expired", rule=rule, lift=SHIFT, until=expires)
    elif (days := (expires - day).days) <= EXPIRES_SOON_DAYS:
        yield warn("document_expires_soon", rule=rule, days=days, until=expires)


def _profession(
    visit: VisitFacts, visitor: VisitorFacts, rules: Rules
) -> Iterator[Ground]:
    seen = {visitor.paper, visitor.document_kind}
    if visit.kind == "lawyer" and not seen & OF_A_LAWYER:
        rule = rules["visits.lawyer"]
        yield by_law("lawyer_without_licence", rule=rule, lift=SHIFT)
    if visit.kind in {"official", "consular", "religious"} and not (
        seen & OF_AN_OFFICIAL
    ):
        rule = rules["visits.official"]
        yield by_law("official_without_paper", rule=rule, lift=SHIFT)
