"""A shared computer locks by itself; its session is refused until the password."""

from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from darbaza.accounts.permissions import Role
from darbaza.audit.models import Event
from tests.accounts import cast

pytestmark = pytest.mark.django_db
LOCK = "/accounts/lock/"


@pytest.fixture
def clock():
    with time_machine.travel(cast.NINE, tick=False) as traveller:
        yield traveller


@pytest.fixture
def place():
    return cast.institution("27", minutes=10)


@pytest.fixture
def officer(clock, place):
    client = Client()
    cast.user(place, Role.GATE_OFFICER)
    client.post(
        reverse("account_login"), {"login": "officer", "password": cast.PASSWORD}
    )
    return client


def last_event() -> str:
    return Event.objects.order_by("-seq").values_list("type", flat=True)[0]


def test_the_last_second_before_is_open_and_the_next_is_locked(officer, clock):
    clock.shift(timedelta(minutes=10, seconds=-1))
    assert officer.get("/").status_code == HTTPStatus.OK
    clock.shift(timedelta(minutes=10))
    answer = officer.get("/about/?a=1")

    assert answer.url == f"{LOCK}?next=%2Fabout%2F%3Fa%3D1"
    assert last_event() == "account.screen_locked"


def test_each_institution_has_its_own_time(officer, clock, place):
    type(place).objects.update(shared_minutes=2)
    clock.shift(timedelta(minutes=2))

    assert officer.get("/").url.startswith(LOCK)


def test_a_locked_session_is_refused_every_step(officer, clock):
    clock.shift(timedelta(minutes=11))
    officer.get("/")

    assert officer.post(reverse("accounts:institution"), {}).url == LOCK
    assert officer.get(reverse("accounts:me")).url.startswith(LOCK)
    htmx = officer.get("/", headers={"HX-Request": "true"})
    assert htmx.status_code == HTTPStatus.UNAUTHORIZED
    assert htmx.headers["HX-Redirect"].startswith(LOCK)
    script = officer.get("/", headers={"Sec-Fetch-Mode": "cors"})
    assert script.status_code == HTTPStatus.UNAUTHORIZED


def test_the_lock_page_shows_who_left_and_nothing_of_the_house(officer, clock):
    clock.shift(timedelta(minutes=11))
    officer.get("/")

    page = officer.get(LOCK).content.decode()

    assert "Test officer" in page
    assert "site-nav" not in page


def test_the_password_opens_it_again_where_the_work_was(officer, clock):
    clock.shift(timedelta(minutes=11))
    officer.get("/about/")
    data = {"password": cast.PASSWORD, "next": "/about/"}

    answer = officer.post(LOCK, data)

    assert answer.url == "/about/"
    assert officer.get("/about/").status_code == HTTPStatus.OK
    assert last_event() == "account.screen_opened"


def test_a_wrong_password_keeps_it_locked_and_is_on_record(officer, clock):
    clock.shift(timedelta(minutes=11))
    officer.get("/")

    answer = officer.post(LOCK, {"password": "wrong"})

    assert answer.status_code == HTTPStatus.OK
    assert "id_password" in answer.content.decode()
    assert officer.get("/").url.startswith(LOCK)
    assert last_event() == "account.wrong_password"


def test_guessing_at_the_lock_page_is_locked_out(officer, clock, settings):
    settings.AXES_ENABLED = True
    clock.shift(timedelta(minutes=11))
    officer.get("/")
    for _ in range(5):
        answer = officer.post(LOCK, {"password": "wrong"})

    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    right = officer.post(LOCK, {"password": cast.PASSWORD})
    assert right.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert officer.get("/").url.startswith(LOCK)


def test_an_address_of_another_house_is_no_way_back(officer, clock):
    clock.shift(timedelta(minutes=11))
    officer.get("/")
    data = {"password": cast.PASSWORD, "next": "https://evil.example/"}

    assert officer.post(LOCK, data).url == reverse("web:home")


def test_another_officer_may_sign_in_instead(officer, clock, place):
    cast.user(place, Role.GATE_OFFICER, name="second")
    clock.shift(timedelta(minutes=11))
    officer.get("/")

    officer.post(reverse("account_logout"))
    officer.post(
        reverse("account_login"), {"login": "second", "password": cast.PASSWORD}
    )

    assert "Test second" in officer.get("/").content.decode()


def test_locking_by_hand_works_at_once(officer):
    officer.post(LOCK)

    assert officer.get("/").url.startswith(LOCK)
    assert last_event() == "account.screen_locked"


def test_a_page_that_polls_by_itself_keeps_nobody_signed_in(officer, clock):
    for _ in range(11):
        clock.shift(timedelta(minutes=1))
        answer = officer.get("/about/", headers={"X-Background": "1"})

    assert answer.url.startswith(LOCK)


def test_somebody_who_types_stays(officer, clock):
    for _ in range(11):
        clock.shift(timedelta(minutes=1))
        answer = officer.post(reverse("accounts:here"))

    assert answer.status_code == HTTPStatus.NO_CONTENT


def test_presence_is_written_at_most_every_twenty_seconds(officer, clock):
    clock.shift(timedelta(seconds=30))
    officer.get("/about/")
    before = officer.session["seen"]
    clock.shift(timedelta(seconds=19))
    officer.get("/about/")

    assert officer.session["seen"] == before
