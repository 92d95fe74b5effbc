"""Arithmetic of allowances at every boundary."""

from datetime import date
from uuid import UUID

import pytest

from darbaza.entitlements import policies
from darbaza.entitlements.types import Line, QuotaRef, Reason
from darbaza.kernel.decisions import Rule
from darbaza.kernel.periods import Period

G, C, X, U, R, K = (
    Reason.GRANT,
    Reason.CHANGE,
    Reason.EXTRA,
    Reason.USE,
    Reason.RETURN,
    Reason.CORRECTION,
)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
MIDSUMMER = date(2026, 6, 24)


def ref(amount: int | None = 6, *, length: str = "year", verified: bool = True):
    return QuotaRef(
        id=UUID(int=1),
        kind="short",
        regime="colony_general",
        conditions="ordinary",
        amount=amount,
        length=length,
        minutes=240,
        rule=Rule("visits.quota.short", verified),
    )


def lines(*pairs: tuple[int, Reason]) -> list[Line]:
    return [Line(amount, reason) for amount, reason in pairs]


@pytest.mark.parametrize(
    ("quota", "written", "figures"),
    [
        pytest.param(ref(6), [], (6, 0, 6, 0), id="nothing written yet"),
        pytest.param(ref(6), [(6, G)], (6, 0, 6, 0), id="granted"),
        pytest.param(ref(6), [(6, G)] + 5 * [(-1, U)], (6, 5, 1, 0), id="minus one"),
        pytest.param(ref(6), [(6, G)] + 6 * [(-1, U)], (6, 6, 0, 0), id="used up"),
        pytest.param(ref(6), [(6, G)] + 7 * [(-1, U)], (6, 7, 0, 1), id="beyond"),
        pytest.param(ref(6), [(6, G), (-1, U), (1, R)], (6, 0, 6, 0), id="returned"),
        pytest.param(ref(6), [(6, G), (2, X)], (8, 0, 8, 0), id="incentive"),
        pytest.param(ref(6), [(6, G), (-2, K)], (4, 0, 4, 0), id="corrected"),
        pytest.param(ref(3), [(6, G), (-1, U)], (3, 1, 2, 0), id="stricter, due"),
        pytest.param(ref(3), [(6, G), (-3, C)], (3, 0, 3, 0), id="stricter, written"),
        pytest.param(
            ref(3), [(6, G)] + 5 * [(-1, U)], (3, 5, 0, 2), id="stricter than used"
        ),
        pytest.param(ref(6), [(6, G), (-3, C), (-1, U)], (6, 1, 5, 0), id="better"),
        pytest.param(ref(0), [], (0, 0, 0, 0), id="quota of nothing"),
        pytest.param(ref(0), [(1, X)], (1, 0, 1, 0), id="nothing but an incentive"),
        pytest.param(ref(None), [(-1, U)], (0, 1, 0, 1), id="unlimited"),
        pytest.param(None, [], (0, 0, 0, 0), id="no rule"),
        pytest.param(None, [(4, G), (-1, U)], (4, 1, 3, 0), id="rule ended"),
    ],
)
def test_balance_of_a_period(quota, written, figures):
    """Figures: granted, used, left, overdrawn."""
    found = policies.balance(quota, lines(*written), on=MIDSUMMER)

    assert (found.granted, found.used, found.left, found.overdrawn) == figures


@pytest.mark.parametrize(
    ("quota", "written", "due"),
    [
        pytest.param(ref(6), [], 6, id="first line of the period"),
        pytest.param(ref(6), [(6, G)], 0, id="written already"),
        pytest.param(ref(6), [(6, G), (-1, U), (2, X), (1, K)], 0, id="others apart"),
        pytest.param(ref(3), [(6, G)], -3, id="conditions got worse"),
        pytest.param(ref(8), [(6, G), (-3, C)], 5, id="worse, then better"),
        pytest.param(ref(0), [], 0, id="nothing to grant"),
        pytest.param(ref(None), [(6, G)], 0, id="no limit any more"),
        pytest.param(None, [(6, G)], 0, id="no rule any more"),
    ],
)
def test_due_is_what_the_ledger_lacks(quota, written, due):
    assert policies.due(quota, lines(*written)) == due


@pytest.mark.parametrize(
    ("length", "on", "starts_on", "ends_on"),
    [
        ("year", date(2026, 1, 1), date(2026, 1, 1), date(2027, 1, 1)),
        ("year", date(2026, 12, 31), date(2026, 1, 1), date(2027, 1, 1)),
        ("half_year", date(2026, 6, 30), date(2026, 1, 1), date(2026, 7, 1)),
        ("half_year", date(2026, 7, 1), date(2026, 7, 1), date(2027, 1, 1)),
        ("month", date(2028, 2, 29), date(2028, 2, 1), date(2028, 3, 1)),
        ("month", date(2026, 12, 31), date(2026, 12, 1), date(2027, 1, 1)),
    ],
)
def test_period_holds_its_first_and_last_day(length, on, starts_on, ends_on):
    period = policies.period_for(ref(length=length), on)

    assert period == Period(starts_on, ends_on)


def test_period_without_a_rule_is_the_calendar_year():
    assert policies.period_for(None, MIDSUMMER) == YEAR


LAST_DAY = date(2026, 12, 31)
NEXT_YEAR = date(2027, 1, 1)
LATER = date(2027, 1, 9)


@pytest.mark.parametrize(
    ("quota", "written", "on", "isolated_until", "next_on"),
    [
        pytest.param(ref(6), [], MIDSUMMER, None, MIDSUMMER, id="at once"),
        pytest.param(ref(6), [], LAST_DAY, None, LAST_DAY, id="on the last day"),
        pytest.param(
            ref(1), [(1, G), (-1, U)], LAST_DAY, None, NEXT_YEAR, id="used up"
        ),
        pytest.param(
            ref(6), [], date(2026, 6, 20), MIDSUMMER, MIDSUMMER, id="isolated"
        ),
        pytest.param(
            ref(6), [], date(2026, 12, 30), LATER, LATER,
            id="isolated into the next period",
        ),
        pytest.param(
            ref(1), [(1, G), (-1, U)], date(2026, 12, 30), LATER, LATER,
            id="used up and isolated into the next period",
        ),
        pytest.param(
            ref(1), [(1, G), (-1, U)], date(2026, 6, 20), MIDSUMMER, NEXT_YEAR,
            id="used up, isolation over before the period",
        ),
        pytest.param(ref(0), [], MIDSUMMER, None, None, id="never, by this quota"),
        pytest.param(
            ref(0), [(1, X)], MIDSUMMER, None, MIDSUMMER, id="an incentive in hand"
        ),
        pytest.param(
            ref(0), [(1, X)], date(2026, 12, 30), LATER, None,
            id="an incentive lapses with the period",
        ),
        pytest.param(ref(None), [], MIDSUMMER, None, MIDSUMMER, id="unlimited"),
        pytest.param(None, [], MIDSUMMER, None, None, id="no rule: nobody knows"),
    ],
)  # fmt: skip
def test_next_possible_day(quota, written, on, isolated_until, next_on):
    found = policies.balance(
        quota, lines(*written), on=on, isolated_until=isolated_until
    )

    assert found.next_on == next_on


@pytest.mark.parametrize(
    ("quota", "free"),
    [
        pytest.param(ref(6, verified=True), False, id="verified: an override only"),
        pytest.param(ref(6, verified=False), True, id="unverified never refuses"),
        pytest.param(ref(0, verified=False), True, id="not even a quota of nothing"),
        pytest.param(ref(None, verified=True), True, id="no limit, nothing to pass"),
        pytest.param(None, True, id="no rule, no refusal"),
    ],
)
def test_using_more_than_there_is(quota, free):
    found = policies.balance(quota, [], on=MIDSUMMER)

    assert policies.may_overdraw(found) is free
