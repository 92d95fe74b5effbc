"""Quality on names that nobody bears, so that no list of names helps."""

from collections import Counter

import pytest

from darbaza.persons import names
from tests.persons.names import invented


def test_invented_names_are_told_apart():
    pairs = invented.pairs(60, seed=8)
    judged = [(pair, names.compare(pair.a, pair.b).same) for pair in pairs]
    hits = sum(same for pair, same in judged if pair.same)
    alarms = sum(same for pair, same in judged if not pair.same)
    true = sum(pair.same for pair in pairs)
    missed = Counter(pair.kind for pair, same in judged if pair.same and not same)

    assert hits / true >= 0.95, missed
    assert hits / (hits + alarms) >= 0.99


@pytest.mark.parametrize("kind", ["father_and_son", "uulu_turned", "sex", "sibling"])
def test_no_invented_relative_is_taken_for_the_person(kind):
    pairs = [pair for pair in invented.pairs(40, seed=9) if pair.kind == kind]

    wrong = [pair for pair in pairs if names.compare(pair.a, pair.b).same]

    assert wrong == []
