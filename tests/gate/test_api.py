"""The API: tokens, roles, institutions; the same day as at the desk; plain problems."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from darbaza.accounts import services as accounts
from darbaza.accounts.permissions import Role
from darbaza.accounts.types import DeviceDraft
from darbaza.visits.models import Visit, Visitor
from tests.gate.house import Gate
from tests.visits import builders
from tests.visits.test_registration import NOW

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"


@pytest.fixture
def gate(db, clock) -> Gate:
    clock.move_to(builders.at(10, 5))
    return Gate()


class Device:
    """One device with a token, speaking JSON."""

    def __init__(self, token: str) -> None:
        self.client = Client(headers={"authorization": f"Bearer {token}"})

    def get(self, path: str, **query):
        return self.client.get(ROOT + path, query)

    def send(self, path: str, body=None, method: str = "post"):
        call = getattr(self.client, method)
        return call(ROOT + path, body or {}, content_type="application/json")


def device(house, role: Role = Role.GATE_OFFICER) -> Device:
    draft = DeviceDraft(uuid4(), f"d{uuid4().hex[:6]}", role, timedelta(days=1))
    by = house.actor(Role.ADMINISTRATOR)
    return Device(accounts.issue_token(draft, by=by, at=NOW).secret)


def party(gate: Gate, **changes):
    document = gate._document(gate.person)
    body = {
        "request_id": str(uuid4()),
        "prisoner_id": str(gate.prisoner.pk),
        "session_id": str(gate.session.pk),
        "parties": [{"person_id": str(gate.person.pk), "document_id": str(document)}],
    }
    return body | changes


def test_a_day_over_the_api_from_search_to_way_out(gate):
    desk = device(gate.house)
    [held] = desk.get("/prisoners", q=gate.prisoner.number).json()
    assert held["prisoner_id"] == str(gate.prisoner.pk)
    [slot] = desk.get("/sessions", on="2026-11-23").json()
    assert slot["session_id"] == str(gate.session.pk)
    body = party(gate)
    assert desk.send("/visits/decide", body).json()["takes_place"] is True

    first, again = desk.send("/gate/visits", body), desk.send("/gate/visits", body)

    assert (first.status_code, again.status_code) == (201, 201)
    done = first.json()
    assert again.json()["passes"] == done["passes"]
    assert Visit.objects.count() == 1
    [code] = done["passes"].values()
    scan = {"code": code, "scan_id": str(uuid4())}
    assert desk.send("/gate/in", scan).json()["done"] is True
    assert desk.send("/gate/in", scan).status_code == 200  # the same scan again
    assert desk.get("/gate/inside").json()["inside"] == 1
    assert desk.send("/gate/look", scan).json()["name"] == gate.person.name
    assert (
        desk.send(f"/visits/{done['visit_id']}/brought").json()["status"] == "brought"
    )
    assert desk.get(f"/visits/{done['visit_id']}").json()["status"] == "inside"
    pdf = desk.get(f"/visits/{done['visit_id']}/passes.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert desk.send("/gate/out", scan | {"scan_id": str(uuid4())}).json()["done"]
    assert Visitor.objects.get().status == "left"


def test_a_refusal_is_409_with_every_ground_in_words(gate):
    gate.restriction(person=gate.person)
    answer = device(gate.house).send("/gate/visits", party(gate))
    assert answer.status_code == 409
    told = answer.json()
    [grounds] = [v["grounds"] for v in told["verdict"]["visitors"].values()]
    banned = next(g for g in grounds if g["code"] == "banned_everywhere")
    assert banned["effect"] == "block"
    assert banned["text"]
    assert told["refusal_number"]
    desk = device(gate.house)
    found = desk.get(f"/refusals/number/{told['refusal_number']}").json()
    assert found["number"] == told["refusal_number"]
    paper = desk.get(f"/refusals/{found['id']}/paper.pdf", language="ru")
    assert paper.content.startswith(b"%PDF")


def test_changes_go_with_their_reason(gate):
    desk = device(gate.house)
    visit = desk.send("/gate/visits", party(gate)).json()["visit_id"]
    assert desk.send(f"/visits/{visit}/note", {"text": "n"}, "put").status_code == 200
    bare = desk.send(f"/visits/{visit}/cancel", {"cause": "by_family"})
    assert bare.status_code == 422
    assert "body.reason" in bare.json()["fields"]
    why = {"cause": "by_family", "reason": "they went home"}
    assert desk.send(f"/visits/{visit}/cancel", why).json()["status"] == "cancelled"
    late = desk.send(f"/visits/{visit}/call")
    assert (late.status_code, late.json()["code"]) == (409, "visit_not_open")


def test_a_person_is_registered_once_and_found(gate):
    desk = device(gate.house)
    body = {
        "request_id": str(uuid4()),
        "person": {"surname": "Токтоматов", "given_names": "Бектур", "sex": "M"},
        "document": {"kind": "passport", "number": "ZZ0000025", "issuer": "KGZ"},
    }
    ids = {desk.send("/persons", body).json()["id"] for _n in range(2)}
    assert len(ids) == 1
    found = desk.get("/persons/by-document", number="ZZ0000025").json()
    assert isinstance(found, list), found
    [hit] = found
    assert hit["person_id"] in ids
    assert "same_document" in hit["reasons"]
    contact = {"person_id": hit["person_id"], "kinship": "sibling"}
    proposed = desk.send(f"/prisoners/{gate.prisoner.pk}/contacts", contact)
    assert proposed.json()["status"] == "pending"


def test_a_zone_is_read_and_nothing_stored(gate):
    zone = (
        "P<KGZASANOVA<<AIGUL<MARATOVNA<<<<<<<<<<<<<<<\r"
        "ZZ00000170KGZ8603142F31052051140319860045196\r"
    )
    read = device(gate.house).send("/mrz", {"text": zone}).json()
    assert (read["document_number"], read["birth_on"]) == ("ZZ0000017", "1986-03-14")
    assert device(gate.house).send("/mrz", {"text": "?"}).json()["trust"] == "none"


@pytest.mark.parametrize("token", ["", "dbz_wrong", "Ю"])
def test_without_a_valid_token_nothing_opens(gate, token):
    headers = {"authorization": f"Bearer {token}".encode().decode("latin-1")}
    answer = Client(headers=headers).get(f"{ROOT}/gate/inside")
    assert answer.status_code == 401
    assert set(answer.json()) == {"code", "detail", "number", "fields"}


def test_a_signed_in_browser_is_no_device(gate):
    assert gate.browser().get(f"{ROOT}/gate/inside").status_code == 401


def test_a_role_without_the_right_is_told_so(gate):
    registrar = device(gate.house, Role.REGISTRAR)
    answer = registrar.send("/gate/visits", party(gate))
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert Visit.objects.count() == 0


def test_another_prisons_rows_do_not_exist(gate):
    visit = device(gate.house).send("/gate/visits", party(gate)).json()["visit_id"]
    stranger = device(builders.house("16"))
    for path in (f"/visits/{visit}", f"/visits/{visit}/passes.pdf"):
        assert stranger.get(path).status_code == 404
    for path in ("call", "brought"):
        assert stranger.send(f"/visits/{visit}/{path}").status_code == 404
    assert stranger.send("/gate/visits", party(gate)).status_code == 404
    assert stranger.get("/visits", on="2026-11-23").json()["total"] == 0


def test_a_day_comes_in_pages(gate):
    for _n in range(3):
        builders.visit(gate.house, session=gate.session, seat=None)
    desk = device(gate.house)
    one = desk.get("/visits", on="2026-11-23", page=2, size=2).json()
    assert (one["total"], one["page"], len(one["visits"])) == (3, 2, 1)


def test_the_document_of_the_api_is_open_and_loads_nothing(gate):
    answer = Client().get(f"{ROOT}/openapi.json")
    assert answer.status_code == 200
    assert "/api/v1/gate/visits" in answer.json()["paths"]
    assert Client().get(f"{ROOT}/docs").status_code == 404
