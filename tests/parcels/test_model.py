"""Any mix of sendings, corrections, repeats and undoing: nothing lost or twice."""

from collections import Counter, defaultdict
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from darbaza.audit import selectors as audit
from darbaza.entitlements import selectors as entitlements
from darbaza.entitlements.models import Entry
from darbaza.kernel.errors import Conflict, Invalid
from darbaza.parcels import services
from darbaza.parcels.models import Bag, Line, Sending
from darbaza.parcels.types import Channel
from tests import cast
from tests.entitlements.builders import TODAY
from tests.parcels import builders, correcting
from tests.parcels.builders import OFFICER

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
QUOTA = 3
NAMES = ("tea", "soap", "cards", "phone", "pills")
line = st.tuples(st.sampled_from(NAMES), st.integers(1, 9), st.integers(0, 2_000))
lines = st.lists(
    line,
    min_size=1,
    max_size=4,
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("register"), st.integers(0, 5), lines),
        st.tuples(st.just("cancel"), st.integers(0, 5)),
        st.tuples(
            st.just("correct"),
            st.integers(0, 5),
            st.integers(1, 5),
            st.none() | line,
        ),
        st.tuples(st.just("give_back"), st.integers(0, 5)),
    ),
    max_size=14,
)


@pytest.fixture
def shop(colony):
    builders.quota(QUOTA)
    return builders.shop()


class Model:
    """What a careful clerk would write down beside."""

    def __init__(self) -> None:
        self.asked: dict[int, list[tuple[str, int, int]]] = {}
        self.declared: dict[int, dict[int, tuple[str, int, int]]] = {}
        """What was handed in as corrected, by position."""
        self.taken: set[int] = set()
        self.cancelled: set[int] = set()
        self.keys: dict[int, UUID] = defaultdict(uuid4)

    @property
    def left(self) -> int:
        return QUOTA - len(self.taken - self.cancelled)


def _register(model: Model, pair: Any, shop: Any, number: int, goods: Any) -> None:
    before = model.left
    first = number not in model.asked
    declared = model.asked.setdefault(number, goods)
    model.declared.setdefault(number, dict(enumerate(goods, start=1)))
    asked = builders.wanted(
        *pair, *((shop[name], n, grams) for name, n, grams in declared),
        request_id=model.keys[number], channel=Channel.PACKAGE,
    )  # fmt: skip
    done = services.register(asked, **OFFICER)
    assert done.again is not first
    anything = any(name in {"tea", "soap"} for name, *_rest in declared)
    if first and before > 0 and anything:
        assert done.status == "registered"
        model.taken.add(number)
    elif first:
        assert done.status == "refused"


def _cancel(model: Model, number: int) -> None:
    row = Sending.objects.filter(request_id=model.keys[number]).first()
    if row is None:
        return
    try:
        services.cancel(row.pk, reason="entered twice", **OFFICER)
    except Conflict:
        now = model.declared[number].values()
        kept = any(name == "phone" for name, *_rest in now)
        assert number in model.cancelled or kept
    else:
        model.cancelled.add(number)


def _correct(model: Model, shop: Any, number: int, position: int, line: Any) -> None:
    row = Sending.objects.filter(request_id=model.keys[number]).first()
    if row is None:
        return
    fresh = None if line is None else (shop[line[0]], *line[1:])
    asked = correcting.counted(row, {position: fresh})
    try:
        made = services.correct(row.pk, asked, **OFFICER)
    except (Conflict, Invalid):
        return
    assert services.correct(row.pk, asked, **OFFICER) == made
    if line is None:
        del model.declared[number][position]
    else:
        model.declared[number][position] = line


def _give_back(model: Model, number: int) -> None:
    rows = Bag.objects.filter(sending__request_id=model.keys[number], part="back")
    for bag in rows.filter(where="counter"):
        services.give_back(bag.pk, request_id=uuid4(), **OFFICER)


def _holds(model: Model, prisoner_id: UUID) -> None:
    for number, declared in model.declared.items():
        pieces: Counter[int] = Counter()
        grams: Counter[int] = Counter()
        rows = Line.objects.filter(bag__sending__request_id=model.keys[number])
        for row in rows:
            pieces[row.position] += row.quantity
            grams[row.position] += row.grams
        assert {n for n in pieces if pieces[n]} == set(declared)
        for position, (_name, n, weight) in declared.items():
            assert (pieces[position], grams[position]) == (n, weight)
    sums: dict[UUID, int] = defaultdict(int)
    used = Entry.objects.filter(prisoner_id=prisoner_id, subject_id__isnull=False)
    for entry in used:
        sums[entry.subject_id] += entry.amount
    assert sorted(sums.values()) == sorted(
        0 if number in model.cancelled else -1 for number in model.taken
    )
    balance = entitlements.balance(prisoner_id, "parcel", TODAY, by=cast.GATE_OFFICER)
    assert balance.left == model.left


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=steps)
def test_pieces_grams_and_allowance_add_up_after_anything(shop, steps):
    pair = builders.prisoner().pk, builders.sender().pk
    model = Model()
    for what, number, *goods in steps:
        if what == "register":
            _register(model, pair, shop, number, goods[0])
        elif what == "correct":
            _correct(model, shop, number, *goods)
        elif what == "give_back":
            _give_back(model, number)
        else:
            _cancel(model, number)
        _holds(model, pair[0])
    assert audit.first_breach(cast.COLONY) is None
