"""From the store to the prisoner: rounds, signatures, and what cannot be delivered."""

import io
from datetime import timedelta

import pytest
from PIL import Image, ImageDraw

from darbaza.audit.models import Event
from darbaza.entitlements import selectors as entitlements
from darbaza.kernel import ids
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.parcels import selectors, services
from darbaza.parcels.delivery import Missed
from darbaza.parcels.models import Bag, Picture, Sending, Step
from darbaza.parcels.selectors.store import NOWHERE, Lying
from darbaza.parcels.services import signatures
from darbaza.sites.models import Block
from tests import cast
from tests.parcels import builders

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def shop(colony):
    builders.quota(2)
    builders.rule("parcels.delivery", hours=24, hours_perishable=6)
    return builders.shop()


@pytest.fixture
def bag(shop):
    """A package of somebody in the store."""
    return builders.stored((shop["tea"], 2, 200), (shop["sausage"], 1, 500))


def say(**more):
    return {"request_id": ids.new_id(), "by": cast.GATE_OFFICER, "at": cast.NINE} | more


def ink(size=(300, 120), fmt="PNG", mode="RGBA"):
    """A signature as a tablet sends it: ink on glass."""
    image = Image.new(mode, size, (0, 0, 0, 0) if mode == "RGBA" else "white")
    ImageDraw.Draw(image).line((10, 60, 150, 20, 280, 100), "#101820", width=5)
    out = io.BytesIO()
    image.save(out, fmt)
    return out.getvalue()


def out(bag):
    services.take_out([NOWHERE], **say())
    bag.refresh_from_db()
    return bag


def left(bag):
    by, on = cast.GATE_OFFICER, cast.NINE.date()
    return entitlements.balance(bag.sending.prisoner_id, "parcel", on, by=by).left


def test_a_round_takes_every_stored_bag_of_its_blocks_once(shop, bag, colony):
    block = Block.objects.create(institution=colony, code="3")
    other = builders.stored((shop["tea"], 1, 100), prisoner_id=builders.in_block(block))
    asked = say()

    taken = services.take_out([str(block.pk)], **asked)
    again = services.take_out([str(block.pk)], **asked)

    assert [one.pk for one in taken] == [other.pk] == [one.pk for one in again]
    bag.refresh_from_db()
    assert (taken[0].where, bag.where) == ("round", "store")


def test_a_round_of_blocks_where_nothing_waits_is_refused(bag):
    with pytest.raises(Conflict, match="round_empty"):
        services.take_out([str(ids.new_id())], **say())
    with pytest.raises(Conflict, match="round_empty"):
        services.take_out([NOWHERE], **say(by=cast.OUTSIDER))


def test_a_bag_is_delivered_against_a_signature_on_the_screen_once(bag):
    out(bag)
    asked = say(at=cast.NINE + HOUR)

    services.deliver(bag.pk, services.Receipt(signature=ink()), **asked)
    services.deliver(bag.pk, services.Receipt(signature=ink()), **asked)

    sending = Sending.objects.get()
    assert (sending.status, sending.delivered_at) == ("delivered", cast.NINE + HOUR)
    picture = Picture.objects.get()
    assert (picture.kind, picture.step.to) == ("signature", "delivered")
    assert Image.open(io.BytesIO(bytes(picture.image))).mode == "L"
    last = Step.objects.order_by("number").last()
    assert last.taker == sending.prisoner.person.name
    assert Event.objects.filter(type="parcel.delivered").count() == 1
    assert left(bag) == 1


def test_a_list_signed_on_paper_is_scanned_back_later(bag):
    out(bag)
    services.deliver(bag.pk, services.Receipt(taker="Medical unit"), **say())
    by = cast.GATE_OFFICER
    assert [one.pk for one in selectors.unsigned(by=by)] == [bag.pk]

    scan = ink((2000, 1500), "JPEG", "RGB")
    assert services.add_paper([bag.pk], scan, by=by, at=cast.NINE) == 1
    services.add_paper([bag.pk], scan, by=by, at=cast.NINE)

    picture = Picture.objects.get()
    assert picture.kind == "paper"
    assert max(Image.open(io.BytesIO(bytes(picture.image))).size) == 1600
    assert not selectors.unsigned(by=by)


def test_a_paper_for_what_was_not_delivered_is_refused(bag):
    by = {"by": cast.GATE_OFFICER, "at": cast.NINE}
    with pytest.raises(Conflict, match="not_delivered_yet"):
        services.add_paper([bag.pk], ink(), **by)
    with pytest.raises(Invalid, match="paper_for_nothing"):
        services.add_paper([], ink(), **by)
    with pytest.raises(NotFound):
        services.add_paper([bag.pk], ink(), by=cast.OUTSIDER, at=cast.NINE)


def test_what_the_prisoner_refuses_goes_home_and_the_allowance_comes_back(bag):
    out(bag)
    with pytest.raises(Invalid, match="reason_missing"):
        services.miss(bag.pk, Missed.REFUSED, reason=" ", **say())
    services.miss(bag.pk, Missed.REFUSED, reason="does not know them", **say())
    bag.refresh_from_db()
    assert (bag.where, bag.part) == ("store", "back")
    with pytest.raises(Conflict, match="round_empty"):
        services.take_out([NOWHERE], **say())
    assert left(bag) == 1

    asked = say(at=cast.NINE + HOUR)
    services.hand_back(bag.pk, taker="", reason="refused", **asked)
    services.hand_back(bag.pk, taker="", reason="refused", **asked)

    sending = Sending.objects.get()
    assert (sending.status, sending.ended_reason) == ("returned", "refused")
    assert Step.objects.order_by("number").last().taker == sending.sender.name
    assert left(bag) == 2


def test_who_is_not_there_is_tried_again_on_the_next_round(bag):
    out(bag)
    asked = say()
    services.miss(bag.pk, Missed.ABSENT, reason="", **asked)
    services.miss(bag.pk, Missed.ABSENT, reason="", **asked)
    assert [one.pk for one in services.take_out([NOWHERE], **say())] == [bag.pk]
    assert Event.objects.filter(type="parcel.not_delivered").count() == 1


def test_a_part_that_goes_back_gives_no_allowance_back(shop):
    bag = builders.stored((shop["tea"], 1, 100), (shop["soap"], 5, 500))
    back = Bag.objects.get(part="back")
    services.hand_back(back.pk, taker="", reason="too many", **say())
    assert Sending.objects.get().status == "accepted"
    out(bag)
    services.deliver(bag.pk, services.Receipt(), **say())
    assert Sending.objects.get().status == "delivered"
    assert left(bag) == 1


def test_what_is_kept_as_evidence_never_goes_back(shop):
    builders.stored((shop["tea"], 1, 100), (shop["phone"], 1, 200))
    kept = Bag.objects.get(part="kept")
    with pytest.raises(Conflict, match="kept_never_goes_back"):
        services.hand_back(kept.pk, taker="", reason="asked for it", **say())


def test_a_bag_follows_a_transferred_prisoner_and_only_then(bag, other_colony):
    with pytest.raises(Conflict, match="not_transferred"):
        services.send_on(bag.pk, **say())
    prisoner = bag.sending.prisoner
    prisoner.institution = other_colony
    prisoner.save()
    with pytest.raises(Conflict, match="round_empty"):
        services.take_out([NOWHERE], **say())
    asked = say()
    services.send_on(bag.pk, **asked)
    services.send_on(bag.pk, **asked)
    assert Sending.objects.get().status == "sent_on"
    assert Step.objects.order_by("number").last().taker == other_colony.name


@pytest.mark.parametrize(
    "act",
    [
        lambda key, **s: services.deliver(key, services.Receipt(), **s),
        lambda key, **s: services.miss(key, Missed.ABSENT, reason="", **s),
        lambda key, **s: services.hand_back(key, taker="", reason="because", **s),
        services.send_on,
    ],
)
def test_no_step_is_taken_from_elsewhere_nor_by_who_may_not(bag, act):
    with pytest.raises(NotFound):
        act(bag.pk, **say(by=cast.OUTSIDER))
    with pytest.raises(Forbidden):
        act(bag.pk, **say(by=cast.INSPECTOR))


def test_a_bag_in_the_store_is_neither_delivered_nor_missed(bag):
    with pytest.raises(Conflict, match="no_way_there"):
        services.deliver(bag.pk, services.Receipt(), **say())
    with pytest.raises(Conflict, match="not_on_round"):
        services.miss(bag.pk, Missed.ABSENT, reason="", **say())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"not a picture at all", "signature_no_picture"),
        (ink()[:60], "signature_no_picture"),
        (b"\x89PNG" + b"\0" * (50 * 1024 * 1024), "signature_too_large"),
        (ink((8, 8)), "signature_no_picture"),
        (ink((300, 120), "BMP", "RGB"), "signature_no_picture"),
    ],
)
def test_a_signature_that_is_none_is_refused_and_nothing_is_delivered(bag, data, code):
    out(bag)
    with pytest.raises(Invalid, match=code):
        services.deliver(bag.pk, services.Receipt(signature=data), **say())
    bag.refresh_from_db()
    assert bag.where == "round"


def test_an_empty_sheet_is_no_signature():
    sheet = io.BytesIO()
    Image.new("RGBA", (300, 120)).save(sheet, "PNG")
    with pytest.raises(Invalid, match="signature_empty"):
        signatures.clean(sheet.getvalue(), "signature")


def test_late_perishable_goods_stand_first_in_the_store(shop, bag):
    builders.stored((shop["tea"], 1, 100), prisoner_id=bag.sending.prisoner_id)
    by = cast.GATE_OFFICER

    at = cast.NINE + 7 * HOUR
    rows = list(selectors.lying(Lying(), by=by, at=at))
    late = selectors.lying(Lying(late=True), by=by, at=at)

    assert rows[0].pk == bag.pk
    assert [one.pk for one in late] == [bag.pk]
    assert rows[0].due == cast.NINE + 6 * HOUR
    assert rows[1].due == cast.NINE + 24 * HOUR
    assert not selectors.lying(Lying(late=True), by=by, at=cast.NINE)
    assert not selectors.lying(Lying(), by=cast.OUTSIDER, at=at)
