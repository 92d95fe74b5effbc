"""The way through the desk: who, whom, decision, one keystroke."""

import json

import pytest
import time_machine

from darbaza.accounts.permissions import Role
from darbaza.audit.models import Event
from darbaza.gate.models import Draft, Pass
from darbaza.persons.models import Document, Person
from darbaza.visits.models import Refusal, Visit, Visitor
from tests.gate.deskwork import KNOWN, NEW, Desk, DeskScene
from tests.visits.test_registration import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(db):
    with time_machine.travel(NOW, tick=False):
        yield DeskScene()


@pytest.fixture
def desk(scene) -> Desk:
    found = Desk(scene.staff("officer", Role.GATE_OFFICER))
    assert "Scan the document" in found.open()
    return found


def test_a_scan_of_a_known_visitor_offers_her_prisoner_and_enter_registers(scene, desk):
    page = desk.do("scan", text=KNOWN).content.decode()
    assert "АСАНОВА" in page
    assert str(scene.prisoner.pk) in page

    page = desk.do("whom", prisoner=scene.prisoner.pk).content.decode()
    assert "Register and print the pass" in page
    answer = desk.do("finish", do="register", language="ky")

    visit = Visit.objects.get()
    assert (visit.status, visit.source) == ("registered", "walk_in")
    assert Pass.objects.count() == 1
    assert "darbaza:print" in json.loads(answer.headers["HX-Trigger-After-Settle"])
    assert visit.reference in answer.content.decode()
    assert desk.state == {}


def test_birth_date_sex_and_document_stand_beside_whoever_may_be_meant(scene, desk):
    papers = Document.objects.filter(person=scene.wife)
    papers.update(number="ZZ<b>99", seen_at=NOW)
    papers.create(
        institution=scene.house.institution, person=scene.prisoner.person,
        kind="passport", number="ZZ<b>77", source="typed", seen_at=NOW,
    )  # fmt: skip
    Person.objects.filter(pk=scene.prisoner.person_id).update(sex="M")

    visitors = desk.do("scan", text=KNOWN).content.decode()
    address = f"/gate/desk/options/?q={scene.prisoner.number}"
    prisoners = desk.client.get(address).content.decode()

    assert "one of these?" in visitors
    for told in ("14.03.1986", "female", "ZZ&lt;b&gt;99"):
        assert told in visitors
    assert "ZZ&lt;b&gt;77" in prisoners
    assert " male" in prisoners


def test_a_new_visitor_is_put_on_record_as_printed(desk):
    page = desk.do("scan", text=NEW).content.decode()
    person = Person.objects.get(surname_latin="TOKTOMAMATOV")
    assert (person.given_names_latin, str(person.birth_on)) == ("BEKTUR", "1979-11-02")
    assert Document.objects.get(person=person).source == "reader"
    assert "new: put on record now" in page
    desk.do("scan", text=NEW)
    assert len(desk.state["people"]) == 1
    assert Person.objects.filter(surname_latin="TOKTOMAMATOV").count() == 1


def test_a_stranger_to_the_prisoner_is_refused_with_a_paper(scene, desk):
    desk.do("scan", text=NEW)
    page = desk.do("whom", q=scene.prisoner.number).content.decode()
    assert "contact_missing" in page
    assert 'value="register"' not in page
    desk.do("finish", do="refuse", language="ru")
    refusal = Refusal.objects.get()
    assert (refusal.language, refusal.grounds[0]["code"]) == ("ru", "contact_missing")
    assert Pass.objects.count() == 0


def test_the_same_finish_twice_is_one_visit(scene, desk):
    desk.do("scan", text=KNOWN)
    desk.do("whom", prisoner=scene.prisoner.pk)
    draft = desk.draft.pk
    for _again in range(2):
        assert desk.do("finish", draft=draft, do="register").status_code == 200
    assert (Visit.objects.count(), Pass.objects.count()) == (1, 1)


def test_a_supervisor_sets_a_ground_aside_on_the_officers_screen(scene, desk):
    scene.staff("chief", Role.SHIFT_SUPERVISOR)
    desk.do("scan", text=NEW)
    desk.do("whom", prisoner=scene.prisoner.pk)
    person = desk.state["people"][0]["person"]
    given = {"ground": f"contact_missing|{person}", "reason": "seen the certificate"}
    wrong = desk.do("aside", **given, username="chief", password="nonsense")
    assert "Name or password of the colleague are wrong" in wrong.content.decode()
    assert desk.state["lifts"] == []
    page = desk.do("aside", **given, username="chief", password="correct horse battery")
    assert "Chief answers for it" in page.content.decode()
    desk.do("finish", do="register")
    visit = Visit.objects.get()
    override = visit.overrides.get()
    assert (visit.status, override.by_name) == ("registered", "Chief")
    assert Event.objects.filter(type="gate.ground_set_aside").count() == 1
    assert int(desk.client.session["_auth_user_id"].replace("-", ""), 16) == (
        desk.user.pk.int
    )


def test_a_colleague_of_another_prison_or_without_rank_cannot_answer(scene, desk):
    from_elsewhere = scene.house.__class__
    assert from_elsewhere
    scene.staff("equal", Role.GATE_OFFICER)
    desk.do("scan", text=NEW)
    desk.do("whom", prisoner=scene.prisoner.pk)
    person = desk.state["people"][0]["person"]
    page = desk.do(
        "aside", ground=f"contact_missing|{person}", reason="because I say so",
        username="equal", password="correct horse battery",
    ).content.decode()  # fmt: skip
    assert "The rank does not reach" in page
    assert desk.state["lifts"] == []


def test_a_contact_is_proposed_and_approved_by_rank(scene, desk):
    scene.staff("chief", Role.SHIFT_SUPERVISOR)
    desk.do("scan", text=NEW)
    desk.do("whom", prisoner=scene.prisoner.pk)
    person = desk.state["people"][0]["person"]
    page = desk.do("contact", person=person, kinship="sibling", proof="certificate")
    assert "awaits approval" in page.content.decode()
    page = desk.do(
        "approve", person=person, username="chief", password="correct horse battery"
    )
    assert "Register and print the pass" in page.content.decode()


def test_a_child_comes_along_and_the_lead_can_be_changed(scene, desk):
    desk.do("scan", text=KNOWN)
    desk.do("wants", part="child")
    desk.do(
        "type", surname="Асанова", given_names="Айпери", birth_on="09.08.2019",
        sex="F", language="ky", doc_kind="birth_certificate", doc_number="KR 12345",
        paper="",
    )  # fmt: skip
    assert [c["part"] for c in desk.state["people"]] == ["lead", "child"]
    desk.do("scan", text=NEW)
    assert [c["part"] for c in desk.state["people"]] == ["lead", "child", "adult"]
    third = desk.state["people"][2]["person"]
    desk.do("lead", person=third)
    assert [c["part"] for c in desk.state["people"]] == ["adult", "child", "lead"]
    desk.do("drop", person=third)
    assert [c["part"] for c in desk.state["people"]] == ["lead", "child"]
    page = desk.do("whom", prisoner=scene.prisoner.pk).content.decode()
    assert page.count('class="dk-own"') == 2


def test_drafts_are_parked_and_taken_up_again(desk):
    desk.do("scan", text=KNOWN)
    first = desk.draft.pk
    desk.do("park")
    assert desk.draft.pk != first
    assert desk.state == {}
    assert "Айгүл" in desk.open()
    desk.do("resume", parked=first)
    assert desk.draft.pk == first
    assert len(desk.state["people"]) == 1
    desk.do("park")
    assert Draft.objects.count() == 2


def test_a_booked_visit_of_today_is_offered_first_and_arrives(scene, desk):
    from tests.visits import builders  # noqa: PLC0415

    visit = builders.visit(
        scene.house, visitor=scene.wife, prisoner=scene.prisoner, session=scene.session
    )
    page = desk.do("scan", text=KNOWN).content.decode()
    assert f"Booked {visit.starts_at:%H:%M}" in page or "Booked 09:00" in page
    page = desk.do("booked", visit=visit.pk).content.decode()
    assert "They are here" in page
    desk.do("finish", do="register")
    visit.refresh_from_db()
    assert (visit.status, Visit.objects.count()) == ("registered", 1)
    assert Visitor.objects.get().status == "allowed"
    assert Pass.objects.count() == 1


def test_undo_cancels_with_a_reason(scene, desk):
    desk.do("scan", text=KNOWN)
    desk.do("whom", prisoner=scene.prisoner.pk)
    desk.do("finish", do="register")
    visit = Visit.objects.get()
    answer = desk.do("undo", visit=visit.pk, reason="wrong prisoner chosen")
    visit.refresh_from_db()
    assert (visit.status, visit.sub_status) == ("cancelled", "entered_in_error")
    assert "Cancelled" in answer.content.decode()


def test_without_scripts_the_main_path_goes_through_plain_forms(scene):
    desk = Desk(scene.staff("plain", Role.GATE_OFFICER), htmx=False)
    desk.open()
    assert desk.do("scan", text=KNOWN).status_code == 302
    assert desk.do("whom", q=scene.prisoner.number).status_code == 302
    assert "Register and print the pass" in desk.open()
    assert desk.do("finish", do="register").status_code == 302
    assert Visit.objects.get().reference in desk.open()
