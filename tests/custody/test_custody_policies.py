"""Rules of the register, as tables."""

from datetime import date, timedelta

import pytest

from darbaza.custody import policies
from darbaza.custody.types import Cellmate, Placement
from darbaza.kernel.periods import Period

FIRST = date(2026, 11, 2)


def days(start: int, length: int) -> Period:
    starts = FIRST + timedelta(days=start)
    return Period(starts, starts + timedelta(days=length))


@pytest.mark.parametrize(
    ("before", "new", "run", "allowed"),
    [
        ([], days(0, 1), 1, True),
        ([], days(0, 15), 15, True),
        ([], days(0, 16), 16, False),
        ([days(0, 10)], days(10, 5), 15, True),  # one follows the other
        ([days(0, 10)], days(10, 6), 16, False),
        ([days(0, 15)], days(15, 1), 16, False),
        ([days(0, 15)], days(16, 15), 15, True),  # one free day between
        ([days(20, 10)], days(14, 6), 16, False),  # another follows
        ([days(0, 5), days(10, 6)], days(5, 5), 16, False),  # fills the gap
        ([days(0, 5), days(10, 5)], days(5, 5), 15, True),
        ([days(0, 5), days(3, 8)], days(11, 5), 16, False),  # overlapping orders
        ([days(0, 0)], days(0, 15), 15, True),  # ended before it began
    ],
)
def test_isolation_never_reaches_a_sixteenth_day_whatever_the_orders(
    before, new, run, allowed
):
    assert policies.consecutive_days(before, new) == run
    assert bool(policies.may_isolate(before, new)) is allowed


@pytest.mark.parametrize(
    ("before", "start", "left"),
    [
        ([], 0, 15),
        ([days(0, 10)], 10, 5),
        ([days(0, 10)], 11, 15),
        ([days(0, 15)], 15, 0),
    ],
)
def test_the_last_possible_day_of_isolation_counts_what_came_before(
    before, start, left
):
    starts_on = FIRST + timedelta(days=start)

    last = policies.last_isolation_day(starts_on, before)

    assert (last - starts_on).days == left


MAN = Cellmate("M", on_remand=False, juvenile=False)


def placement(**changes) -> Placement:
    facts = {"sex": "M", "on_remand": False, "juvenile": False, "places": 2}
    return Placement(**(facts | changes))


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        (placement(), []),
        (placement(others=(MAN,)), []),
        (placement(others=(MAN, MAN)), ["cell_full"]),
        (placement(sex="F", others=(MAN,)), ["cell_mixes_sexes"]),
        (placement(sex="X", others=(MAN,)), []),
        (placement(others=(Cellmate("X", on_remand=False, juvenile=False),)), []),
        (placement(on_remand=True, others=(MAN,)), ["cell_mixes_remand"]),
        (placement(juvenile=True, others=(MAN,)), ["cell_mixes_ages"]),
        (placement(others=(MAN,), kept_apart=1), ["cell_holds_kept_apart"]),
        (
            placement(sex="F", on_remand=True, places=1, others=(MAN,)),
            ["cell_full", "cell_mixes_sexes", "cell_mixes_remand"],
        ),
    ],
)
def test_a_cell_warns_of_everything_and_never_refuses(facts, codes):
    decision = policies.place_warnings(facts)

    assert decision.codes == codes
    assert decision


@pytest.mark.parametrize(
    ("birth_on", "young"),
    [
        (date(2008, 11, 23), False),  # eighteen today
        (date(2008, 11, 24), True),
        (date(1980, 1, 1), False),
        (None, False),
    ],
)
def test_a_juvenile_becomes_an_adult_on_the_eighteenth_birthday(birth_on, young):
    assert policies.juvenile(birth_on, date(2026, 11, 23)) is young


@pytest.mark.parametrize(
    ("person", "prisoner", "level"),
    [(True, False, "person"), (True, True, "pair"), (False, True, "prisoner")],
)
def test_the_level_follows_from_who_is_named(person, prisoner, level):
    assert policies.level(person=person, prisoner=prisoner) == level


def test_a_restriction_on_nobody_has_no_level():
    with pytest.raises(ValueError, match="person"):
        policies.level(person=False, prisoner=False)


@pytest.mark.parametrize(
    ("kinship", "close"),
    [("spouse", True), ("half_sibling", True), ("partner", False), ("friend", False)],
)
def test_close_relatives_are_those_of_the_law(kinship, close):
    assert policies.close_relative(kinship) is close
