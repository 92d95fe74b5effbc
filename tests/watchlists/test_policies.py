"""When a person is like an entry, as tables."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from darbaza.watchlists import policies
from darbaza.watchlists.types import Listed, Paper, Someone, birth

ASANOV = Someone(
    uuid4(), ("Асанов, Бакыт Маратович",), date(1985, 3, 12), "M",
    frozenset({"AC1234567"}), "21203198500042",
)  # fmt: skip


def listed(name="Bakyt Asanov", *births, **more):
    return Listed("T.1", (name,), tuple(map(birth, births)), **more)


@pytest.mark.parametrize(
    ("births", "agrees"),
    [
        (["1985-03-12"], "same"),
        (["1985-12-03"], "turned"),
        (["1985-03"], "within"),
        (["1985"], "within"),
        (["1980/1985"], "within"),
        (["~1985-03-12"], "within"),
        (["~1987"], "about"),
        (["~1983"], "about"),
        (["~1990"], "differs"),
        (["1984"], "differs"),
        (["1985-03-13"], "differs"),
        (["1971", "1985-03-12"], "same"),
        ([], "unknown"),
    ],
)
def test_births_agree_as_far_as_they_are_known(births, agrees):
    found = policies.birth_agrees(ASANOV.birth_on, map(birth, births))
    assert found == agrees


@pytest.mark.parametrize(
    ("entry", "alike"),
    [
        (listed("Bakyt Asanov", "1985-03-12"), True),
        (listed("Bakyt Asanov", "1985"), True),
        (listed("Bakyt Asanov", "~1986"), True),
        (listed("Bakyt Asanbov", "1985-03-12"), True),  # a slip of the pen
        (listed("Bakyt Asanbov", "1985"), False),
        (listed("Bakyt Asanov"), False),  # a name alone
        (listed("Bakyt Asanov", "1990-01-01"), False),
        (listed("Somebody Quitedifferent", "1985-03-12"), False),
        (listed("Bakyt Asanov", "1985-03-12", sex="M"), True),
        (listed("Bakit Assanow", "1985-03-12", sex="F"), True),
        (listed("Bakty Asanov", "1985-03-12", sex="M"), True),
        (listed("Bakty Asanov", "1985-03-12", sex="F"), False),
        (listed("X Y", papers=(Paper("AC1234567"),)), True),
        (listed("X Y", papers=(Paper("AC1"),)), False),
        (listed("X Y", personal_number="21203198500042"), True),
        (listed("X Y", personal_number=""), False),
    ],
)
def test_a_name_alone_is_never_enough_and_a_number_is(entry, alike):
    assert (policies.compared(ASANOV, entry) is not None) is alike


def test_what_was_compared_is_told_with_every_part():
    found = policies.compared(ASANOV, listed("Bakyt Asanov", "1985", sex="M"))
    assert found.reasons == ("name_same", "birth_date_within", "sex_same")
    assert ("given_same_sound", "Бакыт", "Bakyt") in found.parts
    assert 0.8 < found.score < 1


def test_a_short_number_is_shared_by_too_many():
    someone = replace(ASANOV, numbers=frozenset({"1234"}))
    assert policies.compared(someone, listed("X", papers=(Paper("1234"),))) is None


def pair(someone=ASANOV, entry=None):
    entry = entry or listed("Bakyt Asanov", "1985-03-12")
    return policies.pair(someone, entry, policies.compared(someone, entry))


def test_a_decision_stands_until_facts_of_either_side_change():
    again = listed("Bakyt Asanov", "1985-03-12", remark="other words")
    assert pair(entry=again) == pair()
    more_papers = replace(ASANOV, numbers=frozenset({"AC1234567", "ID7654321"}))
    assert pair(more_papers) == pair()
    assert pair(replace(ASANOV, sex="X")) != pair()
    assert pair(entry=listed("Bakyt Asanov", "1985")) != pair()
    assert pair(entry=listed("Bakyt Asanoff", "1985-03-12")) != pair()
