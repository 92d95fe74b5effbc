"""Whatever is done with bags, in any order: nothing disappears and no chain breaks."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from darbaza.kernel import ids
from darbaza.kernel.errors import DarbazaError
from darbaza.parcels import chain, services
from darbaza.parcels.chain import Where
from darbaza.parcels.models import Bag, Finding, Line, Sending
from darbaza.parcels.services.bags import Move
from tests import cast
from tests.parcels import builders, correcting
from tests.parcels.inspecting import SECOND, clear, draft

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PIECES = {1: 3, 2: 2, 3: 1}


class Custody(RuleBasedStateMachine):
    """One package with three kinds of goods, handled by two officers."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        shop = builders.shop()
        lines = [(shop[n], k, 100 * k) for n, k in (("tea", 3), ("soap", 2))]
        self.sending = builders.registered(*lines, (shop["phone"], 1, 200)).sending_id
        self.minute = 0
        self.pieces = dict(PIECES)
        self.grams = {1: 300, 2: 200, 3: 200}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def act(self, door, *args, **more) -> None:
        """Do something a minute later; what is refused must change nothing."""
        self.minute += 1
        at = cast.NINE + timedelta(minutes=self.minute)
        try:
            with transaction.atomic():
                door(*args, **({"by": cast.GATE_OFFICER} | more), at=at)
        except DarbazaError:
            pass

    def bag(self, number: int) -> Bag:
        bags = list(Bag.objects.order_by("id"))
        return bags[number % len(bags)]

    @rule(
        number=st.integers(0, 9),
        to=st.sampled_from(Where),
        seal=st.sampled_from([None, "", "S1", "S2"]),
        papers=st.booleans(),
        by=st.sampled_from([cast.GATE_OFFICER, cast.SHIFT_SUPERVISOR]),
        plain=st.booleans(),
    )
    def move(self, number, to, seal, *, papers, by, plain):
        more = {"place": "P", "order": "7", "signed": True} if papers else {}
        taker = "Sender" if to in chain.SIGNED else ""
        key = ids.new_id()
        if plain:
            witness = SECOND.name if papers else ""
            wanted = Move(to, seal=seal, taker=taker, witness=witness, **more)
            self.act(services.move, self.bag(number).pk, wanted, request_id=key, by=by)
        else:
            wanted = Move(to, seal=seal, taker=taker, **more)
            second = SECOND if papers else None
            self.act(
                services.hand_on, self.bag(number).pk, wanted, second=second,
                request_id=key, by=by,
            )  # fmt: skip

    @rule(number=st.integers(0, 9), position=st.integers(1, 4), count=st.integers(0, 4))
    def split(self, number, position, count):
        self.act(services.split, self.bag(number).pk, {position: count}, "back")

    @rule(number=st.integers(0, 9), result=st.sampled_from(["clear", "look", "found"]))
    def inspect(self, number, result):
        look = clear(result=result, note="seen")
        key = ids.new_id()
        self.act(services.inspect, self.bag(number).pk, look, request_id=key)

    @rule(
        number=st.integers(0, 9),
        pieces=st.dictionaries(st.integers(1, 4), st.integers(1, 4), max_size=3),
    )
    def find(self, number, pieces):
        wanted = draft(protocol=str(self.minute), pieces=pieces)
        self.act(
            services.find_in_bag, self.bag(number).pk, wanted, second=SECOND,
            request_id=ids.new_id(),
        )  # fmt: skip

    @rule()
    def withdraw(self):
        if row := Finding.objects.filter(withdrawn_at=None).first():
            who = cast.SHIFT_SUPERVISOR
            self.act(services.withdraw, row.pk, reason="mistake", by=who)

    @rule(part=st.sampled_from(["back", "goods"]))
    def release(self, part):
        if row := Finding.objects.order_by("withdrawn_at", "id").last():
            self.act(
                services.release, row.pk, part, second=SECOND, request_id=ids.new_id()
            )

    @rule(position=st.integers(1, 4), count=st.integers(1, 5))
    def correct(self, position, count):
        row = Sending.objects.get(pk=self.sending)
        lines = correcting.counted(row, {}).lines
        if position in lines:
            lines[position] = replace(lines[position], quantity=count, grams=100)
            wanted = correcting.as_it_stands(row, lines=lines)
            self.act(services.correct, row.pk, wanted)
            if row.corrections.filter(request_id=wanted.request_id).exists():
                self.pieces[position] = count
                self.grams[position] = 100

    @rule()
    def cancel(self):
        self.act(services.cancel, self.sending, reason="wrong prisoner")

    @invariant()
    def every_piece_is_in_exactly_one_bag(self):
        held: Counter[int] = Counter()
        grams: Counter[int] = Counter()
        for line in Line.objects.all():
            held[line.position] += line.quantity
            grams[line.position] += line.grams
        assert dict(held) == self.pieces
        assert dict(grams) == self.grams

    @invariant()
    def every_chain_is_whole_and_says_where_its_bag_is(self):
        for bag in Bag.objects.prefetch_related("steps"):
            steps = [chain.plain(row) for row in bag.steps.all()]
            assert chain.gaps(steps) == []
            assert chain.where(steps) == bag.where
            assert (steps[-1].taker, steps[-1].seal) == (bag.holder, bag.seal)

    @invariant()
    def evidence_is_under_seal_or_with_the_investigator(self):
        for row in Finding.objects.select_related("bag"):
            if row.bag.where not in {"seized", "investigator", "destroyed"}:
                assert row.withdrawn_at
                assert row.bag.steps.filter(withdrawn=True, signed=True).exists()
            assert row.bag.seal or row.bag.where != "seized"


def test_nothing_disappears_whatever_is_done(colony):
    run_state_machine_as_test(
        Custody,
        settings=settings(
            max_examples=25, stateful_step_count=25, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_the_machine_reaches_a_finding(colony):
    """The state machine above would prove nothing if all its steps were refused."""
    machine = Custody()
    machine.find(1, {})
    machine.inspect(0, "clear")
    assert Finding.objects.count() == 1
    machine.every_chain_is_whole_and_says_where_its_bag_is()
    machine.teardown()
