"""A bag is looked into, stored, given back, held: nothing disappears between."""

from dataclasses import replace
from uuid import uuid4

import pytest

from darbaza.audit.models import Event
from darbaza.kernel import ids
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.parcels import chain, selectors, services
from darbaza.parcels.chain import Where
from darbaza.parcels.models import Bag, Inspection, Picture, Sending
from darbaza.parcels.services import Upload
from darbaza.parcels.services.bags import Move
from darbaza.parcels.types import Channel
from tests import cast
from tests.parcels import builders, inspecting
from tests.parcels.inspecting import clear, now, package, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(colony):
    return builders.shop()


@pytest.fixture
def bag(shop):
    return package(shop)["goods"]


def inspect(bag, look=None, *, key=None, **more):
    request_id = key or ids.new_id()
    acting = now() | more
    return services.inspect(bag.pk, look or clear(), request_id=request_id, **acting)


def hand_on(bag, wanted, *, key=None, second=None, **more):
    return services.hand_on(
        bag.pk, wanted, second=second, request_id=key or ids.new_id(), **now(20) | more
    )


def ways(bag) -> list[str]:
    return list(bag.steps.values_list("to", flat=True))


def test_a_clear_bag_goes_to_its_place_and_the_sending_is_accepted(bag):
    done = inspect(bag)

    assert (done.where, done.place) == ("store", "A-3")
    assert ways(bag) == ["counter", "inspection", "store"]
    row = Sending.objects.get()
    assert (row.status, row.decided_by) == ("accepted", cast.GATE_OFFICER.name)
    assert row.decided_at == inspecting.later()
    assert Inspection.objects.get().result == "clear"
    assert Event.objects.filter(type="parcel.inspected").count() == 1
    assert list(selectors.gaps(cast.LONG_AGO, inspecting.later(99), **by())) == []


def by() -> dict:
    return {"by": cast.GATE_OFFICER}


def test_what_must_be_looked_at_closer_waits_at_the_inspection(bag):
    done = inspect(bag, clear(result="look", note="dense part", place=""))

    assert done.where == "inspection"
    assert Sending.objects.get().status == "registered"
    done = inspect(bag, clear(kind="manual", device=""), at=inspecting.later(9))
    assert done.where == "store"
    assert ways(bag) == ["counter", "inspection", "store"]


def test_the_same_request_again_is_one_look(bag):
    key = ids.new_id()

    inspect(bag, key=key)
    inspect(bag, key=key)

    assert Inspection.objects.count() == 1
    assert ways(bag) == ["counter", "inspection", "store"]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"device": " "}, "device"),
        ({"place": ""}, "place"),
        ({"result": "found"}, "note"),
        ({"result": "look"}, "note"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_written(bag, more, field):
    with pytest.raises(Invalid) as refused:
        inspect(bag, clear(**more))

    assert refused.value.figures["field"] == field
    assert ways(bag) == ["counter"]


def test_a_lawyers_letter_is_x_rayed_and_never_opened(shop):
    done = builders.registered(channel=Channel.LEGAL_MAIL)
    letter = Bag.objects.get(sending_id=done.sending_id)

    with pytest.raises(Conflict, match="letter_stays_closed"):
        inspect(letter, clear(kind="manual", device=""))
    assert inspect(letter).where == "store"


def test_another_institution_finds_no_bag(bag, other_colony):
    with pytest.raises(NotFound):
        inspect(bag, by=cast.OUTSIDER)
    with pytest.raises(NotFound):
        hand_on(bag, Move(Where.BACK, signed=True), by=cast.OUTSIDER)
    with pytest.raises(NotFound):
        selectors.by_label(bag.label, by=cast.OUTSIDER)


def test_who_may_only_read_inspects_nothing(bag):
    with pytest.raises(Forbidden):
        inspect(bag, by=cast.REGISTRAR)


def test_what_is_refused_goes_back_on_the_spot_against_a_signature(shop):
    back = package(shop, "tea", "cards")["back"]

    with pytest.raises(Conflict, match="signature_missing"):
        hand_on(back, Move(Where.BACK, taker="Асанова"))
    key = ids.new_id()
    for _time in range(2):
        done = hand_on(back, Move(Where.BACK, taker="Асанова", signed=True), key=key)

    assert done.where == "back"
    assert ways(back) == ["counter", "back"]
    assert Sending.objects.get().status == "registered"


def test_goods_that_go_back_whole_return_the_sending(bag):
    hand_on(bag, Move(Where.BACK, taker="Асанова", signed=True))

    assert Sending.objects.get().status == "returned"


def test_a_held_bag_is_sealed_and_its_seal_is_opened_on_the_way_on(bag):
    with pytest.raises(Conflict, match="seal_or_place_missing"):
        hand_on(bag, Move(Where.HELD, seal="S1"))
    hand_on(bag, Move(Where.HELD, seal="S1", place="Safe"))
    assert selectors.held_bags(**by()) == 1

    done = hand_on(bag, Move(Where.STORE, seal="", place="B"), at=inspecting.later(30))

    assert (done.where, done.seal) == ("store", "")
    assert bag.steps.last().broken == "S1"
    assert Sending.objects.get().status == "accepted"


def test_nobody_stores_goods_past_the_inspection(bag):
    hand_on(bag, Move(Where.INSPECTION))

    with pytest.raises(Conflict, match="store_after_inspection"):
        hand_on(bag, Move(Where.STORE, place="B"))


def test_what_is_kept_never_goes_back(shop):
    kept = package(shop, "tea", "phone")["kept"]

    with pytest.raises(Conflict, match="kept_never_goes_back"):
        hand_on(kept, Move(Where.BACK, taker="Асанова", signed=True))


def test_destroying_needs_a_second_officer_and_an_order(bag):
    inspect(bag)
    wanted = Move(Where.DESTROYED, order="17")

    with pytest.raises(Conflict, match="second_person_missing"):
        hand_on(bag, wanted)
    with pytest.raises(Invalid, match="second_officer_is_first"):
        hand_on(bag, wanted, second=cast.GATE_OFFICER)
    with pytest.raises(Forbidden, match="second_officer_may_not"):
        hand_on(bag, wanted, second=cast.INSPECTOR)
    with pytest.raises(Forbidden, match="second_officer_may_not"):
        hand_on(bag, wanted, second=cast.OUTSIDER)
    with pytest.raises(Conflict, match="protocol_missing"):
        hand_on(bag, replace(wanted, order=""), second=cast.SECOND_GATE_OFFICER)

    done = hand_on(bag, wanted, second=cast.SECOND_GATE_OFFICER)

    assert done.where == "destroyed"
    assert bag.steps.last().witness == cast.SECOND_GATE_OFFICER.name


# Pictures -----------------------------------------------------------------------------


def test_pictures_of_a_look_are_kept_clean_and_once(bag):
    upload = Upload(picture((3000, 2000)), "🎒 bag.png")

    inspect(bag, clear(uploads=(upload, upload)))

    row = Picture.objects.get()
    assert bytes(row.image[:3]) == b"\xff\xd8\xff"
    assert row.inspection == Inspection.objects.get()
    assert row.source == "🎒 bag.png"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"x" * 50 * 1024 * 1024, "picture_too_large"),
        (b"no picture at all", "picture_unreadable_here"),
        (b"", "picture_unreadable_here"),
        (picture()[:70], "picture_unreadable_here"),
        (picture((4, 4)), "picture_too_small"),
    ],
    ids=["50 MB", "text", "empty", "cut off", "tiny"],
)
def test_what_is_no_picture_is_refused_by_name_and_the_bag_stays(bag, data, code):
    with pytest.raises(Invalid) as refused:
        inspect(bag, clear(uploads=(Upload(data),)))

    assert refused.value.code == code
    assert ways(bag) == ["counter"]


def test_a_picture_belongs_to_one_bag(shop, bag):
    pair = {
        "prisoner_id": bag.sending.prisoner_id, "sender_id": bag.sending.sender_id
    }  # fmt: skip
    other = package(shop, **pair)["goods"]
    services.add_picture(bag.pk, Upload(picture(), "a"), **now())

    with pytest.raises(Conflict, match="picture_of_another_bag"):
        services.add_picture(other.pk, Upload(picture(), "a"), **now())
    again = services.add_picture(bag.pk, Upload(picture(), "a"), **now())
    assert Picture.objects.get() == again


def test_a_picture_of_the_device_waits_for_its_bag(bag):
    upload = Upload(picture(), "scan-1.png", "xray")
    first = services.import_xray(upload, taken_at=cast.NINE, by=cast.GATE_OFFICER)
    again = services.import_xray(upload, taken_at=cast.NINE, by=cast.GATE_OFFICER)
    assert again is None
    assert selectors.waiting_pictures(**by()) == [first]

    inspect(bag, clear(waiting=(first.pk,)))

    assert selectors.waiting_pictures(**by()) == []
    assert Picture.objects.get().bag == bag
    with pytest.raises(NotFound):
        inspect(bag, clear(waiting=(uuid4(),)), at=inspecting.later(9))


# Labels and what waits ----------------------------------------------------------------


def test_a_label_is_found_under_any_layout_and_an_unknown_one_is_not(bag):
    for typed in (bag.label, bag.label.lower(), f" {bag.label[:5]}-{bag.label[5:]}\n"):
        assert selectors.by_label(typed, **by()) == bag
    layout = str.maketrans("QWERTYASDFZXCV", "ЙЦУКЕНФЫВАЯЧСМ")
    assert selectors.by_label(bag.label.translate(layout), **by()) == bag
    for unknown in ("", "🎒", "0000000000", "x" * 10_000):
        with pytest.raises(NotFound, match="bag_label_unknown"):
            selectors.by_label(unknown, **by())


def test_what_waits_is_counted_until_it_is_stored(shop):
    bags = package(shop, "tea", "cards")

    assert list(selectors.waiting(**by())) == [bags["goods"]]
    assert list(selectors.to_give_back(**by())) == [bags["back"]]
    assert selectors.unfinished_inspections(**by()) == 1
    inspect(bags["goods"])
    assert selectors.unfinished_inspections(**by()) == 0


def test_every_print_of_a_label_is_counted_and_on_record(bag):
    prints = [services.note_label_printed(bag.pk, **now()) for _time in range(2)]

    assert prints == [1, 2]
    assert Event.objects.filter(type="parcel.label_printed").count() == 2


def test_a_gap_in_a_chain_is_shown_with_its_step(bag):
    inspect(bag)
    bag.steps.filter(number=1).update(giver="Somebody else")

    (gapped,) = selectors.gaps(cast.LONG_AGO, inspecting.later(99), **by())

    assert (gapped.bag, gapped.step.number) == (bag, 1)
    assert gapped.gap == chain.Gap("not_in_these_hands", 1)
