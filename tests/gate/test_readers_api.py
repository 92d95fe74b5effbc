"""A local agent delivers to the page open at its post, and may do nothing else."""

import json
from base64 import b64encode
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from darbaza.accounts import services as accounts
from darbaza.accounts.models import DeviceToken
from darbaza.accounts.permissions import Role
from darbaza.accounts.types import DeviceDraft
from darbaza.gate.services import readers
from darbaza.gate.tray import TRAYS
from darbaza.kernel.errors import Conflict
from darbaza.persons import mrz
from darbaza.persons.mrz.reading import Reading
from darbaza.sites.models import Post
from tests.gate.deskwork import NEW
from tests.gate.house import Gate
from tests.visits import builders
from tests.visits.test_registration import NOW

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/readers"
SCAN = "0197c3a0-0000-7000-8000-000000000001"


@pytest.fixture
def gate(db, clock) -> Gate:
    clock.move_to(builders.at(10, 5))
    TRAYS.forget()
    return Gate()


def window(house, name: str = "2-терезе"):
    return Post.objects.create(
        institution=house.institution, kind="window", name_ky=name, name_ru=name,
        name_en=name,
    )  # fmt: skip


class Agent:
    """The local agent of one post, as the server sees it."""

    def __init__(self, gate: Gate, post) -> None:
        draft = DeviceDraft(
            uuid4(), f"a{uuid4().hex[:6]}", Role.AGENT, timedelta(days=1), post.pk
        )
        self.by = gate.house.actor(Role.ADMINISTRATOR)
        made = accounts.issue_token(draft, by=self.by, at=NOW)
        self.token_id = made.id
        self.client = Client(headers={"authorization": f"Bearer {made.secret}"})

    def send(self, path: str, **body):
        body = {"id": str(uuid4()), "device": "reader", **body}
        return self.client.post(
            f"{ROOT}/{path}", json.dumps(body), content_type="application/json"
        )

    def scan(self, text: str = NEW, **more):
        return self.send("scans", **{"source": "serial", "text": text, **more})


class Page:
    """The page that somebody has open at a post."""

    def __init__(self, gate: Gate, post) -> None:
        self.client = gate.browser()
        session = self.client.session
        session["post_id"] = str(post.pk)
        session.save()

    def looks(self, **query):
        return self.client.post("/gate/arrivals/", query_params=query).json()


@pytest.fixture
def post(gate):
    return window(gate.house)


@pytest.fixture
def agent(gate, post):
    return Agent(gate, post)


@pytest.fixture
def page(gate, post):
    opened = Page(gate, post)
    opened.looks()
    return opened


def test_what_the_reader_read_comes_to_the_open_page_once(agent, page):
    assert agent.scan().json() == {"new": True}
    [scan] = page.looks()["scans"]
    assert (scan["text"], scan["source"], scan["device"]) == (NEW, "serial", "reader")
    assert page.looks()["scans"] == []


def test_the_same_id_again_is_the_same_scan(agent, page):
    key = str(uuid4())
    assert agent.scan(id=key).json() == {"new": True}
    assert agent.scan(id=key).json() == {"new": False}
    assert len(page.looks()["scans"]) == 1
    assert agent.scan(id=key).json() == {"new": False}, "replayed after it was taken"
    assert page.looks()["scans"] == []


def test_without_an_open_page_nothing_waits_for_the_next_visitor(
    agent, gate, post, clock
):
    refused = agent.scan()
    assert (refused.status_code, refused.json()["code"]) == (409, "desk_not_open")
    page = Page(gate, post)
    page.looks()
    agent.scan()
    clock.shift(9)
    assert page.looks()["scans"] == [], "too old for whoever stands there now"


def test_what_was_read_long_ago_is_refused_whatever_clock_the_agent_has(agent, page):
    late = agent.scan(age_ms=9_000)
    assert (late.status_code, late.json()["code"]) == (409, "scan_too_old")
    assert agent.scan(age_ms=3_000).status_code == 200


def test_a_weight_is_the_newest_one_and_no_repeat(agent, page):
    key = str(uuid4())
    agent.send("weights", grams=1_000, stable=False)
    agent.send("weights", grams=1_250, stable=True, id=key)
    assert page.looks()["weight"] == {"grams": 1250, "stable": True, "over": False}
    assert agent.send("weights", grams=1_250, stable=True, id=key).json() == {
        "new": False
    }
    assert page.looks()["weight"] is None
    assert agent.send("weights", over=True, age_ms=60_000).status_code == 409


def test_the_agent_hears_whether_a_page_is_open_and_the_page_that_it_runs(
    agent, gate, post
):
    devices = [{"name": "scale", "driver": "serial-scale", "state": "waiting"}]
    assert agent.send("state", devices=devices).json()["open"] is False
    page = Page(gate, post)
    assert page.looks()["running"] is True
    assert agent.send("state", devices=devices).json()["open"] is True


def test_another_post_and_another_prison_get_nothing(agent, page, gate):
    other = Page(gate, window(gate.house, "3-терезе"))
    elsewhere = Gate.__new__(Gate)  # only its house is needed
    elsewhere.house = builders.house("16")
    stranger = Agent(elsewhere, window(elsewhere.house))
    assert stranger.scan().status_code == 409
    assert other.looks()["scans"] == []
    agent.scan()
    assert other.looks()["scans"] == []
    assert len(page.looks()["scans"]) == 1


def test_the_token_opens_nothing_else(agent, gate):
    for path in ("/api/v1/gate/inside", "/api/v1/persons?q=a", "/api/v1/visits"):
        assert agent.client.get(path).status_code in {403, 422}
    answer = agent.client.post(
        "/api/v1/gate/look", {"code": "x", "scan_id": str(uuid4())},
        content_type="application/json",
    )  # fmt: skip
    assert answer.status_code in {403, 409}
    assert "name" not in answer.json()


def test_a_revoked_or_forged_token_and_another_device_deliver_nothing(agent, gate):
    accounts.revoke_token(agent.token_id, by=agent.by, at=NOW)
    assert agent.scan().status_code == 401
    agent.client.defaults["HTTP_AUTHORIZATION"] = "Bearer dbz_forged"
    assert agent.scan().status_code == 401
    desk = accounts.issue_token(
        DeviceDraft(uuid4(), "kiosk", Role.GATE_OFFICER, timedelta(days=1)),
        by=agent.by, at=NOW,
    )  # fmt: skip
    agent.client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {desk.secret}"
    assert agent.scan().status_code == 403


def test_the_role_is_for_a_device_at_a_post_and_for_nobody_else(gate, post):
    by = gate.house.actor(Role.ADMINISTRATOR)
    for role, at_post in ((Role.AGENT, None), (Role.GATE_OFFICER, post.pk)):
        draft = DeviceDraft(uuid4(), "x", role, timedelta(days=1), at_post)
        with pytest.raises(Conflict, match="agent_and_post"):
            accounts.issue_token(draft, by=by, at=NOW)
    user = gate.staff("somebody", Role.REGISTRAR)
    with pytest.raises(Conflict, match="role_for_devices_only"):
        accounts.assign(user.pk, Role.AGENT, by=by, at=NOW)
    assert DeviceToken.objects.count() == 0


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{",
        '{"id": 1}',
        json.dumps({"id": SCAN, "device": "r", "source": "telepathy"}),
        json.dumps({"id": SCAN, "device": "r", "source": "serial"}),
        json.dumps({"id": SCAN, "device": "r", "source": "vendor", "image": "%%%"}),
        json.dumps({"id": SCAN, "device": "r", "source": "serial", "text": "<" * 4097}),
        json.dumps({"version": 2, "id": SCAN, "device": "r", "source": "serial"}),
    ],
)
def test_what_is_no_delivery_is_refused_in_words(agent, page, body):
    answer = agent.client.post(
        f"{ROOT}/scans", body.encode(), content_type="application/json"
    )
    assert answer.status_code in {400, 422}
    assert answer.json()["detail"]
    assert page.looks()["scans"] == []


@pytest.mark.parametrize(("size", "status"), [(10_000_000, 422), (13_000_000, 413)])
def test_a_huge_body_is_refused(agent, page, size, status):
    answer = agent.scan(text="", image="A" * size)
    assert answer.status_code == status
    assert page.looks()["pictures"] == 0


def test_a_picture_is_read_and_waits_for_the_desk(agent, page, gate, monkeypatch):
    said = Reading(mrz.parse(NEW), b"\x89PNG crop")
    monkeypatch.setattr(readers.pictures, "read", lambda _data: said)
    picture = b64encode(b"picture").decode()
    assert agent.scan(text="", image=picture, source="folder").status_code == 200
    assert page.looks()["pictures"] == 1
    desk = page.client.get("/gate/desk/")
    draft = desk.context["draft"].pk
    assert page.client.get(f"/gate/desk/{draft}/inbox/").status_code == 200
    page.client.post(
        "/gate/desk/do/inbox/", {"draft": draft}, headers={"hx-request": "true"}
    )
    shown = page.client.get("/gate/desk/").content.decode()
    assert "ZZ0000025" in shown
    assert page.looks()["pictures"] == 0


def test_text_that_is_a_document_goes_before_the_picture_beside_it(
    agent, page, monkeypatch
):
    monkeypatch.setattr(readers.pictures, "read", lambda _data: pytest.fail("read"))
    agent.scan(image=b64encode(b"picture").decode(), source="vendor")
    [scan] = page.looks()["scans"]
    assert scan["text"] == NEW


def test_nothing_of_it_is_stored(agent, page, django_assert_num_queries):
    agent.scan()  # the use of the token is noted once
    with django_assert_num_queries(1):  # the token
        agent.scan()
