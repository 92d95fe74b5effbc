"""A sending is decided line by line, registered once, and charged once."""

from uuid import uuid4

import pytest

from darbaza.audit.models import Event
from darbaza.custody.models import Restriction
from darbaza.entitlements import selectors as entitlements
from darbaza.entitlements.models import Entry
from darbaza.kernel.errors import Forbidden, Invalid, NotFound
from darbaza.parcels import services
from darbaza.parcels.models import Bag, Line, Override, Sending, Step
from darbaza.parcels.types import Channel, OverrideRequest, Wanted
from tests import cast
from tests.entitlements.builders import TODAY
from tests.parcels import builders
from tests.parcels.builders import OFFICER

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(colony):
    builders.quota(2)
    builders.rule("parcels.weight.package", most_g=20_000)
    return builders.shop()


@pytest.fixture
def pair(colony):
    return {"prisoner_id": builders.prisoner().pk, "sender_id": builders.sender().pk}


def left(prisoner_id) -> int:
    return entitlements.balance(prisoner_id, "parcel", TODAY, by=cast.GATE_OFFICER).left


def parts(done) -> dict[str, list[tuple[int, int, int]]]:
    return {
        part: list(
            Line.objects.filter(bag=bag).values_list("position", "quantity", "grams")
        )
        for part, bag in done.bags.items()
    }


def test_what_is_allowed_goes_in_and_what_is_not_goes_back(shop, pair):
    done = builders.registered((shop["tea"], 2, 200), (shop["cards"], 1, 50), **pair)

    assert done.status == "registered"
    assert parts(done) == {"goods": [(1, 2, 200)], "back": [(2, 1, 50)]}
    assert left(pair["prisoner_id"]) == 1
    row = Sending.objects.get(pk=done.sending_id)
    assert (row.grams, row.effect, row.status) == (250, "allow", "registered")


def test_more_than_the_limit_goes_back_piece_by_piece(shop, pair):
    done = builders.registered((shop["soap"], 5, 500), **pair)

    assert parts(done) == {"goods": [(1, 3, 300)], "back": [(1, 2, 200)]}


def test_an_offence_is_kept_and_never_goes_back(shop, pair):
    done = builders.registered((shop["tea"], 1, 100), (shop["phone"], 1, 200), **pair)

    assert set(done.bags) == {"goods", "kept"}


def test_every_bag_begins_at_the_counter_in_the_hands_of_the_officer(shop, pair):
    done = builders.registered((shop["tea"], 1, 100), (shop["cards"], 1, 50), **pair)

    for bag in Bag.objects.filter(sending_id=done.sending_id):
        step = Step.objects.get(bag=bag)
        assert (bag.where, bag.holder) == ("counter", cast.GATE_OFFICER.name)
        assert (step.giver, step.taker) == ("Асанова Айгүл", cast.GATE_OFFICER.name)


def test_the_same_request_again_gives_the_first_answer(shop, pair):
    asked = builders.wanted(*pair.values(), (shop["tea"], 1, 100))

    first = services.register(asked, **OFFICER)
    again = services.register(asked, **OFFICER)

    assert again.again
    assert again.bags == first.bags
    assert Sending.objects.count() == 1
    assert Entry.objects.filter(reason="use").count() == 1


def test_a_used_up_allowance_refuses_and_charges_nothing(shop, pair):
    for _n in range(2):
        builders.registered((shop["tea"], 1, 100), **pair)

    done = builders.registered((shop["tea"], 1, 100), **pair)

    assert done.status == "refused"
    assert set(done.bags) == {"back"}
    assert Entry.objects.filter(reason="use").count() == 2
    assert Event.objects.filter(type="parcel.refused").count() == 1


def test_the_director_may_allow_one_more_and_answers_for_it(shop, pair):
    for _n in range(2):
        builders.registered((shop["tea"], 1, 100), **pair)
    why = OverrideRequest("parcel_quota_used", "mother travels from Batken")
    asked = builders.wanted(*pair.values(), (shop["tea"], 1, 100), overrides=(why,))

    with pytest.raises(Forbidden):
        services.register(asked, **OFFICER)
    done = services.register(asked, **OFFICER, rank=cast.DIRECTOR)

    assert done.status == "registered"
    assert Override.objects.get().by_name == cast.DIRECTOR.name


def test_a_line_may_be_set_aside_by_itself(shop, pair):
    why = OverrideRequest("item_too_many", "two brothers share", position=1)
    asked = builders.wanted(*pair.values(), (shop["soap"], 5, 500), overrides=(why,))

    done = services.register(asked, **OFFICER, rank=cast.SHIFT_SUPERVISOR)

    assert parts(done) == {"goods": [(1, 5, 500)]}


def test_an_override_needs_its_reason(shop, pair):
    bare = OverrideRequest("item_too_many", " ", position=1)
    asked = builders.wanted(*pair.values(), (shop["soap"], 5, 500), overrides=(bare,))

    with pytest.raises(Invalid):
        services.register(asked, **OFFICER, rank=cast.DIRECTOR)


def test_an_unverified_list_sends_nothing_back(colony, pair):
    shop = builders.shop(verified=False)

    done = builders.registered((shop["cards"], 1, 50), **pair)

    assert set(done.bags) == {"goods"}
    assert Line.objects.get().effect == "warn"


@pytest.mark.parametrize("level", ["person", "pair", "prisoner"], ids=str)
def test_an_order_against_sendings_stops_it_at_every_level(shop, pair, level):
    prisoner = pair["prisoner_id"] if level != "person" else None
    person = pair["sender_id"] if level != "prisoner" else None
    Restriction.objects.create(
        institution_id=cast.COLONY, person_id=person, prisoner_id=prisoner,
        kind="no_parcels", ground="court", starts_on=TODAY, ends_on=None,
        reason="order", authority="court", order_number="7",
        recorded_at=cast.NINE, recorded_by="registrar",
    )  # fmt: skip

    done = builders.registered((shop["tea"], 1, 100), **pair)

    assert done.status == "refused"


def test_medicine_on_advice_is_outside_the_allowance(shop, pair):
    with pytest.raises(Invalid):
        builders.registered((shop["pills"], 1, 50), channel=Channel.MEDICINE, **pair)

    done = builders.registered(
        (shop["pills"], 1, 50), channel=Channel.MEDICINE, advice="МЧ-12", **pair
    )

    assert set(done.bags) == {"goods"}
    assert left(pair["prisoner_id"]) == 2


def test_legal_mail_has_one_closed_bag_and_no_lines(shop, pair):
    done = builders.registered(channel=Channel.LEGAL_MAIL, **pair)

    assert parts(done) == {"goods": []}


def test_a_posted_parcel_needs_a_name_and_no_person(shop, pair):
    with pytest.raises(Invalid):
        builders.registered(
            (shop["tea"], 1, 100), channel=Channel.PARCEL, **pair | {"sender_id": None}
        )
    done = builders.registered(
        (shop["tea"], 1, 100), channel=Channel.PARCEL, sender_name="Асанова А., Ош",
        **pair | {"sender_id": None},
    )  # fmt: skip

    assert Step.objects.get(bag=done.bags["goods"]).giver == "Асанова А., Ош"


@pytest.mark.parametrize(
    ("lines", "more", "code"),
    [
        ([(0, 100)], {}, "quantity_impossible"),
        ([(-1, 100)], {}, "quantity_impossible"),
        ([(1, -1)], {}, "weight_impossible"),
        ([(1, 10_000_000)], {}, "weight_impossible"),
        ([(1, 1)], {"weighed_g": 0}, "weight_impossible"),
        ([], {}, "no_lines"),
        ([(1, 1)] * 500, {}, "too_many_goods"),
    ],
)
def test_what_cannot_be_is_refused_by_name_and_nothing_is_written(
    shop, pair, lines, more, code
):
    goods = [(shop["tea"], n, grams) for n, grams in lines]

    with pytest.raises(Invalid) as refused:
        builders.registered(*goods, **pair, **more)

    assert refused.value.code == code
    assert not Sending.objects.exists()


def test_an_item_that_does_not_exist_is_not_found(shop, pair):
    asked = builders.wanted(*pair.values())
    asked = type(asked)(
        asked.prisoner_id, Channel.PACKAGE, uuid4(), sender_id=asked.sender_id,
        lines=(Wanted(uuid4(), 1, 1),),
    )  # fmt: skip
    with pytest.raises(NotFound):
        services.register(asked, **OFFICER)


def test_another_institution_registers_nothing_here(shop, pair, other_colony):
    asked = builders.wanted(*pair.values(), (shop["tea"], 1, 100))

    with pytest.raises(NotFound):
        services.register(asked, by=cast.OUTSIDER, at=cast.NINE)


def test_entered_in_error_gives_the_allowance_back(shop, pair):
    done = builders.registered((shop["tea"], 1, 100), **pair)

    services.cancel(done.sending_id, reason="wrong prisoner", **OFFICER)

    assert left(pair["prisoner_id"]) == 2
    assert Bag.objects.get().where == "back"
    with pytest.raises(Exception, match="sending_cancelled"):
        services.cancel(done.sending_id, reason="again", **OFFICER)
