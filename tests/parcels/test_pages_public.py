"""Pages for families: nothing leaks, nothing is kept, nobody guesses a code."""

from datetime import timedelta

import pytest
import zxingcpp
from django.test import Client
from django.urls import reverse
from pypdfium2 import PdfDocument

from darbaza.kernel import ids
from darbaza.parcels import lists, services, sheets
from darbaza.parcels.lists import Listed
from darbaza.parcels.models import Sending, Suspension
from darbaza.parcels.selectors.store import NOWHERE
from darbaza.parcels.views import public
from tests import cast
from tests.parcels import builders
from tests.parcels.test_delivering import say

pytestmark = pytest.mark.django_db
LANGUAGES = ("ky", "ru", "en")


@pytest.fixture(autouse=True)
def _fresh(clock):
    """At nine, and nobody has tried anything yet."""
    public.BY_ADDRESS.forget()
    public.BY_RECEIPT.forget()


@pytest.fixture
def shop(colony):
    builders.quota(2)
    builders.rule("parcels.weight.package", most_g=20_000, verified=False)
    return builders.shop(verified=False)


@pytest.fixture
def bag(shop):
    return builders.stored((shop["tea"], 2, 200))


@pytest.fixture
def family():
    return Client(headers={"accept-language": "en"})


def ask(client, number, code):
    said = {"number": number, "code": code}
    return client.post(reverse("parcels:state"), said)


def test_who_holds_receipt_and_code_reads_how_it_stands(bag, family):
    sending = bag.sending
    spoken = sending.reference.replace("-", " ").lower()

    answer = ask(family, spoken, f"{sending.secret[:4]} {sending.secret[4:].lower()}")

    assert answer.status_code == 200
    text = answer.content.decode()
    assert "It was inspected and lies in the store." in text
    assert "23.11.2026 09:00" in text


def test_the_code_of_a_receipt_is_in_no_address_that_a_server_hears(bag, rf):
    sending, asked = bag.sending, rf.get("/")
    asked.actor = cast.GATE_OFFICER

    heard, _sign, kept = sheets.state_address(asked, sending.pk).partition("#")

    assert heard.endswith(reverse("parcels:state"))
    assert kept == f"number={sending.reference}&code={sending.secret}"


def test_a_receipt_printed_earlier_still_fills_the_boxes(bag, family):
    given = {"number": bag.sending.reference, "code": bag.sending.secret}
    text = family.get(reverse("parcels:state"), given).content.decode()
    assert f'value="{bag.sending.secret}"' in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_neither_prisoner_nor_place_is_told_in_any_state(bag, language, other_colony):
    sending, prisoner = bag.sending, bag.sending.prisoner
    client = Client(headers={"accept-language": language})
    texts = [ask(client, sending.reference, sending.secret).content.decode()]
    services.take_out([NOWHERE], **say())
    texts.append(ask(client, sending.reference, sending.secret).content.decode())
    services.deliver(bag.pk, services.Receipt(), **say())
    texts.append(ask(client, sending.reference, sending.secret).content.decode())
    assert len(set(texts)) == 3
    for text in texts:
        assert prisoner.person.surname not in text
        assert prisoner.number not in text
        assert "901" not in text
        assert sending.sender.surname not in text


def test_a_transfer_and_a_hospital_read_like_the_store(bag, family, other_colony):
    sending = bag.sending
    before = ask(family, sending.reference, sending.secret).content
    prisoner = sending.prisoner
    prisoner.institution = other_colony
    prisoner.save()
    moved = ask(family, sending.reference, sending.secret).content
    assert plain(before) == plain(moved)


def plain(content):
    """A page without the token of its form and its number, which are new each time."""
    lines = content.lower().splitlines()
    return [line for line in lines if b"csrf" not in line and b">request " not in line]


def test_a_wrong_number_and_a_wrong_code_cannot_be_told_apart(bag, family):
    wrong_code = ask(family, bag.sending.reference, "22222222")
    wrong_number = ask(family, "222-2222", bag.sending.secret)
    both = ask(family, "222-2222", "22222222")

    assert {a.status_code for a in (wrong_code, wrong_number, both)} == {422}
    assert plain(wrong_code.content) == plain(wrong_number.content)
    assert plain(wrong_code.content) == plain(both.content)
    assert len({len(a.content) for a in (wrong_code, wrong_number, both)}) == 1


def test_a_hundred_wrong_codes_end_at_a_closed_door_and_the_right_one_too(bag):
    known, unknown = [], []
    for n in range(100):
        one = Client(REMOTE_ADDR=f"10.0.0.{n}")
        known.append(ask(one, bag.sending.reference, f"{n:08}").status_code)
        unknown.append(ask(one, "333-3333", f"{n:08}").status_code)
    assert known == unknown
    assert known[0] == 422
    assert known[-1] == 429
    right = ask(Client(), bag.sending.reference, bag.sending.secret)
    assert right.status_code == 429


def test_one_address_may_not_try_receipt_after_receipt(bag, family, clock):
    for n in range(20):
        assert ask(family, f"222-22{n:02}", "22222222").status_code == 422
    assert ask(family, "444-4444", "22222222").status_code == 429
    clock.shift(timedelta(minutes=15))
    assert ask(family, "444-4444", "22222222").status_code == 422


@pytest.mark.parametrize("text", ["😀" * 20, "'; DROP TABLE--", "\0", "A" * 5000, ""])
def test_whatever_is_typed_gets_a_page(family, text, shop):
    assert ask(family, text, text).status_code in {400, 422}
    for name in ("list", "list_code", "list_pdf", "may_bring"):
        answer = family.get(reverse(f"parcels:{name}"), {"n-tea": text, "at": text})
        assert answer.status_code in {200, 422}


def test_a_family_makes_a_list_that_is_read_back_from_page_and_paper(shop, family):
    start = family.get(reverse("parcels:list")).content.decode()
    assert "tea_coffee" in start
    assert 'name="cards"' not in start

    chosen = {"n-tea": "2", "n-soap": "3", "n-sausage": "", "n-unknown": "9"}
    page = family.get(reverse("parcels:list_code"), chosen).content.decode()
    code = next(w for w in page.replace("<", " ").split() if ">PL1:" in w)
    expected = [Listed("soap", 3, 300), Listed("tea", 2, 200)]
    assert sorted(lists.decode(code.split(">")[1]), key=str) == expected

    pdf = family.get(reverse("parcels:list_pdf"), chosen).content
    picture = PdfDocument(pdf)[0].render(scale=3).to_pil()
    (read,) = zxingcpp.read_barcodes(picture)
    assert sorted(lists.decode(read.text), key=str) == expected


@pytest.mark.parametrize(
    "chosen", [{}, {"n-tea": "-1"}, {"n-tea": "x"}, {"n-tea": "99999"}]
)
def test_an_impossible_list_leads_back_with_words(shop, family, chosen):
    answer = family.get(reverse("parcels:list_code"), chosen)
    assert answer.status_code == 422
    assert "govuk-error-summary" in answer.content.decode()


def test_five_hundred_lines_are_no_list(shop, family):
    for n in range(500):
        builders.more_goods(n)
    chosen = {f"more_{n}": "1" for n in range(500)}
    assert family.get(reverse("parcels:list_code"), chosen).status_code == 422
    assert family.get(reverse("parcels:list_pdf"), chosen).status_code == 422


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", ["a5", "80mm"])
def test_what_may_be_brought_is_told_on_page_and_paper(shop, language, size):
    client = Client(headers={"accept-language": language})
    text = client.get(reverse("parcels:may_bring")).content.decode()
    assert "hygiene*" in text
    pdf = client.get(reverse("parcels:may_bring_pdf"), {"size": size}).content
    assert pdf.startswith(b"%PDF")


def test_suspended_perishables_are_told_where_they_are_suspended(
    shop, family, colony, other_colony
):
    today = cast.NINE.date()
    Suspension.objects.create(
        institution=colony, order_number="7", reason="heat", starts_on=today,
        ends_on=today + timedelta(days=5), recorded_at=cast.NINE, recorded_by="x",
        request_id=ids.new_id(),
    )  # fmt: skip
    page = reverse("parcels:may_bring")
    told = "Perishable food cannot be brought now, up to and including 27.11.2026."
    assert told in family.get(page, {"at": "901"}).content.decode()
    assert told not in family.get(page, {"at": "902"}).content.decode()
    assert told not in family.get(page).content.decode()


def test_a_public_page_without_goods_says_whom_to_ask(family, db):
    for name in ("list", "may_bring"):
        assert (
            'class="empty"' in family.get(reverse(f"parcels:{name}")).content.decode()
        )


def test_cancelled_is_told_kindly(shop, family):
    done = builders.registered((shop["tea"], 1, 100))
    who = {"by": cast.GATE_OFFICER, "at": cast.NINE}
    services.cancel(done.sending_id, reason="wrong prisoner", **who)
    row = Sending.objects.get()
    text = ask(family, row.reference, row.secret).content.decode()
    assert "nothing was taken" in text
    assert "wrong prisoner" not in text
