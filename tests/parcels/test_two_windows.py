"""Two windows at one allowance and at one bag, each with its own connection."""

from collections.abc import Callable
from typing import Any

import pytest

from darbaza.entitlements.models import Entry
from darbaza.kernel import ids
from darbaza.kernel.errors import Conflict
from darbaza.parcels import services
from darbaza.parcels.chain import Where
from darbaza.parcels.models import Bag, Line, Sending, Step
from darbaza.parcels.services.bags import Move
from tests import cast
from tests.concurrency import racing
from tests.parcels import builders, correcting

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WINDOWS = (cast.GATE_OFFICER, cast.SECOND_GATE_OFFICER)


@pytest.fixture
def scene(colony):
    builders.quota(1)
    builders.rule("parcels.weight.package", most_g=20_000)
    shop = builders.shop()
    return {
        "shop": shop,
        "pair": (builders.prisoner().pk, builders.sender().pk),
    }


def at_once(step: Callable[[int], Any]) -> list[Any]:
    def told(number: int) -> Any:
        try:
            return step(number)
        except Conflict as refused:
            return refused.code

    return racing.together(*[lambda n=n: told(n) for n in range(len(WINDOWS))])


def test_the_last_allowance_goes_to_one_window_and_the_other_is_told_why(scene):
    def take(number: int) -> str:
        asked = builders.wanted(*scene["pair"], (scene["shop"]["tea"], 1, 100))
        return services.register(asked, by=WINDOWS[number], at=cast.NINE).status

    assert sorted(at_once(take)) == ["refused", "registered"]

    refused = Sending.objects.get(status="refused")
    assert [g["code"] for g in refused.grounds if g["effect"] == "block"] == [
        "parcel_quota_used"
    ]
    assert sum(e.amount for e in Entry.objects.all()) == 0


def test_one_sending_sent_by_both_windows_is_registered_and_charged_once(scene):
    asked = builders.wanted(*scene["pair"], (scene["shop"]["tea"], 1, 100))

    at_once(lambda n: services.register(asked, by=WINDOWS[n], at=cast.NINE).status)

    assert Sending.objects.count() == 1
    assert Entry.objects.filter(reason="use").count() == 1


def test_of_two_corrections_at_once_one_is_written_and_the_other_looks_again(scene):
    tea = scene["shop"]["tea"]
    asked = builders.wanted(*scene["pair"], (tea, 4, 400))
    sent = services.register(asked, by=WINDOWS[0], at=cast.NINE).sending_id
    row = Sending.objects.get(pk=sent)
    wanted = [correcting.counted(row, {1: (tea, n, 100 * n)}) for n in (5, 6)]

    def correct(number: int) -> int:
        by = WINDOWS[number]
        return services.correct(sent, wanted[number], by=by, at=cast.NINE).number

    assert sorted(at_once(correct), key=str) == [1, "corrected_meanwhile"]
    line = Line.objects.get(bag__sending=row)
    assert (line.quantity, line.grams) in {(5, 500), (6, 600)}
    assert Line.ever.filter(bag__sending=row).count() == 2


def test_one_bag_goes_one_way(scene):
    asked = builders.wanted(*scene["pair"], (scene["shop"]["tea"], 4, 400))
    bag = services.register(asked, by=WINDOWS[0], at=cast.NINE).bags["goods"]
    ways = (Move(Where.INSPECTION), Move(Where.BACK, taker="sender", signed=True))

    def go(number: int) -> str:
        move, by = ways[number], WINDOWS[number]
        again = ids.new_id()
        return services.move(bag, move, request_id=again, by=by, at=cast.NINE).where

    answers = at_once(go)

    assert len({"inspection", "back"} & set(answers)) >= 1
    steps = list(Step.objects.filter(bag=bag).order_by("number"))
    assert [s.number for s in steps] == list(range(len(steps)))
    assert steps[-1].to == Bag.objects.get(pk=bag).where


def test_goods_are_split_once_each(scene):
    asked = builders.wanted(*scene["pair"], (scene["shop"]["tea"], 4, 400))
    bag = services.register(asked, by=WINDOWS[0], at=cast.NINE).bags["goods"]

    at_once(
        lambda n: services.split(bag, {1: 1}, "back", by=WINDOWS[n], at=cast.NINE).part
    )

    found = Line.objects.filter(bag__sending__isnull=False)
    assert sum(line.quantity for line in found) == 4
    assert sum(line.grams for line in found) == 400
