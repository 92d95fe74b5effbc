"""The officers' pages of delivery: they open, they act, they refuse strangers."""

import base64
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from darbaza.audit.models import Event
from darbaza.kernel import ids
from darbaza.parcels import services
from darbaza.parcels.models import Bag, Picture, Sending
from darbaza.parcels.selectors.store import NOWHERE
from darbaza.persons import names, sieve
from darbaza.persons.models import Person
from tests import cast
from tests.parcels import builders
from tests.parcels.test_delivering import ink, say

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nine_o_clock(clock):
    """Everything here begins at nine."""


@pytest.fixture
def shop(colony):
    builders.quota(2)
    builders.rule("parcels.delivery", hours=24, hours_perishable=6)
    return builders.shop()


@pytest.fixture
def bag(shop):
    return builders.stored((shop["tea"], 2, 200), (shop["sausage"], 1, 500))


@pytest.fixture
def officer(colony, sign_in):
    return sign_in(cast.GATE_OFFICER)


def out(bag):
    services.take_out([NOWHERE], **say())
    return bag


def test_the_list_leads_to_a_sending_with_its_clocks_and_grounds(bag, officer):
    listed = officer.get(reverse("parcels:today"), follow=True).content.decode()
    assert bag.sending.reference in listed

    page = officer.get(reverse("parcels:sending", args=[bag.sending_id]))

    text = page.content.decode()
    assert "Goes out with the next round of the block." in text
    assert "Allowance left: 2" in text
    assert "Sending registered" in text
    assert "23.11.2026 09:00" in text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["sendings", "store"])
def test_lists_are_taken_as_files_by_who_may_and_on_record(
    bag, officer, sign_in, name, kind
):
    address = reverse(f"parcels:{name}")
    assert officer.get(address, {"format": kind}).status_code == 403
    assert "format=" not in officer.get(address).content.decode()
    assert not Event.objects.filter(type="parcel.exported").exists()
    boss = sign_in(cast.SHIFT_SUPERVISOR)
    assert f"format={kind}" in boss.get(address).content.decode()

    answer = boss.get(address, {"format": kind})

    assert b"".join(answer.streaming_content)
    assert f".{kind}" in answer.headers["Content-Disposition"]
    known = Event.objects.get(type="parcel.exported").facts
    rows = 1 if name == "sendings" else bag.sending.bags.count()
    assert (known["name"], known["format"], known["rows"]) == (name, kind, rows)
    assert boss.get(address, {"format": "exe"}).status_code == 422


def heard(person: Person) -> None:
    """Give a person made without a service the sound keys that services write."""
    keys = sieve.keys(person.surname, person.given_names)
    person.key, person.surname_key, person.given_key = keys
    person.save()


@pytest.mark.parametrize(
    "q", ["reference", "number", "surname", "label", "slip", "nothing"]
)
def test_a_sending_is_found_by_any_of_its_numbers_and_names(bag, officer, q):
    sending = bag.sending
    heard(sending.prisoner.person)
    asked = {
        "reference": sending.reference.replace("-", "").lower(),
        "number": sending.prisoner.number,
        "surname": sending.prisoner.person.surname[:3].lower(),
        "label": bag.label.lower(),
        "slip": names.latin(sending.prisoner.person.name).replace("a", "o", 1),
        "nothing": "xyzxyz",
    }[q]
    text = officer.get(reverse("parcels:sendings"), {"q": asked}).content.decode()
    assert (sending.reference in text) == (q != "nothing")


def test_the_store_shows_the_alarm_of_perishable_goods(bag, officer):
    Sending.objects.update(handed_in_at=cast.NINE - timedelta(hours=7))
    text = officer.get(reverse("parcels:store")).content.decode()
    assert "1 bag with perishable goods is late" in text
    assert bag.label in text


def test_a_round_is_taken_out_printed_and_signed_on_the_screen(bag, officer):
    page = reverse("parcels:round")
    wanted = {"blocks": [NOWHERE], "request_id": uuid4()}
    assert officer.post(page, wanted, follow=True).status_code == 200
    assert bag.label in officer.get(page).content.decode()
    assert officer.get(reverse("parcels:round_pdf")).content.startswith(b"%PDF")

    drawn = "data:image/png;base64," + base64.b64encode(ink()).decode()
    said = {"signature": drawn, "how": "tablet", "taker": "", "request_id": uuid4()}
    answer = officer.post(reverse("parcels:deliver", args=[bag.pk]), said)

    assert answer.status_code == 302
    assert Sending.objects.get().status == "delivered"
    shown = officer.get(reverse("parcels:picture", args=[Picture.objects.get().pk]))
    assert shown.headers["Content-Type"] == "image/png"
    assert officer.get(reverse("parcels:sending", args=[bag.sending_id])).content


@pytest.mark.parametrize(
    "drawn",
    [
        "",
        "hello 😀",
        "data:image/png;base64,!!!",
        "data:text/html;base64,PGI+",
        "data:image/png;base64," + base64.b64encode(b"GIF89a" * 9).decode(),
    ],
)
def test_a_bad_signature_is_told_and_nothing_is_delivered(bag, officer, drawn):
    out(bag)
    said = {"signature": drawn, "how": "tablet", "request_id": uuid4()}
    answer = officer.post(reverse("parcels:deliver", args=[bag.pk]), said)
    assert answer.status_code == 422
    assert Bag.objects.get().where == "round"


def test_fifty_megabytes_of_signature_are_refused(bag, officer):
    out(bag)
    said = {"signature": "data:image/png;base64," + "A" * 50_000_000, "how": "tablet"}
    answer = officer.post(reverse("parcels:deliver", args=[bag.pk]), said)
    assert answer.status_code in {400, 413}


def test_a_bag_signed_for_on_paper_gets_its_scan(bag, officer):
    out(bag)
    said = {"how": "paper", "request_id": uuid4()}
    officer.post(reverse("parcels:deliver", args=[bag.pk]), said)
    scan = SimpleUploadedFile("scan.png", ink((800, 600)), "image/png")
    answer = officer.post(
        reverse("parcels:paper"), {"bags": [str(bag.pk)], "image": scan}
    )
    assert answer.status_code == 302
    assert Picture.objects.get().kind == "paper"


def test_a_refusal_by_the_prisoner_needs_words_and_leads_home(bag, officer):
    out(bag)
    page = reverse("parcels:miss", args=[bag.pk])
    said = {"why": "refused", "reason": "", "request_id": uuid4()}
    assert officer.post(page, said).status_code == 422
    assert officer.post(page, {**said, "reason": "unknown sender"}).status_code == 302

    back = reverse("parcels:give_back", args=[bag.pk])
    told = {"reason": "refused by the prisoner", "request_id": uuid4()}
    assert officer.post(back, told).status_code == 422  # nobody has signed
    assert officer.post(back, {**told, "signed": "on"}).status_code == 302
    assert Sending.objects.get().status == "returned"


def test_what_was_entered_in_error_is_cancelled_from_its_page(shop, officer):
    done = builders.registered((shop["tea"], 1, 100))
    page = reverse("parcels:cancel", args=[done.sending_id])
    assert officer.post(page, {"reason": "", "request_id": uuid4()}).status_code == 422
    said = {"reason": "wrong prisoner", "request_id": uuid4()}
    assert officer.post(page, said).status_code == 302
    assert Sending.objects.get().status == "cancelled"


def test_a_bag_is_sent_on_from_its_page(bag, officer, other_colony):
    prisoner = bag.sending.prisoner
    prisoner.institution = other_colony
    prisoner.save()
    text = officer.get(reverse("parcels:sending", args=[bag.sending_id]))
    assert "The file is in another institution" in text.content.decode()
    page = reverse("parcels:send_on", args=[bag.pk])
    assert officer.post(page, {"request_id": uuid4()}).status_code == 302
    assert Sending.objects.get().status == "sent_on"


ROWS = [
    "parcels:sending",
    "parcels:cancel",
    "parcels:deliver",
    "parcels:miss",
    "parcels:give_back",
    "parcels:send_on",
]


@pytest.mark.parametrize("name", ROWS)
def test_another_institution_finds_nothing(bag, sign_in, other_colony, name):
    key = bag.sending_id if name in ROWS[:2] else bag.pk
    client = sign_in(cast.OUTSIDER)
    assert client.get(reverse(name, args=[key])).status_code == 404
    assert client.post(reverse(name, args=[key])).status_code in {404, 405}
    assert client.get(reverse(name, args=[ids.new_id()])).status_code == 404


def test_an_inspector_looks_and_takes_no_step(bag, sign_in):
    client = sign_in(cast.INSPECTOR)
    for name in ("today", "sendings", "store", "round"):
        assert client.get(reverse(f"parcels:{name}"), follow=True).status_code == 200
    page = client.get(reverse("parcels:sending", args=[bag.sending_id]))
    assert "Give back to the sender</a>" not in page.content.decode()
    assert client.get(reverse("parcels:deliver", args=[bag.pk])).status_code == 403
    said = {"blocks": [NOWHERE], "request_id": uuid4()}
    assert client.post(reverse("parcels:round"), said).status_code == 403


def test_the_prisoners_page_shows_balance_and_last_sendings(bag, officer):
    page = reverse("custody:prisoner", args=[bag.sending.prisoner_id])
    text = officer.get(page).content.decode()
    assert bag.sending.reference in text
    assert "1 of 2 left" in text


def test_empty_lists_say_what_to_do_next(officer):
    for name in ("sendings", "store", "round", "paper"):
        text = officer.get(reverse(f"parcels:{name}")).content.decode()
        assert 'class="empty"' in text
