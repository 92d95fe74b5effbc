"""Words of the inspection: gaps, patterns, what the law says, how attempts match."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from darbaza.accounts.types import Actor
from darbaza.entitlements import selectors as entitlements
from darbaza.parcels.chain import Where
from darbaza.parcels.patterns import Kind
from darbaza.parcels.selectors.goods import RULE

GAPS: Mapping[str, Promise] = {
    "chain_begins_at_counter": gettext_lazy("The chain does not begin at the counter."),
    "no_way_there": gettext_lazy("No way leads from the step before to this one."),
    "before_the_last_step": gettext_lazy(
        "This step is earlier than the one before it."
    ),
    "not_in_these_hands": gettext_lazy("Somebody gave it who did not have it in hand."),
    "seal_or_place_missing": gettext_lazy("Seal or place is missing."),
    "second_person_missing": gettext_lazy("No second person confirmed it."),
    "protocol_missing": gettext_lazy("No protocol and no order."),
    "signature_missing": gettext_lazy("Whoever received it did not sign."),
    "seal_not_accounted_for": gettext_lazy("What became of the seal is not said."),
    "same_moment_in_two_hands": gettext_lazy("At one moment in two hands."),
}

ACTS: Mapping[Where, Promise] = {
    Where.INSPECTION: gettext_lazy("Take to the inspection"),
    Where.STORE: gettext_lazy("Put into the store"),
    Where.BACK: gettext_lazy("Give back to the sender"),
    Where.HELD: gettext_lazy("Hold under seal"),
    Where.SEIZED: gettext_lazy("Seize with a protocol"),
    Where.INVESTIGATOR: gettext_lazy("Hand over to the investigator"),
    Where.DESTROYED: gettext_lazy("Destroy"),
}
"""What an officer of the inspection may do with a bag; delivery has its own."""

MATCHED: Mapping[str, Promise] = {
    "person": gettext_lazy("the same person"),
    "document": gettext_lazy("the same document"),
    "name": gettext_lazy("a name like it: compare the documents"),
}

PATTERNS: Mapping[Kind, Promise] = {
    Kind.ONE_TO_MANY: gettext_lazy("One sender to many prisoners"),
    Kind.MANY_TO_ONE: gettext_lazy("Many senders to one prisoner"),
    Kind.NEAR_LIMIT: gettext_lazy("Again and again just under the limit of weight"),
}


def categories(on: date, *, by: Actor) -> dict[str, str]:
    """Return the names of the categories of goods on a day."""
    rows = entitlements.rule_rows(on=on, by=by).filter(code__startswith=RULE)
    return {row.code.removeprefix(RULE): row.name for row in rows}


def said(rules: Iterable[Any]) -> list[dict[str, Any]]:
    """Return what rules say about an offence: name, basis, figures in words."""
    return [
        {
            "name": row.name,
            "code": row.code,
            "basis": row.legal_basis,
            "figures": figures(row.figures),
            "verified": row.verified,
        }
        for row in rules
    ]


def figures(known: Mapping[str, Any]) -> str:
    """Return the figures of an offence as one line; what is not given is left out."""
    parts = []
    if som := _span(known.get("som")):
        parts.append(_("a fine of %(som)s som") % {"som": som})
        if units := _span(known.get("units")):
            words = _("%(units)s calculation units") % {"units": units}
            parts[-1] += f" ({words})"
    if hours := _span(known.get("hours_work")):
        parts.append(_("community work of %(hours)s hours") % {"hours": hours})
    if years := _span(known.get("years")):
        parts.append(_("imprisonment of %(years)s years") % {"years": years})
    return f" {_('or')} ".join(parts)


def _span(value: Any) -> str:
    """Return a figure, or two as from and to."""
    if isinstance(value, list | tuple):
        return "–".join(_span(one) for one in value)
    return f"{value:,}".replace(",", "\u202f") if isinstance(value, int) else ""
