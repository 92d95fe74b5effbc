"""Quality on names and spellings that the matcher was not tuned on."""

import pytest

from darbaza.persons import names
from darbaza.persons.names import THRESHOLD
from tests.persons.names import unseen

#: What the checking set must reach: names.md, with some room for a small sample.
F1, AT_ONE_PERCENT, AT_ONE_PER_MILLE = 0.96, 0.96, 0.92


@pytest.fixture(scope="module")
def scores() -> list[tuple[bool, float]]:
    pairs = unseen.pairs(400, 2_400, seed=2026)
    return [
        (bool(p["match"]), names.compare(str(p["a"]), str(p["b"])).score) for p in pairs
    ]


def f1(scores: list[tuple[bool, float]], threshold: float) -> float:
    hits = sum(same for same, score in scores if score >= threshold)
    passed = sum(score >= threshold for _, score in scores)
    return 2 * hits / (passed + sum(same for same, _ in scores))


def recall(scores: list[tuple[bool, float]], alarms: float) -> float:
    """Return the share of true pairs found where so many false ones pass."""
    false = sorted((score for same, score in scores if not same), reverse=True)
    limit = false[int(len(false) * alarms)]
    true = [score for same, score in scores if same]
    return sum(score > limit for score in true) / len(true)


def test_unseen_names_are_told_apart(scores):
    assert f1(scores, THRESHOLD) >= F1
    assert recall(scores, 0.01) >= AT_ONE_PERCENT
    assert recall(scores, 0.001) >= AT_ONE_PER_MILLE


def test_the_threshold_stands_in_the_middle_of_a_plain(scores):
    around = [f1(scores, THRESHOLD + step) for step in (-0.03, -0.015, 0.015, 0.03)]

    assert all(abs(value - f1(scores, THRESHOLD)) < 0.01 for value in around)
