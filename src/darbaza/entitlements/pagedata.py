"""What the shared components want to know, made of our rows."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from darbaza.audit import texts as audit
from darbaza.entitlements import texts
from darbaza.entitlements.models import Entry, Quota, Rule
from darbaza.entitlements.tables import Posted
from darbaza.pages import dates

if TYPE_CHECKING:
    from darbaza.audit.models import Event


def history(events: Iterable["Event"]) -> list[dict[str, Any]]:
    """Return the lines of ``pages/_history.html``."""
    return [
        {
            "what": audit.text(event.type),
            "at": event.at,
            "who": event.actor_name,
            "detail": event.facts.get("name", ""),
        }
        for event in events
    ]


def postings(entries: Iterable[Entry]) -> list[Posted]:
    """Return the lines of a ledger, newest first, with the balance after each."""
    balances: dict[tuple[str, Any], int] = defaultdict(int)
    found = []
    for entry in entries:
        key = (entry.kind, entry.period_on)
        balances[key] += entry.amount
        note = texts.say(texts.NOTES | texts.SENDING_NOTES, entry.note)
        found.append(Posted(entry, balances[key], note))
    return found[::-1]


def version(rule: Rule) -> dict[str, Any]:
    """Return one version of a rule for its card."""
    rows = [
        (_("Legal basis"), rule.legal_basis),
        (_("Source"), rule.source),
        (_("Country"), texts.say(texts.COUNTRIES, rule.jurisdiction)),
        (_("In force from"), dates.short(rule.valid_from)),
        (_("Until"), dates.short(rule.valid_to) if rule.valid_to else ""),
    ]
    rows += [
        (texts.say(texts.FIGURES, k), texts.figure(v)) for k, v in rule.figures.items()
    ]
    rows.append((_("Added"), f"{dates.moment(rule.added_at)} · {rule.added_by}"))
    return {
        "rule": rule,
        "rows": [{"key": key, "value": value} for key, value in rows],
        "quotas": [quota(row) for row in sorted(rule.quotas.all(), key=_order)],
    }


def quota(row: Quota) -> dict[str, Any]:
    """Return one line of a quota table in words."""
    return {
        "kind": row.get_kind_display(),
        "regime": texts.say(texts.REGIMES, row.regime),
        "conditions": texts.say(texts.CONDITIONS, row.conditions),
        "amount": row.amount,
        "period": row.get_period_display(),
        "hours": row.minutes // 60 or "–",
    }


def _order(row: Quota) -> tuple[int, int, str]:
    regimes, conditions = list(texts.REGIMES), list(texts.CONDITIONS)
    place = regimes.index(row.regime) if row.regime in regimes else len(regimes)
    inner = (
        conditions.index(row.conditions)
        if row.conditions in conditions
        else len(conditions)
    )
    return place, inner, row.kind
