"""A sending that was written down wrongly is corrected, and nothing is lost by it."""

from dataclasses import replace

import pytest

from darbaza.accounts.permissions import Role
from darbaza.audit.models import Event
from darbaza.entitlements import selectors as entitlements
from darbaza.entitlements.models import Entry
from darbaza.kernel import ids
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.parcels import services
from darbaza.parcels.models import Bag, Line, Sending
from darbaza.parcels.services import Move, Where
from darbaza.parcels.types import Channel, OverrideRequest, Wanted
from tests import cast
from tests.parcels import builders, inspecting
from tests.parcels.builders import OFFICER
from tests.parcels.correcting import as_it_stands, correct, counted

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(colony):
    builders.quota(2)
    builders.rule("parcels.weight.package", most_g=20_000)
    return builders.shop()


@pytest.fixture
def sent(shop):
    """Three tea and two soaps, both taken in."""
    done = builders.registered((shop["tea"], 3, 300), (shop["soap"], 2, 200))
    return Sending.objects.get(pk=done.sending_id)


def pieces(row):
    """Say what lies where: (part, where, position) with pieces and grams."""
    return {
        (line.bag.part, line.bag.where, line.position): (line.quantity, line.grams)
        for line in Line.objects.filter(bag__sending=row).select_related("bag")
    }


def left(row, kind="parcel"):
    day = cast.NINE.date()
    return entitlements.balance(row.prisoner_id, kind, day, by=cast.GATE_OFFICER).left


def test_a_miscounted_line_is_counted_again_and_the_old_one_stays_readable(sent, shop):
    made = correct(sent, {1: (shop["tea"], 5, 520)})

    assert pieces(sent) == {
        ("goods", "counter", 1): (5, 520), ("goods", "counter", 2): (2, 200),
    }  # fmt: skip
    assert sent.grams == 720
    (old,) = Line.ever.filter(replaced_by=made)
    assert (old.position, old.quantity, old.grams) == (1, 3, 300)
    assert (made.before["grams"], made.reason, made.number) == (500, "miscounted", 1)
    told = Event.objects.get(type="parcel.corrected").facts
    assert [1, "tea", 5, 520, "taken"] in told["lines"]
    assert left(sent) == 1, "the allowance is as before"


def test_more_than_the_limit_goes_back_and_rank_may_let_it_in(sent, shop):
    correct(sent, {2: (shop["soap"], 5, 500)})
    assert pieces(sent)["back", "counter", 2] == (2, 200)

    lift = OverrideRequest("item_too_many", "four children at home", 2)
    with pytest.raises(Forbidden):
        correct(sent, {2: (shop["soap"], 6, 600)}, overrides=(lift,))
    given = {"overrides": (lift,), "rank": cast.SHIFT_SUPERVISOR}
    correct(sent, {2: (shop["soap"], 6, 600)}, **given)

    assert pieces(sent)["goods", "counter", 2] == (6, 600)
    assert ("back", "counter", 2) not in pieces(sent)
    assert Bag.objects.get(sending=sent, part="back").where == Where.EMPTIED
    assert [(o.position, o.by_name) for o in sent.overrides.all()] == [
        (2, cast.SHIFT_SUPERVISOR.name)
    ]


def test_what_rank_set_aside_stands_as_long_as_that_line_is_not_touched(sent, shop):
    lift = OverrideRequest("item_too_many", "four children at home", 2)
    given = {"overrides": (lift,), "rank": cast.SHIFT_SUPERVISOR}
    correct(sent, {2: (shop["soap"], 6, 600)}, **given)

    correct(sent, {1: (shop["tea"], 1, 100)})
    assert pieces(sent)["goods", "counter", 2] == (6, 600)

    correct(sent, {2: (shop["soap"], 7, 700)})
    assert pieces(sent)["goods", "counter", 2] == (3, 300)
    assert pieces(sent)["back", "counter", 2] == (4, 400)


def test_goods_of_another_kind_are_decided_by_their_own_rule(sent, shop):
    correct(sent, {1: (shop["cards"], 3, 300), 3: (shop["phone"], 1, 150)})

    assert pieces(sent) == {
        ("back", "counter", 1): (3, 300), ("goods", "counter", 2): (2, 200),
        ("kept", "counter", 3): (1, 150),
    }  # fmt: skip


def test_the_officer_may_send_a_line_back_that_the_rules_let_in(sent, shop):
    wanted = as_it_stands(sent)
    line = replace(wanted.lines[1], sent_back=True)
    lines = {**wanted.lines, 1: line}
    services.correct(sent.pk, replace(wanted, lines=lines), **OFFICER)

    assert pieces(sent)["back", "counter", 1] == (3, 300)
    row = Line.objects.get(bag__sending=sent, position=1)
    assert row.effect == "block"


def test_what_went_back_already_stays_and_the_rest_is_counted_again(shop):
    done = builders.registered((shop["tea"], 1, 100), (shop["soap"], 5, 500))
    row = Sending.objects.get(pk=done.sending_id)
    services.give_back(done.bags["back"], request_id=ids.new_id(), **OFFICER)

    with pytest.raises(Invalid) as refused:
        correct(row, {2: (shop["soap"], 1, 100)})
    assert refused.value.figures == {"line": 2, "gone": 2}
    with pytest.raises(Invalid):
        correct(row, {2: None})

    correct(row, {2: (shop["soap"], 4, 410)})
    assert pieces(row)["back", "back", 2] == (2, 200)
    assert pieces(row)["goods", "counter", 2] == (2, 210)


def test_what_comes_to_an_inspected_bag_is_looked_into_again(sent, shop):
    bag = sent.bags.get()
    services.inspect(bag.pk, inspecting.clear(), request_id=ids.new_id(), **OFFICER)
    correct(sent, {1: (shop["tea"], 2, 200)})
    bag.refresh_from_db()
    assert bag.where == Where.STORE, "fewer pieces: nothing new lies in it"

    correct(sent, {3: (shop["sausage"], 1, 500)})
    bag.refresh_from_db()
    assert (bag.where, bag.perishable) == (Where.INSPECTION, True)


def test_of_another_channel_the_other_allowance_is_used_and_the_first_returned(
    sent, shop
):
    builders.quota(1, kind="packet")
    assert (left(sent), left(sent, "packet")) == (1, 1)

    correct(sent, {}, channel=Channel.PACKET)
    assert (left(sent), left(sent, "packet")) == (2, 0)
    correct(sent, {}, channel=Channel.PACKAGE)
    assert (left(sent), left(sent, "packet")) == (1, 1)
    services.cancel(sent.pk, reason="entered twice", **OFFICER)

    assert (left(sent), left(sent, "packet")) == (2, 1)
    sums = Entry.objects.exclude(subject_id=None).values_list("amount", flat=True)
    assert sorted(sums) == [-1, -1, -1, 1, 1, 1]


def test_a_used_up_allowance_of_the_other_channel_stands_until_rank_lifts_it(sent):
    builders.quota(0, kind="packet")
    with pytest.raises(Conflict, match="correction_not_accepted"):
        correct(sent, {}, channel=Channel.PACKET)

    lift = OverrideRequest("parcel_quota_used", "order 7")
    given = {"overrides": (lift,), "rank": cast.DIRECTOR}
    correct(sent, {}, channel=Channel.PACKET, **given)
    assert sent.channel == "packet"


def test_too_heavy_as_corrected_is_refused_and_nothing_is_written(sent, shop):
    with pytest.raises(Conflict, match="correction_not_accepted"):
        correct(sent, {}, weighed_g=20_001)
    assert not sent.corrections.exists()
    sent.refresh_from_db()
    assert sent.grams == 500


def test_sent_again_it_happens_once_and_without_a_difference_not_at_all(sent, shop):
    wanted = counted(sent, {1: (shop["tea"], 4, 400)})
    first = services.correct(sent.pk, wanted, **OFFICER)
    assert services.correct(sent.pk, wanted, **OFFICER) == first
    assert sent.corrections.count() == 1

    with pytest.raises(Conflict, match="nothing_corrected"):
        correct(sent, {})
    with pytest.raises(Conflict, match="corrected_meanwhile"):
        correct(sent, {1: (shop["tea"], 9, 900)}, seen=0)
    with pytest.raises(Invalid):
        correct(sent, {1: (shop["tea"], 9, 900)}, reason=" ")


@pytest.mark.parametrize(
    "line", [(0, 100), (-1, 100), (10_001, 1), (1, -1), (1, 1_000_001)]
)
def test_impossible_figures_are_refused_with_their_line(sent, shop, line):
    with pytest.raises(Invalid) as refused:
        correct(sent, {2: (shop["soap"], *line)})
    assert refused.value.figures["line"] == 2


def test_what_is_on_a_round_or_over_is_not_corrected(sent, shop):
    bag = sent.bags.get()
    for to in (Where.INSPECTION, Where.STORE, Where.ROUND):
        services.move(bag.pk, Move(to), request_id=ids.new_id(), **OFFICER)
    with pytest.raises(Conflict, match="sending_on_round"):
        correct(sent, {1: (shop["tea"], 4, 400)})

    signed = services.Receipt()
    services.deliver(bag.pk, signed, request_id=ids.new_id(), **OFFICER)
    with pytest.raises(Conflict, match="sending_came_to_its_end"):
        correct(sent, {1: (shop["tea"], 4, 400)})


def test_nothing_that_is_unknown_or_of_another_prison_is_corrected(sent, shop):
    elsewhere = cast.actor(Role.GATE_OFFICER, at=cast.OTHER_COLONY)
    with pytest.raises(NotFound):
        services.correct(sent.pk, as_it_stands(sent), by=elsewhere, at=cast.NINE)
    lines = {1: Wanted(ids.new_id(), 1, 1)}
    with pytest.raises(NotFound):
        services.correct(sent.pk, as_it_stands(sent, lines=lines), **OFFICER)
    with pytest.raises(Forbidden):
        services.correct(
            sent.pk, as_it_stands(sent), by=cast.HEADQUARTERS, at=cast.NINE
        )


def test_the_decision_is_given_beforehand_and_writes_nothing(sent, shop):
    wanted = counted(sent, {2: (shop["soap"], 5, 500)})
    found = services.decide_correction(sent.pk, wanted, **OFFICER)

    assert found[None]
    assert found[1]
    assert [ground.code for ground in found[2].blocking] == ["item_too_many"]
    assert not sent.corrections.exists()
