"""What the desk does not let happen: strangers, wrong rights, hostile input."""

from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.test.utils import CaptureQueriesContext

from darbaza.accounts.permissions import Role
from darbaza.gate.models import Draft
from darbaza.persons.models import Person
from darbaza.visits.models import Visit
from tests.gate.deskwork import BACKEND, KNOWN, NEW, PASSWORD, Desk, DeskScene
from tests.visits import builders
from tests.visits.test_registration import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(db):
    with time_machine.travel(NOW, tick=False):
        yield DeskScene()


@pytest.fixture
def desk(scene) -> Desk:
    found = Desk(scene.staff("officer", Role.GATE_OFFICER))
    found.open()
    return found


def ready(desk, scene) -> None:
    desk.do("scan", text=KNOWN)
    desk.do("whom", prisoner=scene.prisoner.pk)


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.INSPECTOR, Role.ADMINISTRATOR])
def test_a_role_without_the_right_sees_no_desk_and_does_no_step(scene, role):
    Desk(scene.staff("officer", Role.GATE_OFFICER)).open()
    user = scene.staff("other", role)
    client = Client()
    client.force_login(user, backend=BACKEND)
    draft = Draft.objects.get()
    assert client.get("/gate/desk/").status_code in {302, 403}
    for path in (
        "options/?q=x",
        "beside/",
        f"{draft.pk}/inbox/",
        f"{draft.pk}/crop.png",
    ):
        assert client.get(f"/gate/desk/{path}").status_code in {302, 403, 404}
    answer = client.post("/gate/desk/do/scan/", {"draft": draft.pk, "text": KNOWN})
    assert answer.status_code in {302, 403}
    draft.refresh_from_db()
    assert draft.state == {}


def test_what_was_typed_and_could_not_be_read_stays_in_the_box(scene, desk):
    answer = desk.do("scan", text="P<KGZASANOVA<AIGUL & ")
    assert answer.status_code == 422
    assert ">P&lt;KGZASANOVA&lt;AIGUL &amp; </textarea>" in answer.content.decode()


def test_nobody_reaches_into_the_draft_of_a_colleague(scene, desk):
    ready(desk, scene)
    theirs = desk.draft
    other = Desk(scene.staff("second", Role.GATE_OFFICER))
    other.open()
    for name in ("clear", "park", "finish", "forget"):
        assert other.do(name, draft=theirs.pk, do="register").status_code == 404
    theirs.refresh_from_db()
    assert len(theirs.state["people"]) == 1
    assert Visit.objects.count() == 0


def test_a_prisoner_of_another_prison_does_not_exist(scene, desk):
    elsewhere = builders.house("16")
    stranger = builders.prisoner(elsewhere, "16-0001")
    desk.do("scan", text=KNOWN)
    assert desk.do("whom", prisoner=stranger.pk).status_code == 404
    assert (
        "16-0001"
        not in desk.client.get("/gate/desk/options/?q=16-0001").content.decode()
    )
    assert desk.state["prisoner"] == ""


def test_a_form_without_its_token_changes_nothing(scene):
    desk = Desk(scene.staff("officer", Role.GATE_OFFICER), enforce_csrf_checks=True)
    desk.open()
    assert desk.do("scan", text=NEW).status_code == 403
    assert desk.state == {}


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "{{ 7*7 }}{% now %}",
        "O'Neill\"); --",
        "Асан\u202eов\u200b",
        "\ud83d\ude00" * 0 + "Ө" * 120,
    ],
)
def test_hostile_names_are_only_names(desk, name):
    page = desk.do(
        "type", surname=name, given_names="x", sex="X", language="ky",
        doc_kind="other", doc_number="",
    ).content.decode()  # fmt: skip
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert len(desk.state["people"]) == 1
    assert Person.objects.filter(given_names="x").count() == 1


@pytest.mark.parametrize(
    "text", ["", "hello", "P<KGZ", "<" * 88, "A" * 10_000_000, "\x00\x02\x03" * 50]
)
def test_a_scan_that_is_no_document_says_so_and_keeps_everything(scene, desk, text):
    ready(desk, scene)
    before = desk.state
    answer = desk.do("scan", text=text)
    assert answer.status_code == 422
    assert "Nothing was lost" in answer.content.decode()
    assert desk.state == before


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"%PDF-1.4 nothing", b"\x00" * 5000])
def test_a_picture_that_is_none_says_so_and_keeps_everything(scene, desk, data):
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    ready(desk, scene)
    before = desk.state
    answer = desk.do("picture", image=SimpleUploadedFile("x.jpg", data))
    assert answer.status_code == 422
    assert desk.state == before


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("whom", {"prisoner": "nonsense"}),
        ("choose", {"person": str(uuid4())}),
        ("drop", {"person": str(uuid4())}),
        ("booked", {"visit": str(uuid4())}),
        ("details", {"kind": "party"}),
        ("details", {"slot": "x/y"}),
        ("details", {"slot": str(uuid4())}),
        ("details", {"seat": "nonsense"}),
        ("wants", {"part": "boss"}),
        ("paper", {"person": str(uuid4()), "paper": "bribe"}),
        ("contact", {"person": str(uuid4()), "kinship": "owner"}),
        ("aside", {"ground": "session_full|", "reason": "a long reason"}),
        ("aside", {"reason": "a long reason"}),
        ("resume", {"parked": str(uuid4())}),
        ("nonsense", {}),
    ],
)
def test_what_cannot_be_is_refused_without_an_error_of_ours(scene, desk, name, data):
    ready(desk, scene)
    before = desk.state
    assert desk.do(name, **data).status_code in {404, 409, 422}
    assert desk.state == before


def test_an_officer_cannot_set_aside_beyond_their_rank(scene, desk):
    desk.do("scan", text=NEW)
    desk.do("whom", prisoner=scene.prisoner.pk)
    person = desk.state["people"][0]["person"]
    answer = desk.do(
        "aside", ground=f"contact_missing|{person}", reason="because I know them"
    )
    assert "The rank does not reach" in answer.content.decode()
    assert desk.state["lifts"] == []


def test_a_supervisor_who_lost_the_role_answers_for_nothing_any_more(scene, desk):
    chief = scene.staff("chief", Role.SHIFT_SUPERVISOR)
    desk.do("scan", text=NEW)
    desk.do("whom", prisoner=scene.prisoner.pk)
    person = desk.state["people"][0]["person"]
    desk.do(
        "aside", ground=f"contact_missing|{person}", reason="seen the certificate",
        username="chief", password="correct horse battery",
    )  # fmt: skip
    chief.is_active = False
    chief.save()
    page = desk.open()
    assert "This colleague has no role at this institution" in page
    assert 'value="register"' not in page
    assert desk.do("finish", do="register").status_code in {403, 422}
    assert Visit.objects.count() == 0


def test_nothing_is_refused_without_a_ground(scene, desk):
    ready(desk, scene)
    answer = desk.do("finish", do="refuse", language="ky")
    assert "cannot be refused" in answer.content.decode()
    assert Visit.objects.count() == 0


def test_a_decision_that_changed_in_between_is_shown_and_not_carried_out(scene, desk):
    ready(desk, scene)
    scene.restriction(person=scene.wife)
    answer = desk.do("finish", do="register")
    assert "The decision has changed" in answer.content.decode()
    assert Visit.objects.count() == 0


def test_a_step_costs_few_queries_however_large_the_party(scene, desk):
    from django.db import connection  # noqa: PLC0415

    ready(desk, scene)
    with CaptureQueriesContext(
        connection,
    ) as alone:
        desk.do("wants", part="adult")
    for number in range(4):
        desk.do(
            "type", surname=f"Ким{'абвг'[number]}", given_names="Юрий", sex="M",
            language="ru", doc_kind="id_card", doc_number=f"QQ{number}000001",
            birth_on=f"0{number + 1}.02.1970",
        )  # fmt: skip
    assert len(desk.state["people"]) == 5
    with CaptureQueriesContext(connection) as together:
        desk.do("wants", part="adult")
    assert len(together) <= len(alone) + 3
    assert len(alone) < 60


def test_guessing_a_colleagues_password_locks_their_name(scene, desk, settings):
    settings.AXES_ENABLED = True
    scene.staff("chief", Role.SHIFT_SUPERVISOR)
    desk.do("scan", text=NEW)
    desk.do("whom", prisoner=scene.prisoner.pk)
    person = desk.state["people"][0]["person"]
    given = {"ground": f"contact_missing|{person}", "reason": "seen the certificate"}
    pages = [
        desk.do("aside", **given, username="chief", password=f"guess {n}")
        for n in range(settings.AXES_FAILURE_LIMIT + 1)
    ]
    assert "Too many wrong passwords" in pages[-1].content.decode()
    right = desk.do("aside", **given, username="chief", password=PASSWORD)
    assert "Too many wrong passwords" in right.content.decode()
    assert right.status_code == 422
    assert desk.state["lifts"] == []
