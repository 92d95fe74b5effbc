"""The pages of the inspection: scan, one key, finding, protocol, chain, shift."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from darbaza.accounts.models import User
from darbaza.kernel import ids
from darbaza.parcels.models import Bag, Finding, Inspection, Picture, Search
from tests import cast
from tests.conftest import user_of
from tests.parcels import builders, inspecting
from tests.parcels.inspecting import SECOND, found, package

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture
def shop(colony, clock):
    clock.shift(timedelta(minutes=30))
    builders.rule("offence.phone", verified=False, som=30_000, units=300)
    builders.rule("offence.phone_again", verified=False, som=[50_000, 100_000])
    return builders.shop()


@pytest.fixture
def officer(sign_in, shop):
    return sign_in(cast.GATE_OFFICER)


@pytest.fixture
def second(shop) -> str:
    """Give the second officer a password; return the name to sign with."""
    user: User = user_of(SECOND)
    user.set_password(PASSWORD)
    user.save()
    return user.username


def at(name: str, *keys, **query) -> str:
    return reverse(f"parcels:{name}", args=keys, query=query or None)


def look(officer, bag, **more):
    known = {
        "kind": "xray", "device": "Rapiscan", "place": "A-3", "result": "clear",
        "request_id": ids.new_id(),
    }  # fmt: skip
    return officer.post(at("inspect", bag.pk), known | more)


def finding_form(second: str, **more):
    return {
        "offence": "phone", "category": "phones", "description": "Nokia, in soap",
        "protocol": "12", "seal": "S1", "place": "Safe", "username": second,
        "password": PASSWORD, "request_id": ids.new_id(),
    } | more  # fmt: skip


def text(answer) -> str:
    return answer.content.decode()


def test_an_empty_inspection_says_what_comes_next(officer):
    page = text(officer.get(at("inspection")))
    assert "Nothing waits. A bag appears here as soon as it is registered." in page
    assert "autofocus" in page


def test_scan_and_one_key_store_a_bag_and_the_place_is_remembered(officer, shop):
    bag = package(shop)["goods"]
    page = text(officer.get(at("inspection", label=bag.label.lower())))
    for key in ("F2", "F3", "F4"):
        assert f'data-key="{key}"' in page

    answer = look(officer, bag)

    assert answer.url == at("inspection")
    bag.refresh_from_db()
    assert (bag.where, bag.place) == ("store", "A-3")
    page = text(officer.get(at("inspection", label=bag.label)))
    assert 'value="Rapiscan"' in page
    assert 'value="A-3"' in page


def test_an_unknown_label_is_said_at_the_box(officer):
    for label in ("0000000000", "🎒", "<script>"):
        answer = officer.get(at("inspection", label=label))
        assert answer.status_code == 404
        assert "No bag here has this label. Look at it again." in text(answer)
        assert "<script>alert" not in text(answer)


def test_what_is_missing_is_shown_at_its_field_and_kept(officer, shop):
    bag = package(shop)["goods"]

    answer = look(officer, bag, place="", note="kept words")

    assert answer.status_code == 422
    assert "Write the shelf or place in the store." in text(answer)
    assert 'value="kept words"' in text(answer)
    assert not Inspection.objects.exists()


def test_enter_in_a_box_never_stores_by_itself(officer, shop):
    bag = package(shop)["goods"]

    look(officer, bag, result="", note="again")

    bag.refresh_from_db()
    assert bag.where == "inspection"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"x" * 21 * 1024 * 1024, "larger than 20 MB"),
        (b"hello", "This file is no picture"),
        (b"", "The file is empty."),
    ],
    ids=["too large", "no picture", "empty"],
)
def test_a_bad_picture_is_refused_in_words(officer, shop, data, words):
    bag = package(shop)["goods"]
    file = SimpleUploadedFile("🎒.png", data, "image/png")

    answer = look(officer, bag, picture=file)

    assert answer.status_code == 422
    assert words in text(answer)
    answer = officer.post(
        at("add_picture", bag.pk),
        {"picture": SimpleUploadedFile("a.png", data, "image/png")},
        follow=True,
    )
    assert answer.status_code in {200, 422}
    assert words in text(answer)


def test_a_photograph_is_kept_and_shown(officer, shop):
    bag = package(shop)["goods"]
    file = SimpleUploadedFile("camera.jpg", inspecting.picture(), "image/jpeg")

    look(officer, bag, picture=file)

    row = Picture.objects.get()
    assert at("bag_picture", row.pk) in text(officer.get(at("bag", bag.pk)))
    answer = officer.get(at("bag_picture", row.pk))
    assert answer["Content-Type"] == "image/jpeg"
    assert "no-store" in answer["Cache-Control"]


def test_what_is_found_goes_on_to_finding_protocol_and_list(officer, shop, second):
    bag = package(shop)["goods"]
    answer = look(officer, bag, result="found")
    assert answer.url == at("find", bag.pk)
    page = text(officer.get(answer.url))
    assert "a fine of 30\u202f000 som (300 calculation units)" in page
    assert "not yet verified" in page

    answer = officer.post(at("find", bag.pk), finding_form(second))

    row = Finding.objects.get()
    assert answer.url == at("finding", row.pk)
    assert row.second_name == SECOND.name
    page = text(officer.get(answer.url))
    assert "Nokia, in soap" in page
    assert "12" in text(officer.get(at("findings", q="nokia")))
    paper = officer.get(at("protocol", row.pk))
    assert paper.content[:5] == b"%PDF-"
    row.refresh_from_db()
    assert row.prints == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"password": "wrong"}, "password"),
        ({"username": ""}, "second officer"),
        ({"description": ""}, "What was found"),
        ({"line-1": "9"}, "2"),
        ({"category": "nonsense"}, "nonsense"),
    ],
)
def test_a_finding_without_its_papers_is_not_made(officer, shop, second, more, words):
    bag = package(shop)["goods"]

    answer = officer.post(at("find", bag.pk), finding_form(second) | more)

    assert answer.status_code == 422
    assert "Please look at this again" in text(answer)
    assert words in text(answer)
    assert not Finding.objects.exists()


def test_the_second_officer_is_not_the_first(officer, shop, second):
    first = user_of(cast.GATE_OFFICER)
    first.set_password(PASSWORD)
    first.save()
    officer.force_login(first, backend="darbaza.accounts.backends.SignIn")
    bag = package(shop)["goods"]

    answer = officer.post(at("find", bag.pk), finding_form(first.username))

    assert "The second officer must be somebody else." in text(answer)
    assert not Finding.objects.exists()


def test_a_bag_shows_its_chain_and_lights_its_gap(officer, shop):
    bag = package(shop)["goods"]
    assert "Gap:" not in text(officer.get(at("bag", bag.pk)))
    assert "No chain has a gap" in text(officer.get(at("chain")))

    bag.steps.update(to="store")

    assert "Gap:" in text(officer.get(at("bag", bag.pk)))
    page = text(officer.get(at("chain")))
    assert bag.label in page
    assert "The chain does not begin at the counter." in page


def test_each_step_asks_for_its_papers_and_stands_in_the_chain(officer, shop, second):
    row = found(package(shop, "phone")["kept"])
    url = at("step", row.bag_id, "investigator")
    assert 'name="taker"' in text(officer.get(url))
    given = {
        "taker": "Investigator Ivanov", "username": second, "password": PASSWORD,
        "request_id": ids.new_id(),
    }  # fmt: skip

    answer = officer.post(url, given)
    assert answer.status_code == 422
    assert "Whoever receives it must sign." in text(answer)
    answer = officer.post(url, given | {"signed": "on"})

    assert answer.url == at("bag", row.bag_id)
    page = text(officer.get(answer.url))
    assert "Investigator Ivanov" in page
    assert "Gap:" not in page
    assert officer.get(at("step", row.bag_id, "back")).status_code == 404
    assert officer.get(at("step", row.bag_id, "nonsense")).status_code == 404


def test_a_label_prints_in_both_sizes_and_is_counted(officer, shop):
    bag = package(shop)["goods"]

    for query in ({}, {"size": "a5"}, {"size": "🎒"}):
        assert officer.get(at("label", bag.pk, **query)).content[:5] == b"%PDF-"
    bag.refresh_from_db()
    assert bag.prints == 3


def test_a_search_without_consent_ends_there(officer, shop):
    person = builders.sender()
    given = {
        "kind": "belongings", "reason": "at the entrance", "consent": "no",
        "officer_sex": "F", "result": "clear", "request_id": ids.new_id(),
    }  # fmt: skip

    answer = officer.post(at("search_person", person.pk), given, follow=True)

    assert "this person does not come in" in text(answer)
    assert Search.objects.get().result == "no_consent"
    page = text(officer.get(reverse("persons:person", args=[person.pk])))
    assert "no consent: no entry, no penalty" in page


def test_what_a_search_found_goes_on_to_its_finding(officer, shop, second):
    person = builders.sender()
    given = {
        "kind": "outer", "reason": "at the entrance", "consent": "yes",
        "officer_sex": "F", "result": "found", "note": "in the coat",
        "request_id": ids.new_id(),
    }  # fmt: skip

    answer = officer.post(at("search_person", person.pk), given | {"officer_sex": "M"})
    assert "By hand only an officer of the same sex may search." in text(answer)
    answer = officer.post(at("search_person", person.pk), given)
    assert answer.url == at("find_on_person", Search.objects.get().pk)
    answer = officer.post(answer.url, finding_form(second))

    assert answer.url == at("finding", Finding.objects.get().pk)
    assert "Earlier attempts" in text(officer.get(at("search_person", person.pk)))


def test_a_supervisor_withdraws_with_a_reason(sign_in, officer, shop):
    row = found(package(shop, "phone")["kept"])
    assert "Withdraw" not in text(officer.get(at("finding", row.pk)))
    boss = sign_in(cast.SHIFT_SUPERVISOR)

    assert boss.post(at("withdraw", row.pk), {"reason": " "}).status_code == 422
    boss.post(at("withdraw", row.pk), {"reason": "It was a toy"})

    assert "It was a toy" in text(boss.get(at("finding", row.pk)))


def test_the_picture_of_the_shift_is_for_supervisors(sign_in, officer, shop):
    builders.rule("parcels.pattern", verified=False, days=90, prisoners=3)
    found(package(shop, "tea", "phone")["kept"])
    assert officer.get(at("shift_picture")).status_code == 403

    page = text(sign_in(cast.SHIFT_SUPERVISOR).get(at("shift_picture")))

    assert "A pattern accuses nobody" in page
    assert "No pattern reaches the figures of the rule." in page
    broken = {"first": "never", "last": "🎒"}
    answer = sign_in(cast.SHIFT_SUPERVISOR).get(at("shift_picture", **broken))
    assert answer.status_code == 200


@pytest.mark.parametrize("name", ["findings_export", "chain_export"])
def test_lists_are_taken_away_by_who_may_and_on_record(sign_in, officer, shop, name):
    found(package(shop, "phone")["kept"])
    assert officer.get(at(name)).status_code == 403
    boss = sign_in(cast.SHIFT_SUPERVISOR)

    for kind in ("csv", "xlsx"):
        answer = boss.get(at(name, format=kind))
        assert answer.status_code == 200
        assert io.BytesIO(b"".join(answer.streaming_content)).getvalue()
    assert boss.get(at(name, format="exe")).status_code == 422


def test_another_prison_and_who_may_only_read_change_nothing(
    sign_in, shop, colony, other_colony
):
    bag = package(shop)["goods"]
    row = found(bag)
    stranger, registrar = sign_in(cast.OUTSIDER), sign_in(cast.REGISTRAR)
    for name, key in (
        ("bag", bag.pk), ("label", bag.pk), ("find", bag.pk), ("finding", row.pk),
        ("protocol", row.pk),
    ):  # fmt: skip
        assert stranger.get(at(name, key)).status_code == 404
    assert stranger.post(at("inspect", bag.pk)).status_code == 404
    assert registrar.get(at("bag", bag.pk)).status_code == 200
    assert registrar.get(at("findings")).status_code == 403
    for name in ("find", "label"):
        assert registrar.get(at(name, bag.pk)).status_code == 403
    assert "S-100" not in text(registrar.get(at("bag", bag.pk)))
    assert Bag.objects.get(pk=bag.pk).where == "counter"
