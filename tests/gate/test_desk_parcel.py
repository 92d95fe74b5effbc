"""A sending at the desk: somebody brings things, every line decided, one receipt."""

import pytest

from darbaza.accounts.permissions import Role
from darbaza.kernel import ids
from darbaza.parcels import lists, services
from darbaza.parcels.models import Bag, Barcode, Finding, Line, Sending
from tests.gate.deskwork import KNOWN, PASSWORD, Desk, DeskScene
from tests.parcels import builders as parcels
from tests.visits.test_registration import NOW

pytestmark = pytest.mark.django_db
EAN = "4870001234560"


@pytest.fixture
def scene(clock):
    found = DeskScene()
    parcels.quota(4)
    parcels.rule("parcels.weight.package", most_g=20_000)
    found.shop = parcels.shop()
    return found


@pytest.fixture
def desk(scene):
    return Desk(scene.staff("officer", Role.GATE_OFFICER))


def brought(desk, scene):
    """Somebody known stands there with a parcel for a prisoner."""
    desk.open()
    desk.do("scan", text=KNOWN)
    desk.do("whom", prisoner=str(scene.prisoner.pk))
    return desk.do("errand")


def entered(desk) -> list[tuple[int, int]]:
    return [(x["quantity"], x["grams"]) for x in desk.state["parcel"]["lines"]]


def test_a_parcel_is_entered_and_taken_in_with_few_steps(desk, scene):
    brought(desk, scene)
    for text in ("2 tea", "soap 3", "sausage 1,5 kg"):
        assert desk.do("put", text=text).status_code == 200
    assert entered(desk) == [(2, 200), (3, 300), (1, 1500)]

    answer = desk.do("send", do="register", weight="2,1")

    row = Sending.objects.get()
    assert (row.status, row.grams, row.weighed) == ("registered", 2100, True)
    assert row.sender_id == scene.wife.pk
    assert (
        f"/parcels/sendings/{row.pk}/receipt/"
        in answer.headers["HX-Trigger-After-Settle"]
    )
    page = answer.content.decode()
    assert row.reference in page
    assert desk.state["parcel"]["lines"] == [] if desk.state else True


def test_the_same_key_twice_takes_it_in_once(desk, scene):
    brought(desk, scene)
    desk.do("put", text="tea")
    draft = desk.draft.pk
    desk.do("send", do="register", draft=draft)
    desk.do("send", do="register", draft=draft)

    assert Sending.objects.count() == 1


def test_what_went_in_last_time_comes_with_one_key(desk, scene):
    brought(desk, scene)
    desk.do("put", text="2 tea")
    desk.do("put", text="cards")
    desk.do("send", do="register")
    brought(desk, scene)

    page = desk.do("repeat").content.decode()

    assert entered(desk) == [(2, 200)]
    assert 'data-key="Ctrl+Enter" autofocus' in page


def test_nothing_to_repeat_is_said(desk, scene):
    brought(desk, scene)
    answer = desk.do("repeat")
    assert answer.status_code == 422
    assert "Nothing of this sender" in answer.content.decode()


def test_after_a_visit_the_same_people_bring_something(desk, scene):
    desk.open()
    desk.do("scan", text=KNOWN)
    desk.do("whom", prisoner=str(scene.prisoner.pk))
    desk.do("finish", do="register")

    desk.do("errand")

    assert desk.state["people"][0]["person"] == str(scene.wife.pk)
    assert desk.state["prisoner"] == str(scene.prisoner.pk)
    assert desk.state["errand"] == "parcel"


def test_a_new_barcode_is_learned_once(desk, scene):
    brought(desk, scene)
    page = desk.do("put", text=EAN).content.decode()
    assert f"{EAN} is new" in page

    desk.do("item", item=str(scene.shop["tea"].pk), text=EAN)
    desk.do("put", text=EAN)

    assert entered(desk) == [(1, 100), (1, 100)]
    assert Barcode.objects.get().item == scene.shop["tea"]


def test_what_goes_back_is_given_back_with_a_signature(desk, scene):
    brought(desk, scene)
    desk.do("put", text="tea")
    desk.do("put", text="cards")
    page = desk.do("send", do="register").content.decode()
    assert "To give back" in page
    bag = Bag.objects.get(part="back")

    for _again in range(2):
        desk.do("give-back", bag=str(bag.pk), request=str(bag.pk))

    bag.refresh_from_db()
    assert bag.where == "back"
    assert bag.steps.count() == 2


def test_a_used_up_allowance_is_refused_with_its_paper(desk, scene):
    for _n in range(4):
        brought(desk, scene)
        desk.do("put", text="tea")
        desk.do("send", do="register")
    brought(desk, scene)
    page = desk.do("put", text="tea").content.decode()
    assert "Next possible: 01.01.2027" in page
    assert desk.do("send", do="register").status_code == 422

    desk.do("send", do="refuse", language="ru")

    row = Sending.objects.latest("id")
    assert (row.status, row.language) == ("refused", "ru")


def test_a_colleague_of_rank_answers_for_one_more(desk, scene):
    scene.staff("boss", Role.DIRECTOR)
    brought(desk, scene)
    desk.do("put", text="5 soap")
    answer = desk.do(
        "parcel-aside", ground="item_too_many|1", reason="two brothers share it",
        username="boss", password=PASSWORD,
    )  # fmt: skip
    assert answer.status_code == 200, answer.content.decode()[:4000]
    desk.do("send", do="register")

    assert Line.objects.get().quantity == 5
    assert Sending.objects.get().overrides.get().by_name == "Boss"


def test_a_posted_parcel_needs_nobody_at_the_window(desk, scene):
    desk.open()
    desk.do("errand")
    desk.do("about", channel="parcel", sender_name="Асанова А., Ош", advice="")
    desk.do("whom", prisoner=str(scene.prisoner.pk))
    desk.do("put", text="tea")
    desk.do("send", do="register")

    row = Sending.objects.get()
    assert (row.channel, row.sender_name, row.sender) == (
        "parcel",
        "Асанова А., Ош",
        None,
    )


@pytest.mark.parametrize(
    ("step", "data", "said"),
    [
        ("put", {"text": "🍎"}, "Nothing in the catalogue"),
        ("put", {"text": "0000000000000"}, "is new"),
        ("put", {"text": "4870001234567"}, "no barcode of goods"),
        ("put", {"text": "-5 soap"}, "whole pieces from 1"),
        ("put", {"text": "tea -5 kg"}, "weight is not possible"),
        ("put", {"text": "tea 10000 kg"}, "weight is not possible"),
        ("line", {"line": "1", "quantity": "-1", "grams": "1"}, "whole pieces"),
        ("line", {"line": "1", "quantity": "1", "grams": "10000 kg"}, "not possible"),
        ("weigh", {"weight": "abc"}, "This weight is not possible"),
        ("weigh", {"weight": "-1"}, "This weight is not possible"),
        ("weigh", {"weight": "10000 кг"}, "This weight is not possible"),
        ("line", {"line": "7", "quantity": "1", "grams": "1"}, "no such line"),
        ("line", {"line": "1", "quantity": "x", "grams": "1"}, "not possible"),
        ("bundle", {"bundle": "nothing"}, "no such bundle"),
        ("about", {"channel": "pigeon"}, "no such way"),
        ("send", {"do": "register"}, "Nothing is entered yet"),
        ("send", {"do": "refuse"}, "Nothing stands against"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(desk, scene, step, data, said):
    brought(desk, scene)
    if step == "send":
        pass
    else:
        desk.do("put", text="tea")
    before = entered(desk)

    page = desk.do(step, **data).content.decode()

    assert said in page
    assert entered(desk) == before


def test_what_was_typed_stays_in_its_box(desk, scene):
    brought(desk, scene)
    page = desk.do("put", text="-5 soap").content.decode()
    assert 'name="text" value="-5 soap"' in page
    assert "-5 soap</textarea>" not in page


def test_a_wrong_key_keeps_what_was_entered(desk, scene):
    brought(desk, scene)
    desk.do("put", text="tea")
    desk.do("errand")
    desk.do("errand")

    assert entered(desk) == [(1, 100)]


def test_pieces_and_grams_are_corrected_in_their_line(desk, scene):
    brought(desk, scene)
    desk.do("put", text="tea")
    desk.do("put", text="soap")
    desk.do("line", line="1", quantity="4", grams="1,2 kg")
    desk.do("line", line="2", quantity="0", grams="0")

    assert entered(desk) == [(4, 1200)]


def test_goods_are_offered_in_any_language(desk, scene):
    found = desk.client.get("/gate/desk/items/", {"text": "2 so", "draft": ""})
    assert "soap" in found.content.decode()


def test_undo_needs_a_reason_and_gives_the_allowance_back(desk, scene):
    brought(desk, scene)
    desk.do("put", text="tea")
    desk.do("send", do="register")
    row = Sending.objects.get()
    assert desk.do("parcel-undo", sending=str(row.pk), reason="").status_code == 422
    desk.do("parcel-undo", sending=str(row.pk), reason="wrong prisoner")

    row.refresh_from_db()
    assert row.status == "cancelled"


def test_what_was_just_sent_is_corrected_from_the_desk_until_it_ends(desk, scene):
    brought(desk, scene)
    desk.do("put", text="tea")
    page = desk.do("send", do="register").content.decode()
    row = Sending.objects.get()
    address = f"/parcels/{row.pk}/correct/"
    assert f'href="{address}"' in page
    assert desk.client.get(address).status_code == 200

    desk.do("parcel-undo", sending=str(row.pk), reason="wrong prisoner")

    page = desk.open()
    assert row.reference in page
    assert address not in page


def test_goods_entered_before_the_visit_are_still_there_after_it(desk, scene):
    brought(desk, scene)
    desk.do("put", text="2 tea")
    desk.do("errand")
    desk.do("finish", do="register")

    assert entered(desk) == [(2, 200)]
    assert desk.state["errand"] == "parcel"
    desk.do("send", do="register")
    assert Sending.objects.get().sender_id == scene.wife.pk


def test_a_family_list_is_read_in_one_scan(desk, scene):
    brought(desk, scene)
    (text,) = lists.encode([lists.Listed("tea", 2), lists.Listed("soap", 1, 150)])

    page = desk.do("put", text=text.lower()).content.decode()

    assert entered(desk) == [(2, 200), (1, 150)]
    assert "autofocus" in page
    assert desk.do("put", text=text[:-4] + "ZZZZ").status_code == 422
    assert entered(desk) == [(2, 200), (1, 150)]


def test_an_earlier_finding_in_any_prison_is_said_at_once(desk, scene):
    def attempts() -> bool:
        return "found at this sender before" in brought(desk, scene).content.decode()

    assert not attempts()
    desk.do("clear")
    asked = parcels.wanted(
        scene.prisoner.pk, scene.wife.pk, (scene.shop["phone"], 1, 200)
    )
    elsewhere = services.register(asked, by=scene.officer, at=NOW)
    Finding.objects.create(
        institution_id=scene.house.institution.pk, bag_id=elsewhere.bags["kept"],
        person=scene.wife, category="phones", offence="phone", description="a phone",
        protocol="1", at=NOW, by_name="one", second_name="two", request_id=ids.new_id(),
    )  # fmt: skip
    assert attempts()
