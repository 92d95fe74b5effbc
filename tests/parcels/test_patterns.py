"""Patterns: each has a case that is found and an ordinary one that is not."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from darbaza.kernel.errors import Forbidden
from darbaza.parcels import patterns, selectors
from darbaza.parcels.patterns import Kind, Sent
from darbaza.parcels.types import Channel
from tests import cast
from tests.entitlements.builders import prisoner
from tests.parcels import builders, inspecting
from tests.parcels.inspecting import found, package

FIGURES = {
    "days": 90, "prisoners": 3, "senders": 5, "near_limit_times": 3,
    "near_limit_percent": 95,
}  # fmt: skip


def sent(sender: str, prisoner: str, grams: int = 100) -> Sent:
    return Sent(sender, sender.upper(), prisoner, prisoner.upper(), grams, 20_000)


CASES = {
    "one to three": ([sent("a", p) for p in "123"], [(Kind.ONE_TO_MANY, "A", 3)]),
    "two brothers": ([sent("a", p) for p in "1212"], []),
    "five to one": ([sent(s, "1") for s in "abcde"], [(Kind.MANY_TO_ONE, "1", 5)]),
    "a large family": ([sent(s, "1") for s in "abcdabcd"], []),
    "near the limit": (
        [sent("a", "1", grams) for grams in (19_000, 19_999, 20_000)],
        [(Kind.NEAR_LIMIT, "A", 3)],
    ),
    "heavy, but not near": ([sent("a", "1", 18_999)] * 9, []),
    "over the limit is no trick": ([sent("a", "1", 20_001)] * 9, []),
    "near it twice": ([sent("a", "1", 19_500)] * 2, []),
}


@pytest.mark.parametrize("case", CASES)
def test_a_pattern_is_found_with_its_count_and_an_ordinary_case_is_not(case):
    rows, wanted = CASES[case]
    seen = patterns.found(rows, FIGURES)
    assert [(one.kind, one.name, one.count) for one in seen] == wanted


def test_without_figures_nothing_is_a_pattern():
    rows = [sent("a", p, 19_999) for p in "123456789"] * 9
    assert patterns.found(rows, {}) == []
    assert patterns.found([Sent("a", "A", "1", "1", 19_999)] * 9, FIGURES) == []


@given(
    st.lists(
        st.builds(
            sent,
            st.sampled_from("abcdefgh"),
            st.sampled_from("123456"),
            st.integers(1, 21_000),
        ),
        max_size=40,
    )
)
def test_no_pattern_stays_under_its_figure_and_every_count_is_real(rows):
    for one in patterns.found(rows, FIGURES):
        assert one.count >= one.figure
        if one.kind is Kind.ONE_TO_MANY:
            own = {r.prisoner for r in rows if r.sender_name == one.name}
            assert one.count == len(own) == len(one.others)


# From rows ----------------------------------------------------------------------------


@pytest.fixture
def shop(colony):
    builders.rule("parcels.pattern", verified=False, **FIGURES)
    builders.rule("parcels.weight.package", verified=False, most_g=20_000)
    return builders.shop()


SUPERVISOR = cast.SHIFT_SUPERVISOR


@pytest.mark.django_db
def test_a_sender_to_three_prisoners_is_found_among_the_rows(shop):
    woman, ordinary = builders.sender(), builders.sender("Бекова")
    for _number in range(3):
        key = prisoner().pk
        package(shop, sender_id=woman.pk, prisoner_id=key)
        package(shop, sender_id=ordinary.pk, prisoner_id=key, channel=Channel.MEDICINE,
                advice="1")  # fmt: skip

    day = cast.NINE.date()
    (one,) = selectors.found_patterns(day, by=SUPERVISOR)
    assert (one.kind, one.name, one.count) == (Kind.ONE_TO_MANY, woman.name, 3)
    later = day + timedelta(days=90)
    assert selectors.found_patterns(later, by=SUPERVISOR) == []


@pytest.mark.django_db
def test_the_picture_of_a_shift_counts_what_came_and_what_was_found(shop):
    kept = package(shop, "tea", "phone")["kept"]
    found(kept)
    package(shop, "cards")

    span = cast.NINE - timedelta(hours=1), cast.NINE + timedelta(hours=1)
    picture = selectors.shift_picture(*span, by=SUPERVISOR)

    assert (picture.came, picture.refused, picture.found) == (2, 1, 1)
    assert picture.channels == (("package", (2, 1)),)
    assert picture.officers[0] == (cast.GATE_OFFICER.name, (2, 1, 0, 1, 0))
    assert picture.categories == (("phones", (1,)),)
    assert picture.under_seal == 1
    before = span[0] - timedelta(days=1), span[0]
    assert selectors.shift_picture(*before, by=SUPERVISOR).came == 0


@pytest.mark.django_db
def test_an_officer_sees_no_picture_of_the_shift(shop):
    with pytest.raises(Forbidden):
        selectors.shift_picture(cast.NINE, inspecting.later(), by=cast.GATE_OFFICER)
    with pytest.raises(Forbidden):
        selectors.found_patterns(cast.NINE.date(), by=cast.GATE_OFFICER)
