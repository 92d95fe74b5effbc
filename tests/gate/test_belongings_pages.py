"""The pages of belongings: from the desk by one key, tag and receipt, back again."""

from uuid import uuid4

import pytest
from django.urls import reverse

from darbaza.accounts.permissions import Role
from darbaza.audit.models import Event
from darbaza.gate import events, services
from darbaza.gate.models import Deposit, Locker
from darbaza.visits.models import Visitor
from tests.gate.house import Gate
from tests.gate.test_lists import text_of
from tests.visits import builders
from tests.visits.test_registration import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def gate(db, clock) -> Gate:
    clock.move_to(builders.at(10, 30))
    made = Gate()
    services.add_lockers("1-2", by=made.supervisor, at=NOW)
    made.done = made.issue()
    return made


def address(name: str, *rows) -> str:
    return reverse(f"gate:{name}", args=[row.pk for row in rows])


def typed(**changes) -> dict[str, str]:
    return {"request_id": str(uuid4()), "count_phone": "1", **changes}


def test_the_party_of_one_leads_straight_to_the_form(gate):
    visitor = Visitor.objects.get()
    answer = gate.browser().get(address("belongings_of", visitor.visit))
    assert answer.url == address("deposit_take", visitor)


def test_the_form_offers_the_first_free_locker_and_makes_a_receipt(gate):
    visitor, browser = Visitor.objects.get(), gate.browser()
    url = address("deposit_take", visitor)
    page = browser.get(url).content.decode()
    first = Locker.objects.get(label="1")
    assert f'<option value="{first.pk}" selected>1</option>' in page
    data = typed(locker=str(first.pk), count_bag="2", words_bag="red 🎒")
    answer = browser.post(url, data)
    row = Deposit.objects.get()
    assert answer.url == address("deposit", row)
    shown = browser.get(answer.url).content.decode()
    assert "2 × bag (red 🎒)" in shown
    assert row.tag in shown
    browser.post(url, data)  # the browser was closed in the middle and sent it again
    assert Deposit.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"count_phone": ""}, "Nothing is entered"),
        ({"count_phone": "500"}, "At most 99"),
        ({"count_other": "1"}, "Say in a word"),
        ({"count_phone": "many"}, "whole number"),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(gate, wrong, said):
    url = address("deposit_take", Visitor.objects.get())
    answer = gate.browser().post(url, typed(words_bag="green", count_bag="", **wrong)
                                 if "count_phone" not in wrong or wrong["count_phone"]
                                 else typed(**wrong))  # fmt: skip
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Deposit.objects.exists()


def test_an_occupied_locker_is_told_at_the_box(gate):
    url, browser = address("deposit_take", Visitor.objects.get()), gate.browser()
    browser.get(url)
    taken = str(Locker.objects.get(label="1").pk)
    browser.post(url, typed(locker=taken))
    answer = browser.post(url, typed(locker=taken, words_phone="Nokia"))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "In locker 1 lie things of" in text
    assert "Nokia" in text


def test_a_tag_is_scanned_and_given_back_by_one_key(gate):
    browser = gate.browser()
    browser.post(address("deposit_take", Visitor.objects.get()), typed())
    row = Deposit.objects.get()
    found = browser.post(reverse("gate:deposit_find"), {"tag": row.tag})
    assert found.url == address("deposit", row)
    step = {"request_id": str(uuid4())}
    assert browser.post(found.url, step).url == reverse("gate:belongings")
    assert browser.post(found.url, step).url == reverse("gate:belongings")
    again = browser.post(found.url, {"request_id": str(uuid4())})
    assert "given back already" in again.content.decode()
    visitor = Visitor.objects.get()
    by_pass = browser.post(reverse("gate:deposit_find"), {"tag": gate.code(gate.done)})
    assert by_pass.url == address("belongings_of", visitor.visit)
    lost = browser.post(reverse("gate:deposit_find"), {"tag": "000000"}, follow=True)
    assert "No belongings are under this tag" in lost.content.decode()


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@pytest.mark.parametrize("size", ["a5", "80mm"])
def test_the_receipt_speaks_three_languages_on_both_papers(gate, language, size):
    browser = gate.browser()
    browser.post(address("deposit_take", Visitor.objects.get()), typed(words_bag="🎒"))
    row = Deposit.objects.get()
    query = f"?language={language}&size={size}"
    words = {"ky": "Буюмдар үчүн", "ru": "Квитанция на вещи", "en": "Receipt for"}
    pdf = text_of(browser.get(address("receipt_pdf", row) + query))
    page = browser.get(address("receipt", row) + query).content.decode()
    for text in (pdf, page):
        assert words[language] in text
        assert row.tag in text
    assert f"sheet-body--{size}" in page


def test_the_list_is_searched_and_exported(gate):
    browser = gate.browser()
    browser.post(address("deposit_take", Visitor.objects.get()), typed())
    url, tag = reverse("gate:belongings"), Deposit.objects.get().tag
    assert tag in browser.get(url, {"q": gate.person.surname}).content.decode()
    assert tag not in browser.get(url, {"q": "nobody"}).content.decode()
    assert browser.get(url, {"format": "csv"}).status_code == 403
    chief = gate.browser(Role.SHIFT_SUPERVISOR)
    csv = b"".join(chief.get(url, {"format": "csv"}).streaming_content).decode()
    assert tag in csv
    taken = Event.objects.get(type=events.EXPORTED.code)
    assert taken.facts == {"name": "belongings", "format": "csv", "rows": 1}
    assert chief.get(url, {"format": "pdf"}).status_code >= 400


def test_lockers_are_set_up_on_a_page_and_taken_out_of_use(gate):
    browser, url = gate.browser(Role.SHIFT_SUPERVISOR), reverse("gate:lockers")
    page = browser.post(url, {"labels": "3-4"}, follow=True).content.decode()
    assert "2 lockers are new." in page
    assert browser.post(url, {"labels": "all"}).status_code == 422
    browser.post(address("locker_close", Locker.objects.get(label="4")))
    assert Locker.objects.get(label="4").closed_on
    assert gate.browser().get(url).status_code == 403


def test_the_desk_leads_to_the_belongings_of_the_party_just_registered(gate):
    browser, visitor = gate.browser(), Visitor.objects.get()
    session = browser.session
    session["desk_done"] = str(visitor.visit_id)
    session.save()
    page = browser.get(reverse("gate:desk")).content.decode()
    assert address("belongings_of", visitor.visit) in page
    assert 'data-key="Alt+L"' in page


def test_a_reader_sees_the_list_and_takes_nothing(gate):
    reader = gate.browser(Role.INSPECTOR)
    visitor = Visitor.objects.get()
    assert reader.get(reverse("gate:belongings")).status_code == 200
    for url in (address("deposit_take", visitor), reverse("gate:deposit_named")):
        assert reader.get(url).status_code == 403


def test_money_is_not_taken_told_where_to_pay_and_on_record_once(gate):
    browser, url = gate.browser(), reverse("gate:money")
    assert "Ask the accounts office how to pay" in browser.get(url).content.decode()
    house = gate.house.institution
    house.money_paid_to = "Bank X, account 1"
    house.save()
    step = {"request_id": str(uuid4())}
    for _again in range(2):
        browser.post(url, step)

    assert Event.objects.filter(type="gate.money_brought").count() == 1
    pdf = text_of(browser.get(reverse("gate:money_pdf", args=["ru"])))
    assert "Bank X, account 1" in pdf
    assert "деньги не принимают" in pdf
    page = browser.get(reverse("gate:money_print", args=["ky"])).content.decode()
    assert "Bank X, account 1" in page
