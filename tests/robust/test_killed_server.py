"""The server is killed again and again while desks register: nothing told is lost."""

import random
import threading
import time
from contextlib import closing
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from darbaza.accounts import services as accounts
from darbaza.accounts.permissions import Role
from darbaza.accounts.types import DeviceDraft
from darbaza.audit.models import Event
from darbaza.entitlements.models import Entry
from darbaza.gate.models import Pass
from darbaza.persons.models import Document
from darbaza.visits.models import Visit, Visitor
from tests.robust.served import Desk, Server
from tests.visits import builders
from tests.visits.test_registration import Scene

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DESKS, PEOPLE, KILLS = 6, 240, 3


class OpenHouse(Scene):
    """A session that is open now, with room for everybody, and a token."""

    def __init__(self) -> None:
        super().__init__()
        now = timezone.now()
        self.house.hall.seats.all().delete()
        self.session = builders.session(
            self.house, starts_at=now - timedelta(minutes=30),
            ends_at=now + timedelta(hours=3), open_places=PEOPLE,
        )  # fmt: skip
        self.quota(verified=False)
        people = [self.visitor(f"Асанов{n}") for n in range(PEOPLE)]
        Document.objects.update(expires_on=now.date() + timedelta(days=400))
        self.requests = [self._request(person) for person in people]
        draft = DeviceDraft(uuid4(), "desk", Role.GATE_OFFICER, timedelta(days=1))
        by = self.house.actor(Role.ADMINISTRATOR)
        self.token = accounts.issue_token(draft, by=by, at=now).secret

    def _request(self, person: Any) -> dict[str, Any]:
        document = str(self._document(person))
        return {
            "request_id": str(uuid4()),
            "prisoner_id": str(self.prisoner.pk),
            "session_id": str(self.session.pk),
            "parties": [{"person_id": str(person.pk), "document_id": document}],
        }


class Day:
    """Six desks that share the families, and what each was told."""

    def __init__(self, scene: OpenHouse, server: Server) -> None:
        self.scene, self.server = scene, server
        self.told: dict[str, dict[str, Any]] = {}
        self.inside: set[str] = set()
        self.over = threading.Event()
        self.wrong: list[Any] = []

    def desk(self, number: int) -> None:
        """Register a share of the families, and let every other one in."""
        with closing(Desk(self.server.port, self.scene.token)) as link:
            self._work(link, number)

    def _work(self, link: Desk, number: int) -> None:
        for request in self.scene.requests[number::DESKS]:
            done = self._until_told(link, "/gate/visits", request, 201)
            self.told[request["request_id"]] = done
            [code] = done.get("passes", {}).values() or [""]
            if code and len(self.told) % 2:
                scan = {"code": code, "scan_id": str(uuid4())}
                self._until_told(link, "/gate/in", scan, 200)
                self.inside.add(done["visit_id"])

    def _until_told(
        self, link: Desk, path: str, body: dict[str, Any], wanted: int
    ) -> dict[str, Any]:
        """Send the same again until there is an answer, as an impatient desk does."""
        while not self.over.is_set():
            status, told = link.send(path, body)
            if status == wanted:
                return told
            if status:
                self.wrong.append((status, told))
                return {}
            time.sleep(0.05)
        return {}


def _play(day: Day, chance: random.Random) -> None:
    """Let the desks work while the server is killed at moments nobody knows."""
    desks = [threading.Thread(target=day.desk, args=(n,)) for n in range(DESKS)]
    for desk in desks:
        desk.start()
    for number in range(1, KILLS + 1):
        share = (number - chance.random()) * PEOPLE / (KILLS + 1)
        while len(day.told) < share and not day.wrong:
            time.sleep(chance.random() / 50)
        day.server.kill()
        day.server.start()
    for desk in desks:
        desk.join(120)
    day.over.set()
    assert not any(desk.is_alive() for desk in desks)


@pytest.fixture
def day(transactional_db, tmp_path):
    server = Server(tmp_path)
    made = Day(OpenHouse(), server)
    connections.close_all()
    server.start()
    yield made
    made.over.set()
    server.kill()


def _is_the_same(link: Desk, request: dict[str, Any], first: dict[str, Any]) -> None:
    status, again = link.send("/gate/visits", request)
    assert (status, again["again"]) == (201, True)
    assert again["visit_id"] == first["visit_id"]
    assert again["passes"] == first["passes"]


def test_what_desks_were_told_survives_every_kill_and_happened_once(day):
    _play(day, random.Random(20261123))

    assert day.wrong == []
    assert len(day.told) == PEOPLE
    with closing(Desk(day.server.port, day.scene.token)) as link:
        for request in day.scene.requests:
            _is_the_same(link, request, day.told[request["request_id"]])
    day.server.kill()

    keys = {str(key) for key in Visit.objects.values_list("request_id", flat=True)}
    assert keys == set(day.told)
    assert Visit.objects.count() == Visitor.objects.count() == PEOPLE
    assert Pass.objects.count() == PEOPLE
    assert Entry.objects.filter(reason="use").count() == PEOPLE
    assert Event.objects.filter(type="visit.registered").count() == PEOPLE
    rows = Visitor.objects.filter(status="inside").values_list("visit_id", flat=True)
    assert {str(key) for key in rows} == day.inside
    assert Event.objects.filter(type="visit.admitted").count() == len(day.inside)
    chains = day.server.verified()
    assert chains
    assert all(chain["ok"] for chain in chains)
