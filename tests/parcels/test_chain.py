"""A bag from the counter to its end: nothing disappears, and every gap is named."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from darbaza.parcels import chain
from darbaza.parcels.chain import Gap, Step, Where

NINE = datetime(2026, 12, 1, 9, tzinfo=UTC)
PAPERS: dict[str, Any] = {"witness": "witness", "place": "safe 1", "order": "7"}


def step(to: Where, minute: int = 0, hands: str = "ab", **more: Any) -> Step:
    giver, taker = hands
    at = NINE + timedelta(minutes=minute)
    return Step(to, at, giver, taker, **({"signed": True} | more))


def phone() -> list[Step]:
    """A phone from the counter to the investigator, without a gap."""
    return [
        step(Where.COUNTER, 0, "sa"),
        step(Where.INSPECTION, 5, "ab"),
        step(Where.SEIZED, 9, "bc", seal="S1", **PAPERS),
        step(Where.INVESTIGATOR, 60, "ci", seal="S1", witness="witness"),
    ]


def test_a_whole_chain_has_no_gap_and_ends_with_the_investigator():
    assert chain.gaps(phone()) == []
    assert chain.where(phone()) is Where.INVESTIGATOR
    assert chain.where([]) is None


@pytest.mark.parametrize(
    ("number", "change", "code"),
    [
        (0, {"to": Where.STORE}, "chain_begins_at_counter"),
        (1, {"giver": "x"}, "not_in_these_hands"),
        (1, {"to": Where.DELIVERED}, "no_way_there"),
        (2, {"seal": ""}, "seal_or_place_missing"),
        (2, {"place": ""}, "seal_or_place_missing"),
        (2, {"order": ""}, "protocol_missing"),
        (2, {"witness": "c"}, "second_person_missing"),
        (2, {"at": NINE}, "before_the_last_step"),
        (3, {"seal": "S2"}, "seal_not_accounted_for"),
        (3, {"signed": False}, "signature_missing"),
        (3, {"witness": ""}, "second_person_missing"),
    ],
)
def test_each_gap_is_named_with_its_step(number, change, code):
    steps = phone()
    steps[number] = replace(steps[number], **change)
    assert Gap(code, number) in chain.gaps(steps)


def test_a_seal_that_was_opened_is_accounted_for():
    steps = phone()
    steps[3] = replace(steps[3], seal="S2", broken="S1")
    assert chain.gaps(steps) == []


def test_a_bag_is_not_in_two_hands_at_one_moment():
    steps = phone()
    steps[1] = replace(steps[1], at=steps[0].at)
    assert chain.gaps(steps) == [Gap("same_moment_in_two_hands", 1)]


def test_every_state_can_be_reached_and_only_ends_lead_nowhere():
    reached, seen = {chain.FIRST}, set()
    while reached - seen:
        here = (reached - seen).pop()
        seen.add(here)
        reached |= chain.NEXT[here]
        assert bool(chain.NEXT[here]) == (here not in chain.ENDS)
    assert reached == set(Where)


def test_what_is_seized_never_goes_back_over_the_counter():
    reached, waiting = set(), {Where.SEIZED}
    while waiting:
        reached |= waiting
        waiting = set().union(*(chain.NEXT[w] for w in waiting)) - reached
    assert not reached & {Where.BACK, Where.STORE, Where.DELIVERED}


def test_only_a_withdrawn_finding_leads_out_of_evidence_and_by_two_who_sign():
    seized = phone()[:3]
    held = step(
        Where.HELD, 20, "cd", seal="S1", withdrawn=True, **PAPERS | {"order": "7"}
    )
    assert chain.gaps([*seized, held]) == []
    for change, code in (
        ({"withdrawn": False}, "no_way_there"),
        ({"order": ""}, "protocol_missing"),
        ({"order": "8"}, "no_way_there"),
        ({"witness": "d"}, "second_person_missing"),
        ({"signed": False}, "signature_missing"),
        ({"seal": "", "broken": "S1"}, "seal_or_place_missing"),
        ({"to": Where.BACK}, "no_way_there"),
        ({"to": Where.STORE}, "no_way_there"),
    ):
        assert Gap(code, 3) in chain.gaps([*seized, replace(held, **change)])


class Bags(RuleBasedStateMachine):
    """Whatever is tried, only steps that are allowed are taken."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[Step] = []
        self.minute = 0

    @rule(
        to=st.sampled_from(Where),
        giver=st.sampled_from("abc"),
        taker=st.sampled_from("abc"),
        papers=st.sampled_from([{}, PAPERS, PAPERS | {"seal": "S1"}]),
        signed=st.booleans(),
        withdrawn=st.booleans(),
        later=st.integers(-1, 3),
    )
    def try_step(self, to, giver, taker, *, papers, signed, withdrawn, later):
        at = NINE + timedelta(minutes=self.minute + later)
        more = papers | {"signed": signed, "withdrawn": withdrawn}
        tried = Step(to, at, giver, taker, **more)
        if chain.may_move(self.steps, tried):
            self.steps.append(tried)
            self.minute += later

    @invariant()
    def is_in_one_place_and_explained(self):
        assert {gap.code for gap in chain.gaps(self.steps)} <= {
            "same_moment_in_two_hands"
        }
        assert all(s.to not in chain.ENDS for s in self.steps[:-1])
        if self.steps:
            assert self.steps[0].to is Where.COUNTER
        for before, after in pairwise(self.steps):
            if before.to is Where.SEIZED and after.to not in chain.NEXT[Where.SEIZED]:
                assert after.withdrawn
                assert after.signed
                assert after.witness


TestBags = Bags.TestCase


@given(st.permutations(range(4)))
def test_a_chain_in_another_order_always_shows_a_gap(order):
    shuffled = [phone()[n] for n in order]
    assert bool(chain.gaps(shuffled)) == (list(order) != [0, 1, 2, 3])
