"""The family's pages: a code opens them; strangers learn nothing from any answer."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from darbaza.appointments.models import Appointment, Ask, Waiting
from darbaza.appointments.services import family
from darbaza.appointments.types import Kind
from darbaza.appointments.views import family as pages
from darbaza.parcels import lists
from tests.appointments.entrance import DAY, NOW, Entrance, booked, offers
from tests.parcels.builders import shop

pytestmark = pytest.mark.django_db
TOKEN = re.compile(rb'value="[A-Za-z0-9]{64}"')
"""That of the form: another each time, always as long."""


@pytest.fixture
def entrance(db):
    for tries in (pages.CODES, pages.ASKS):
        tries.forget()
    with time_machine.travel(NOW, tick=False):
        yield Entrance()


def opened(code: str) -> Client:
    browser = Client(HTTP_ACCEPT_LANGUAGE="en")
    answer = browser.post("/family/code/", {"code": code})
    assert (answer.status_code, answer.url) == (302, "/family/mine/")
    return browser


def kept(browser: Client, kind: str, key: str) -> str:
    answer = browser.post(
        f"/family/book/{kind}/times/", {"slot": key, "request_id": str(uuid4())}
    )
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def form(page: str, **more: str) -> dict[str, str]:
    (request,) = re.findall(r'name="request_id" value="([^"]+)"', page)
    return {"request_id": request, **more}


def test_a_family_books_changes_and_cancels_without_a_script(entrance):
    access, code = entrance.family()
    browser = opened(code)
    page = browser.get("/family/book/visit/").content.decode()
    assert f"?day={DAY:%Y-%m-%d}" in page
    page = browser.get(f"/family/book/visit/times/?day={DAY:%Y-%m-%d}").content.decode()
    assert "11:30" in page
    first, second = (offer.key for offer in offers(access))
    where = kept(browser, "visit", first)
    page = browser.get(where).content.decode()
    assert "This time is kept for you until" in page
    answers = [
        browser.post(where, form(page, adults="1", children="2")) for _again in range(2)
    ]
    row = Appointment.objects.get()
    assert {a.url for a in answers} == {f"/family/{row.pk}/"}
    page = browser.get(f"/family/{row.pk}/").content.decode()
    assert row.reference in page
    moved_to = kept(browser, "visit", second) + f"?instead={row.pk}"
    page = browser.get(moved_to).content.decode()
    answer = browser.post(moved_to, form(page, adults="1", children="2"))
    new = Appointment.objects.get(status="booked")
    assert answer.url == f"/family/{new.pk}/"
    assert new.replaces_id == row.pk
    ics = browser.get(f"/family/{new.pk}/calendar.ics").content.decode()
    assert new.reference in ics
    assert browser.get(f"/family/{new.pk}/cancel/").status_code == 200
    browser.post(f"/family/{new.pk}/cancel/")
    assert Appointment.objects.get(pk=new.pk).status == "cancelled"


def test_a_list_made_on_the_way_comes_back_to_the_booking(entrance):
    shop()
    access, code = entrance.family()
    browser = opened(code)
    where = kept(browser, "parcel", offers(access, Kind.PARCEL)[0].key)
    page = browser.get(where).content.decode()
    (make,) = re.findall(r'href="(/parcels/list/[^"]+)"', page)
    page = browser.get(make).content.decode()
    (back,) = re.findall(r'name="back" value="([^"]+)"', page)
    chosen = {"n-tea": "2", "back": back}
    page = browser.get("/parcels/list/code/", chosen).content.decode()
    (use,) = re.findall(rf'href="({back}[^"]+)"', page)

    page = browser.get(use).content.decode()
    (listed,) = re.findall(r'name="list_code" value="([^"]+)"', page)
    answer = browser.post(use, form(page, list_code=listed))

    row = Appointment.objects.get()
    assert answer.url == f"/family/{row.pk}/"
    assert lists.decode(row.list_code) == [lists.Listed("tea", 2, 200)]


def test_a_list_that_cannot_be_read_is_said_and_a_large_party_too(entrance):
    access, code = entrance.family()
    browser = opened(code)
    where = kept(browser, "parcel", offers(access, Kind.PARCEL)[0].key)
    for wrong in ("PL1:0000", "tea", "PL1:PL1:"):
        page = browser.get(where).content.decode()
        answer = browser.post(where, form(page, list_code=wrong))
        assert answer.status_code == 422
        assert "This code is no list." in answer.content.decode()
    where = kept(browser, "visit", offers(access)[0].key)
    page = browser.get(where).content.decode()
    answer = browser.post(where, form(page, adults="9", children="9"))
    assert answer.status_code == 422
    assert "At most 10 people can be in one party." in answer.content.decode()
    assert not Appointment.objects.exists()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "x", "\\"])
def test_a_list_leads_back_to_pages_of_this_house_only(entrance, back):
    shop()
    chosen = {"n-tea": "2", "back": back}
    page = Client().get("/parcels/list/code/", chosen).content.decode()
    assert "Use this list" not in page
    assert 'href="https://evil' not in page
    assert 'href="//evil' not in page


def test_no_page_names_the_prisoner(entrance):
    access, code = entrance.family()
    browser = opened(code)
    row = booked(access)
    kept_at = kept(browser, "parcel", offers(access, Kind.PARCEL)[0].key)
    seen = [
        browser.get(path).content.decode()
        for path in (
            "/family/", "/family/mine/", "/family/book/visit/",
            f"/family/book/visit/times/?day={DAY:%Y-%m-%d}", kept_at,
            f"/family/{row.pk}/", f"/family/{row.pk}/cancel/",
            f"/family/{row.pk}/calendar.ics",
        )
    ]  # fmt: skip
    secret = (access.prisoner.number, access.prisoner.person.surname, "Бакыт")
    for page in seen:
        assert not [word for word in secret if word in page]


def test_every_wrong_code_gives_the_same_answer(entrance):
    _access, code = entrance.family()
    _other, over = entrance.family("2")
    family_row = family.access(over, at=NOW)
    family_row.revoked_at = NOW
    family_row.save()
    answers = set()
    for typed in ("", "0000", over, code[:-1], "\x00" * 90, "x" * 5000, "<b>"):
        pages.CODES.forget()
        answer = Client().post("/family/code/", {"code": typed})
        text = TOKEN.sub(b"", answer.content)
        answers.add((answer.status_code, text, tuple(sorted(answer.headers))))
    assert len(answers) == 1
    assert next(iter(answers))[0] == 422


def test_guessing_is_stopped_after_ten_tries(entrance):
    _access, code = entrance.family()
    for _try in range(10):
        assert Client().post("/family/code/", {"code": "1"}).status_code == 422
    assert Client().post("/family/code/", {"code": code}).status_code == 429
    with time_machine.travel(NOW + timedelta(minutes=16)):
        opened(code)


def test_a_question_is_answered_alike_whoever_it_is_about(entrance):
    access, _code = entrance.family()
    prison = str(entrance.house.institution.pk)
    known = access.prisoner.person.name
    answers = set()
    for about in (known, "Nobody Whatever", "' OR 1=1 --"):
        data = {"prison": prison, "name": "A", "phone": "0700123456", "about": about}
        answer = Client().post("/family/ask/", data)
        answers.add((answer.status_code, TOKEN.sub(b"", answer.content)))
    assert len(answers) == 1
    assert Ask.objects.count() == 3
    for _more in range(2):
        Client().post("/family/ask/", data)
    assert Client().post("/family/ask/", data).status_code == 429


def test_without_a_code_or_with_one_that_ended_every_page_asks_for_it(entrance):
    access, code = entrance.family()
    row = booked(access)
    browser = opened(code)
    paths = ("/family/mine/", "/family/book/visit/", f"/family/{row.pk}/")
    for path in paths:
        assert Client().get(path).url == "/family/code/"
    access.revoked_at = NOW
    access.save()
    for path in paths:
        assert browser.get(path).url == "/family/code/"


def test_half_an_hour_later_and_after_finish_the_code_is_asked_for_again(entrance):
    _access, code = entrance.family()
    browser = opened(code)
    with time_machine.travel(NOW + timedelta(minutes=31)):
        assert browser.get("/family/mine/").url == "/family/code/"
    browser = opened(code)
    browser.post("/family/finish/")
    assert browser.get("/family/mine/").url == "/family/code/"


def test_another_familys_appointment_does_not_exist(entrance):
    mine, other = entrance.family("1"), entrance.family("2")
    row = booked(other[0])
    browser = opened(mine[1])
    for path in (f"/family/{row.pk}/", f"/family/{row.pk}/cancel/"):
        assert browser.get(path).status_code == 404
    assert browser.post(f"/family/{row.pk}/cancel/").status_code == 404


def test_full_at_the_last_moment_and_over_are_told_with_a_way_on(entrance):
    access, code = entrance.family()
    browser, key = opened(code), offers(access)[1].key
    booked_by = [entrance.family(str(n))[0] for n in range(2, 6)]
    for one in booked_by:
        booked(one)
    answer = browser.post("/family/book/visit/times/", {"slot": key})
    assert answer.status_code == 409
    assert "This time has just been taken" in answer.content.decode()
    family.cancel(booked_by[0], family.appointments(booked_by[0], at=NOW)[0].pk, at=NOW)
    where = kept(browser, "visit", offers(access)[0].key)
    with time_machine.travel(NOW + timedelta(minutes=11)):
        answer = browser.get(where)
    assert answer.status_code == 409
    assert "ten minutes are over" in answer.content.decode()


def test_who_finds_no_time_waits_and_may_stop(entrance):
    access, code = entrance.family()
    browser = opened(code)
    answer = browser.post("/family/book/visit/wait/", {"last_day": f"{DAY:%d.%m.%Y}"})
    assert answer.url == "/family/mine/"
    row = Waiting.objects.get()
    assert "You wait for a free time" in browser.get("/family/mine/").content.decode()
    browser.post("/family/book/visit/wait/", {"stop": str(row.pk)})
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert access.pk == row.access_id


def test_pages_are_small(entrance):
    access, code = entrance.family()
    browser = opened(code)
    for path in ("/family/", "/family/mine/", "/family/book/visit/"):
        assert len(browser.get(path).content) < 15_000
    assert access.language == "ky"
