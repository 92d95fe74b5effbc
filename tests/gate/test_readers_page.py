"""Readers and scales: how they are, a token for the agent, a live test kept nowhere."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from darbaza.accounts.models import DeviceToken
from darbaza.accounts.permissions import Role
from darbaza.gate import trials
from darbaza.gate.texts import readers as words
from darbaza.gate.tray import TRAYS
from darbaza.gate.trials import Arrived, judge
from darbaza.gate.views import readers
from darbaza.kernel import ids
from darbaza.pages import icons
from darbaza.persons import mrz
from darbaza.persons.mrz import types as mrz_types
from darbaza.persons.mrz.reading import Reading
from darbaza.sites.models import Post
from tests.gate.deskwork import NEW
from tests.gate.house import Gate
from tests.gate.test_readers_api import Agent, window
from tests.visits import builders

pytestmark = pytest.mark.django_db
FIRST, SECOND = NEW.rstrip("\r").split("\r")


@pytest.fixture
def gate(db, clock) -> Gate:
    clock.move_to(builders.at(10, 5))
    TRAYS.forget()
    return Gate()


@pytest.fixture
def post(gate) -> Post:
    return window(gate.house)


def codes(text: str, **more) -> set[str]:
    return {code for code, _f in judge(Arrived("serial", text=text, **more)).troubles}


def test_an_administrator_gives_the_agent_a_token_shown_once_and_takes_it(gate, post):
    browser = gate.browser(Role.ADMINISTRATOR)
    page = f"/gate/readers/?post={post.pk}"
    asked = {"request_id": str(ids.new_id()), "name": "window 2", "days": "30"}
    made = browser.post(f"/gate/readers/{post.pk}/token/", asked)
    secret = re.search(r"dbz_[\w-]+", made.content.decode())
    assert secret
    assert secret.group() not in browser.get(page).content.decode()
    token = DeviceToken.objects.get()
    assert (token.role, token.post_id) == ("agent", post.pk)
    again = browser.post(f"/gate/readers/{post.pk}/token/", asked)
    assert "dbz_" not in again.content.decode()
    browser.post(f"/gate/readers/{post.pk}/token/{token.pk}/revoke/")
    token.refresh_from_db()
    assert token.revoked_at


def test_an_officer_tries_readers_but_gives_no_token(gate, post):
    browser = gate.browser()
    page = browser.get("/gate/readers/").content.decode()
    assert "Scan now" in page
    assert "rd-tokens" not in page
    asked = {"request_id": str(ids.new_id()), "name": "mine", "days": "30"}
    assert browser.post(f"/gate/readers/{post.pk}/token/", asked).status_code == 403
    assert DeviceToken.objects.count() == 0


def test_who_has_no_readers_sees_none(gate, post):
    browser = gate.browser(Role.INSPECTOR)
    assert browser.get("/gate/readers/").status_code == 403
    assert browser.post("/gate/readers/try/", {"text": NEW}).status_code == 403
    assert browser.post(f"/gate/arrivals/?post={post.pk}").status_code == 403


def test_a_post_of_another_prison_does_not_exist(gate):
    other = window(builders.house("16"))
    browser = gate.browser(Role.ADMINISTRATOR)
    assert browser.get(f"/gate/readers/?post={other.pk}").status_code == 404
    asked = {"request_id": str(ids.new_id()), "name": "mine", "days": "30"}
    assert browser.post(f"/gate/readers/{other.pk}/token/", asked).status_code == 404
    assert DeviceToken.objects.count() == 0


def test_the_page_says_how_the_devices_of_the_agent_are(gate, post, clock):
    agent = Agent(gate, post)
    browser = gate.browser()
    assert "not running" in browser.get("/gate/readers/").content.decode()
    agent.send(
        "state",
        devices=[
            {
                "name": "<b>scale</b>",
                "driver": "serial-scale",
                "state": "waiting",
                "trouble": "not_plugged_in",
            }
        ],
    )
    page = browser.get("/gate/readers/").content.decode()
    assert "&lt;b&gt;scale&lt;/b&gt;" in page
    assert "not plugged in" in page
    clock.shift(31)
    assert "not running" in browser.get("/gate/readers/").content.decode()


def test_a_test_shows_fields_bytes_and_what_is_wrong_and_stores_nothing(gate, post):
    browser = gate.browser()
    wrong = NEW.replace("ZZ00000251", "ZZ00000254")
    page = browser.post("/gate/readers/try/", {"text": wrong, "source": "serial"})
    shown = page.content.decode()
    assert "The check digit does not fit: document number." in shown
    assert "5a 5a 30" in shown
    assert "TOKTOMAMATOV" in shown
    fragment = browser.post(
        "/gate/readers/try/", {"text": NEW}, headers={"hx-request": "true"}
    )
    assert fragment.content.decode().lstrip().startswith("<article")
    assert gate.person.documents.count() == 1


def test_a_test_reads_a_file_too(gate, post, monkeypatch):
    browser = gate.browser()
    said = {"reading": Reading(mrz.parse(NEW), b"")}
    monkeypatch.setattr(readers.pictures, "read", lambda _data: said["reading"])

    def tried() -> str:
        image = SimpleUploadedFile("a.jpg", b"picture")
        return browser.post("/gate/readers/try/", {"image": image}).content.decode()

    assert "ZZ0000025" in tried()
    said["reading"] = Reading(error="not_an_image")
    assert "no picture that can be read" in tried()


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "\x00\xff\x02", "Ж" * 90]
)
def test_hostile_bytes_are_only_shown(gate, post, text):
    page = gate.browser().post("/gate/readers/try/", {"text": text})
    assert page.status_code in {200, 422}
    assert "<script>alert" not in page.content.decode()


def test_what_is_wrong_is_named():
    assert codes("\x02" + NEW + "\x03") == set()
    assert codes(FIRST + "\r") == {"line_missing"}
    assert codes(f"{FIRST}\r{SECOND[:20]}", complete=False) == {"broke_off", "line_cut"}
    assert codes(FIRST + SECOND) == {"no_line_ends"}
    assert codes("HELLO") == {"no_document"}
    failed = {"check_digit", "composite_too"}
    assert codes(NEW.replace("ZZ00000251", "ZZ00000254")) == failed
    assert codes(NEW, caps=True, typed=NEW.lower()) == {"caps_lock"}
    assert codes(NEW, typed="ЗБЛПЯЕЩЛЕЩЬФЬФЕЩМ") == {"layout_cyrillic"}
    assert codes(NEW, typed=NEW.replace("<", ";")) == {"layout_german"}
    slow = judge(Arrived("wedge", text=NEW, ms=90 * len(NEW)))
    assert slow.troubles == (("slow", {"ms": 90}),)


@pytest.mark.parametrize(
    ("read", "verdict"),
    [
        ("ZZ00000251", "sure"),
        ("ZZ00?00251", "compare"),
        ("ZZ00000254", "failed"),
        ("ZZ*?+00251", "failed"),
    ],
)
def test_only_a_document_without_fault_has_a_tick(gate, post, read, verdict):
    wrong = NEW.replace("ZZ00000251", read)
    page = gate.browser().post("/gate/readers/try/", {"text": wrong}).content.decode()
    heading = page[page.index("rd-trial") :].split("</h3>")[0]

    assert judge(Arrived("serial", text=wrong)).verdict == verdict
    assert (icons.PATHS["tick"] in heading) == (verdict == "sure")
    assert ("not read rightly" in heading) == (verdict == "failed")


@pytest.mark.parametrize("read", ["ZZ00000254", "ZZ*?+00251"])
def test_what_is_wrong_in_the_number_fails_neither_birth_nor_expiry(read):
    trial = judge(Arrived("serial", text=NEW.replace("ZZ00000251", read)))

    failed = {name for name, _value, state in trial.fields if state == "failed"}
    assert failed == {"document_number"}
    found = [code for code, _f in trial.troubles]
    assert found[:2] == ["check_digit", "composite_too"]
    assert set(found[2:]) <= {"unusual_number"}


def test_every_trouble_and_state_has_its_words():
    text = Path(trials.__file__).read_text("utf-8")
    named = set(re.findall(r'yield "(\w+)"', text))
    remarks = re.findall(r"``(\w+)``", mrz_types.Document.__doc__.split("remarks")[1])
    assert remarks
    assert named | set(remarks) <= words.TROUBLES.keys()


def test_signs_that_cannot_be_seen_are_shown():
    assert trials.visible("\x02P<\r\x7f") == "␂P<␍␡"
