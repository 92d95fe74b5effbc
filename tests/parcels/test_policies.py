"""What may come in with a package: the sending as such, and every line of it."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from darbaza.entitlements.types import Balance, QuotaRef
from darbaza.kernel.decisions import Effect, Rule
from darbaza.kernel.periods import year_of
from darbaza.parcels import policies
from darbaza.parcels.types import Channel, Fate, Goods, ItemRule, Line, Sending, Verdict

DAY = date(2026, 12, 1)
VERIFIED = {
    code: Rule(code, verified=True)
    for code in ("parcels.weight.package", "parcels.quota.parcel", "parcels.package")
}


def balance(left: int | None, *, verified: bool = True) -> Balance:
    rule = Rule("parcels.quota.parcel", verified=verified)
    quota = QuotaRef(UUID(int=1), "parcel", "strict", "ordinary", 4, "year", 0, rule)
    period = year_of(DAY)
    return Balance(
        granted=4, used=4 - (left or 0), left=left or 0, overdrawn=0, period=period,
        next_on=DAY if left else period.ends_on, unlimited=left is None, rule=rule,
        quota=quota,
    )  # fmt: skip


def sending(**more: Any) -> Sending:
    known = {
        "channel": Channel.PACKAGE, "day": DAY, "held": True, "here": True,
        "balance": balance(2), "most_g": 20_000,
    }  # fmt: skip
    return Sending(**(known | more))


def line(category: str = "bread", quantity: int = 1, grams: int = 500, **more: Any):
    return Line(f"{category}-1", category, quantity, grams, **more)


def item(verdict: Verdict, *, verified: bool = True, **more: Any) -> ItemRule:
    rule = Rule(f"parcels.item.{verdict}", verified=verified)
    return ItemRule(verdict.value, verdict, rule, **more)


RULES = {
    "bread": replace(item(Verdict.ALLOWED), category="bread"),
    "soap": replace(item(Verdict.LIMITED, most=3), category="soap"),
    "sugar": replace(item(Verdict.LIMITED, most_g=2_000), category="sugar"),
    "pills": replace(item(Verdict.MEDICAL), category="pills"),
    "knife": replace(item(Verdict.PROHIBITED), category="knife"),
    "phone": replace(item(Verdict.CRIMINAL), category="phone"),
}
GOODS = Goods(rules=RULES)


def codes(one: Sending, rules=VERIFIED) -> list[str]:
    return policies.may_accept(one, rules=rules).codes


def verdicts(one: Sending, goods: Goods = GOODS):
    return policies.decide(one, goods, rules=VERIFIED).lines


def test_a_package_within_allowance_and_weight_is_taken():
    done = policies.decide(sending(lines=(line(),)), GOODS, rules=VERIFIED)
    assert done.accepted
    assert done.sending.codes == ["parcel_quota_left", "parcel_weight_within"]
    assert [(one.fate, one.taken) for one in done.lines] == [(Fate.TAKEN, 1)]
    assert policies.worst(done) is Effect.ALLOW


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"held": False}, "parcel_released"),
        ({"here": False}, "parcel_transferred"),
        ({"barred": True, "barred_until": DAY + timedelta(9)}, "sender_barred"),
        ({"balance": balance(0)}, "parcel_quota_used"),
        ({"lines": (line(grams=20_001),)}, "parcel_too_heavy"),
    ],
)
def test_what_stands_against_a_sending(known, code):
    decision = policies.may_accept(sending(**known), rules=VERIFIED)
    assert code in [ground.code for ground in decision.blocking]


def test_a_used_allowance_says_from_when_the_next_one_is_possible():
    decision = policies.may_accept(sending(balance=balance(0)), rules=VERIFIED)
    (ground,) = decision.blocking
    assert ground.figures["next_on"] == date(2027, 1, 1)
    assert ground.lift == policies.DIRECTOR


def test_unverified_rules_warn_and_never_send_back():
    soft = {code: replace(RULES[code], rule=Rule("x")) for code in RULES}
    heavy = sending(
        balance=balance(0, verified=False),
        lines=(line("knife", grams=30_000), line("soap", 9)),
    )
    done = policies.decide(heavy, Goods(rules=soft), rules={})
    assert done.sending
    assert all(one.decision for one in done.lines)
    assert policies.worst(done) is Effect.WARN
    assert [one.fate for one in done.lines] == [Fate.TAKEN, Fate.TAKEN]


def test_nothing_criminal_goes_back_over_the_counter_even_while_unverified():
    for verified in (True, False):
        phone = replace(RULES["phone"], rule=Rule("x", verified=verified))
        (one,) = verdicts(sending(lines=(line("phone"),)), Goods({"phone": phone}))
        assert (one.fate, one.taken) == (Fate.KEPT, 0)
        assert not any(ground.lift for ground in one.decision.grounds)


def test_a_limit_counts_over_all_lines_of_the_category():
    lines = (line("soap", 2), line("bread"), line("soap", 2), line("soap", 1))
    found = [(one.fate, one.taken) for one in verdicts(sending(lines=lines))]
    assert found == [(Fate.TAKEN, 2), (Fate.TAKEN, 1), (Fate.PART, 1), (Fate.BACK, 0)]


def test_what_goes_back_does_not_count_towards_a_limit():
    order = replace(GOODS, perishables_until=date.max)
    lines = (line("soap", 3, perishable=True), line("soap", 3))
    found = [(one.fate, one.taken) for one in verdicts(sending(lines=lines), order)]
    assert found == [(Fate.BACK, 0), (Fate.TAKEN, 3)]


def test_a_limit_of_weight_sends_the_line_back_that_goes_over_it():
    lines = (line("sugar", grams=1_500), line("sugar", grams=600))
    first, second = verdicts(sending(lines=lines))
    assert first.fate is Fate.TAKEN
    assert second.decision.codes == ["item_too_heavy"]
    assert second.fate is Fate.BACK


def test_medicine_needs_advice_in_a_package_and_has_a_channel_of_its_own():
    one = sending(lines=(line("pills"),))
    assert not verdicts(one)[0].decision
    assert verdicts(one, replace(GOODS, medical_advice=True))[0].decision
    own = replace(one, channel=Channel.MEDICINE, balance=None)
    assert verdicts(own)[0].decision
    assert codes(own) == ["parcel_no_allowance_needed"]


def test_a_lawyers_letter_is_never_opened_nor_barred():
    letter = sending(channel=Channel.LEGAL_MAIL, barred=True, lines=(line("knife"),))
    done = policies.decide(letter, GOODS, rules=VERIFIED)
    assert done.accepted
    assert done.lines == ()
    assert done.sending.codes == ["parcel_no_allowance_needed"]


def test_perishables_are_suspended_by_an_order_until_its_last_day():
    order = replace(GOODS, perishables_until=DAY + timedelta(1), order="12/ю")
    milk = sending(lines=(line(perishable=True), line()))
    milk_verdict, bread = verdicts(milk, order)
    assert milk_verdict.decision.codes == ["item_allowed", "perishables_suspended"]
    assert milk_verdict.fate is Fate.BACK
    assert bread.fate is Fate.TAKEN
    (after, _) = verdicts(replace(milk, day=DAY + timedelta(1)), order)
    assert after.fate is Fate.TAKEN


def test_goods_without_a_rule_are_left_to_the_officers_eye():
    (one,) = verdicts(sending(lines=(line("kite"),)))
    assert one.decision.codes == ["category_without_rule"]
    assert one.fate is Fate.TAKEN


LINES = st.lists(
    st.builds(
        Line,
        st.just("x"),
        st.sampled_from([*RULES, "kite"]),
        st.integers(1, 9),
        st.integers(1, 5_000),
        st.booleans(),
    ),
    max_size=8,
)


@given(LINES, st.booleans(), st.sampled_from(Channel))
def test_no_piece_is_lost_or_doubled_and_no_limit_is_passed(lines, suspended, channel):
    goods = replace(GOODS, perishables_until=date.max if suspended else None)
    done = policies.decide(
        sending(lines=tuple(lines), channel=channel), goods, rules=VERIFIED
    )
    for one in done.lines:
        assert 0 <= one.taken <= one.line.quantity
        whole = one.taken == one.line.quantity
        assert (one.fate is Fate.TAKEN) == whole
        assert (one.fate is Fate.PART) == (0 < one.taken < one.line.quantity)
        if one.line.category == "phone":
            assert one.fate is Fate.KEPT
    soap = sum(one.taken for one in done.lines if one.line.category == "soap")
    assert soap <= 3


def test_every_channel_has_a_decision_for_every_state_of_the_prisoner():
    for channel, held, here in product(Channel, (True, False), (True, False)):
        one = sending(channel=channel, held=held, here=here)
        assert bool(policies.may_accept(one, rules=VERIFIED)) == (held and here)
