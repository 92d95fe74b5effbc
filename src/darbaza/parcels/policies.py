"""May this sending be taken, and may each of its lines? Every ground is given.

What an order or a fact forbids blocks. What only a rule of law forbids blocks where
somebody has verified the rule and warns until then (``by_law``): an unverified list
of prohibited goods sends nothing back by itself. Goods whose passing is an offence are
the exception in what follows, not in the decision: the officer who confirms them
keeps them, for nothing of that kind goes back over the counter.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from darbaza.accounts.permissions import Permission
from darbaza.kernel.decisions import (
    Decision,
    Effect,
    Ground,
    Rule,
    allow,
    block,
    by_law,
    warn,
)
from darbaza.parcels.types import (
    ALLOWANCES,
    Channel,
    Fate,
    Goods,
    ItemRule,
    Line,
    LineVerdict,
    Sending,
    SendingVerdict,
    Verdict,
)

SHIFT = Permission.OVERRIDE_SHIFT.value
DIRECTOR = Permission.OVERRIDE_DIRECTOR.value
WEIGHT = frozenset({"parcel_too_heavy", "parcel_weight_within"})
QUOTA = frozenset(
    {"parcel_no_allowance_needed", "parcel_no_quota_rule", "parcel_quota_unlimited",
     "parcel_quota_left", "parcel_quota_used"}
)  # fmt: skip
MOST_LINES = 200
"""More kinds of goods than this are two sendings."""
BARCODE = re.compile(r"\d{8}|\d{12,14}")
"""EAN-8, UPC-A, EAN-13, GTIN-14."""


def decide(
    sending: Sending,
    goods: Goods,
    *,
    rules: Mapping[str, Rule],
    lifts: Mapping[int | None, Collection[str]] = MappingProxyType({}),
) -> SendingVerdict:
    """Decide on a sending and on each of its lines.

    Args:
        sending: What is known about it.
        goods: What is known about goods on its day.
        rules: By code; one that is not loaded counts as unverified.
        lifts: Codes set aside by rank, by the number of the line from 1; under None
            those of the sending as such.
    """
    whole = may_accept(sending, rules=rules).lifted(lifts.get(None, ()))
    if sending.channel is Channel.LEGAL_MAIL:  # never opened, so there are no lines
        return SendingVerdict(whole, ())
    found: list[LineVerdict] = []
    for number, line in enumerate(sending.lines, start=1):
        same = [one for one in found if one.line.category == line.category]
        found.append(_line(line, sending, goods, same, lifts.get(number, ())))
    return SendingVerdict(whole, tuple(found))


def may_accept(sending: Sending, *, rules: Mapping[str, Rule]) -> Decision:
    """Decide on the sending as such: prisoner, orders, allowance, weight."""
    return Decision(
        (
            *sending.settled,
            *_prisoner(sending),
            *_barred(sending),
            *(() if sending.charged else _allowance(sending, rules)),
            *_weight(sending, rules),
        )
    )


def settled(grounds: Iterable[Ground], *, charged: bool) -> tuple[Ground, ...]:
    """Return what a correction does not ask again: all but weight and open allowance.

    What rank set aside when it came stays set aside.
    """
    again = WEIGHT if charged else WEIGHT | QUOTA
    return tuple(ground for ground in grounds if ground.code not in again)


def _prisoner(sending: Sending) -> Iterator[Ground]:
    if not sending.held:
        yield block("parcel_released")
    elif not sending.here:
        yield block("parcel_transferred")
    elif sending.in_hospital and sending.channel is not Channel.MEDICINE:
        yield warn("parcel_in_hospital")


def _barred(sending: Sending) -> Iterator[Ground]:
    # A lawyer's letters and medicine reach whoever is held, whatever is forbidden.
    if sending.barred and sending.channel in ALLOWANCES:
        yield block("sender_barred", lift=DIRECTOR, until=sending.barred_until)
    if sending.banned:
        yield warn("sender_banned_from_visits")


def _allowance(sending: Sending, rules: Mapping[str, Rule]) -> Iterator[Ground]:
    if sending.channel not in ALLOWANCES:
        yield allow("parcel_no_allowance_needed", rule=_rule(rules, sending.channel))
        return
    balance = sending.balance
    kind = ALLOWANCES[sending.channel]
    if balance is None or balance.quota is None:
        yield warn(
            "parcel_no_quota_rule", rule=_rule(rules, f"quota.{kind}"), kind=kind
        )
    elif balance.unlimited:
        yield allow("parcel_quota_unlimited", rule=balance.rule, kind=kind)
    elif balance.left > 0:
        figures = {"left": balance.left, "until": balance.period.ends_on}
        yield allow("parcel_quota_left", rule=balance.rule, kind=kind, **figures)
    else:
        figures = {"granted": balance.granted, "next_on": balance.next_on}
        rule = balance.rule or _rule(rules, f"quota.{kind}")
        yield by_law(
            "parcel_quota_used", rule=rule, lift=DIRECTOR, kind=kind, **figures
        )


def _weight(sending: Sending, rules: Mapping[str, Rule]) -> Iterator[Ground]:
    if sending.most_g is None or sending.channel not in ALLOWANCES:
        return
    rule = _rule(rules, f"weight.{sending.channel}")
    figures = {"grams": sending.grams, "most_g": sending.most_g}
    if sending.grams > sending.most_g:
        yield by_law("parcel_too_heavy", rule=rule, lift=SHIFT, **figures)
    elif sending.lines:
        yield allow("parcel_weight_within", rule=rule, **figures)


def _line(
    line: Line,
    sending: Sending,
    goods: Goods,
    same: list[LineVerdict],
    lifts: Collection[str],
) -> LineVerdict:
    """Decide on a line; ``same`` are those of its category before it."""
    item = goods.rules.get(line.category)
    grounds = [*_goods(line, sending, goods, same), *_perishable(line, sending, goods)]
    if line.sent_back:
        grounds.append(block("item_sent_back"))
    decision = Decision(tuple(grounds)).lifted(lifts)
    return LineVerdict(line, decision, *_fate(line, decision, item, same))


def _goods(
    line: Line, sending: Sending, goods: Goods, same: list[LineVerdict]
) -> Iterator[Ground]:
    item = goods.rules.get(line.category)
    if item is None:
        yield warn("category_without_rule", category=line.category)
        return
    about: dict[str, Any] = {"rule": item.rule, "category": item.category}
    if item.verdict is Verdict.ALLOWED:
        yield allow("item_allowed", **about)
    elif item.verdict is Verdict.LIMITED:
        yield _limited(line, item, same)
    elif item.verdict is Verdict.MEDICAL:
        advised = goods.medical_advice or sending.channel is Channel.MEDICINE
        if advised:
            yield allow("item_on_advice", **about)
        else:
            yield by_law("item_needs_advice", lift=SHIFT, **about)
    elif item.verdict is Verdict.PROHIBITED:
        yield by_law("item_prohibited", lift=DIRECTOR, **about)
    else:  # nobody lifts an offence
        yield by_law("item_criminal", **about)


def _limited(line: Line, item: ItemRule, same: list[LineVerdict]) -> Ground:
    """Compare with the limits of the category, with what goes in of it already."""
    about: dict[str, Any] = {"rule": item.rule, "category": item.category}
    quantity = _taken(same) + line.quantity
    grams = sum(one.line.grams for one in same if one.taken) + line.grams
    pieces: dict[str, Any] = {"quantity": quantity, "most": item.most}
    weight: dict[str, Any] = {"grams": grams, "most_g": item.most_g}
    if item.most is not None and quantity > item.most:
        return by_law("item_too_many", lift=SHIFT, **about, **pieces)
    if item.most_g is not None and grams > item.most_g:
        return by_law("item_too_heavy", lift=SHIFT, **about, **weight)
    return allow("item_within_limit", **about, **pieces, **weight)


def _taken(same: list[LineVerdict]) -> int:
    return sum(one.taken for one in same)


def _perishable(line: Line, sending: Sending, goods: Goods) -> Iterator[Ground]:
    until = goods.perishables_until
    if line.perishable and until is not None and sending.day < until:
        yield block(
            "perishables_suspended", lift=DIRECTOR, until=until, order=goods.order
        )


def _fate(
    line: Line, decision: Decision, item: ItemRule | None, same: list[LineVerdict]
) -> tuple[Fate, int]:
    """Say what becomes of a line as long as nobody sets a ground aside."""
    if item is not None and item.verdict is Verdict.CRIMINAL:
        return Fate.KEPT, 0
    if decision:
        return Fate.TAKEN, line.quantity
    codes = [ground.code for ground in decision.blocking]
    if codes == ["item_too_many"] and item is not None and item.most is not None:
        rest = max(0, item.most - _taken(same))
        return (Fate.PART, rest) if rest else (Fate.BACK, 0)
    return Fate.BACK, 0


def _rule(rules: Mapping[str, Rule], name: str) -> Rule:
    code = f"parcels.{name}"
    return rules.get(code) or Rule(code)


def worst(verdict: SendingVerdict) -> Effect:
    """Return the gravest effect of the sending and all its lines, for the banner."""
    return max(
        (verdict.sending.effect, *(one.decision.effect for one in verdict.lines))
    )


def is_digits(text: str) -> bool:
    """Tell whether a text is a barcode by its looks, right or misread."""
    return text.isdecimal() and len(text) >= 8


def is_barcode(text: str) -> bool:
    """Tell whether this is the barcode of goods from a shop: length and check digit.

    Source: GS1 General Specifications, section 7.9 (check digit, modulo 10).
    """
    if not BARCODE.fullmatch(text):
        return False
    weights = (3 if n % 2 else 1 for n in range(len(text)))
    return (
        sum(int(d) * w for d, w in zip(reversed(text), weights, strict=False)) % 10 == 0
    )
