"""The pages of visits: they open, they change, they refuse strangers."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from darbaza.accounts.types import Actor
from darbaza.audit.models import Event
from darbaza.persons import names
from darbaza.sites.models import Block, Institution
from darbaza.visits.models import Call, Closure, Refusal, Session, Template, Visit
from tests import cast
from tests.visits import builders
from tests.visits.builders import MONDAY, House, at

SignIn = Callable[[Actor], Client]


@pytest.fixture(autouse=True)
def _nine_o_clock(clock: object) -> None:
    """Everything here happens on the Monday of the builders, at nine."""


@pytest.fixture
def home(colony: Institution) -> House:
    hall = builders.room(colony, seats=2)
    return House(colony, Block.objects.create(institution=colony, code="1"), hall)


@pytest.fixture
def supervisor(home: House, sign_in: SignIn) -> Client:
    return sign_in(cast.SHIFT_SUPERVISOR)


PAGES = [
    ("visits:day", [MONDAY]),
    ("visits:calls", [MONDAY]),
    ("visits:paper_book", [MONDAY]),
    ("visits:calendar", [2026, 11]),
    ("visits:timetable", []),
    ("visits:template_new", []),
    ("visits:closures", []),
    ("visits:session_new", []),
    ("visits:review", []),
    ("visits:refusals", []),
    ("visits:complaints", []),
    ("visits:overrides", []),
    ("visits:book_whom", []),
    ("visits:enter_whom", []),
]


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@pytest.mark.parametrize(("name", "args"), PAGES)
def test_a_page_opens_with_rows_in_every_language(
    supervisor: Client, home: House, name: str, args: list[object], language: str
) -> None:
    builders.template(home)
    builders.visit(home, status="inside")
    supervisor.cookies["django_language"] = language
    answer = supervisor.get(reverse(name, args=args))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert f'lang="{language}"' in text
    assert "Block Node" not in text


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_a_stranger_is_led_to_the_door(
    client: Client, colony: Institution, name: str, args: list[object]
) -> None:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_nothing_of_another_institution_is_to_be_found(
    home: House, other_colony: Institution, sign_in: SignIn
) -> None:
    visit = builders.visit(home)
    outsider = sign_in(cast.OUTSIDER)
    addresses = [
        reverse("visits:visit", args=[visit.pk]),
        reverse("visits:change", args=[visit.pk, "cancel"]),
        reverse("visits:session", args=[visit.session_id]),
        reverse("visits:refusal", args=[uuid4()]),
        reverse("visits:book", args=[visit.prisoner_id]),
        reverse("visits:enter", args=[visit.prisoner_id]),
        reverse("visits:template", args=[builders.template(home).pk]),
    ]
    assert [outsider.get(a).status_code for a in addresses] == [404] * len(addresses)
    page = outsider.get(reverse("visits:day", args=[MONDAY])).content.decode()
    assert visit.reference not in page


def booked_name(visit: Visit) -> str:
    """Return the visitor's given name in Latin letters."""
    return names.latin(visit.visitors.get().person.given_names)


def test_the_day_list_is_narrowed_and_searched(supervisor: Client, home: House) -> None:
    booked = builders.visit(home, visitor=builders.person(home, "Бекова"))
    ended = builders.visit(home, status="ended", kind="lawyer")

    def shown(**params: str) -> set[str]:
        page = supervisor.get(reverse("visits:day", args=[MONDAY]), params)
        text = page.content.decode()
        return {v.reference for v in (booked, ended) if v.reference in text}

    both = {booked.reference, ended.reference}
    assert shown() == both
    assert shown(status="booked") == {booked.reference}
    assert shown(kind="lawyer") == {ended.reference}
    assert shown(q="беков") == {booked.reference}
    assert shown(q=f"REKOVA {booked_name(booked)}") == {booked.reference}
    assert shown(q=ended.prisoner.number) == {ended.reference}
    assert shown(q=ended.reference.lower()) == {ended.reference}
    assert shown(session=str(ended.session_id)) == {ended.reference}
    assert shown(status="nonsense", sort="nonsense", page="99") == both


def test_an_export_equals_the_list_and_is_on_record(
    supervisor: Client, home: House
) -> None:
    visits = [builders.visit(home, note="=1+1") for _ in range(3)]
    address = reverse("visits:export", args=[MONDAY])
    sheet = supervisor.get(address, {"format": "xlsx"})
    rows = list(load_workbook(BytesIO(sheet.getvalue())).active.values)
    assert {row[0] for row in rows[1:]} == {v.reference for v in visits}
    text = supervisor.get(address, {"format": "csv"}).getvalue().decode("utf-8-sig")
    lines = text.strip().splitlines()
    assert len(lines) == 4
    assert all("'=1+1" in line for line in lines[1:])
    assert Event.objects.filter(type="visit.list_exported").count() == 2
    assert supervisor.get(address, {"format": "exe"}).status_code == 422


def test_a_gate_officer_may_not_export(home: House, sign_in: SignIn) -> None:
    officer = sign_in(cast.GATE_OFFICER)
    answer = officer.get(reverse("visits:export", args=[MONDAY]))
    assert answer.status_code == 403


def test_a_visit_shows_everything_about_it(supervisor: Client, home: House) -> None:
    visit = builders.visit(home, note="коляска")
    row = visit.visitors.get()
    row.grounds = [
        {"code": "document_expired", "effect": "warn", "rule": "visits.document",
         "verified": False, "figures": {"until": "2026-11-01"}, "lift": ""}
    ]  # fmt: skip
    row.save()
    supervisor.cookies["django_language"] = "en"
    page = supervisor.get(reverse("visits:visit", args=[visit.pk])).content.decode()
    for part in ("коляска", "01.11.2026", visit.reference, "visits.document"):
        assert part in page


CHANGES = [
    ("cancel", {"cause": "by_family", "reason": "Попросили родные"}, "cancelled"),
    ("note", {"text": "переводчик"}, "booked"),
]


@pytest.mark.parametrize(("name", "data", "status"), CHANGES)
def test_a_visit_is_changed_from_its_page(
    supervisor: Client, home: House, name: str, data: dict[str, str], status: str
) -> None:
    visit = builders.visit(home)
    address = reverse("visits:change", args=[visit.pk, name])
    assert supervisor.get(address).status_code == 200
    assert supervisor.post(address, data).status_code == 302
    visit.refresh_from_db()
    assert visit.status == status
    page = supervisor.get(reverse("visits:visit", args=[visit.pk]))
    assert page.context["history"][0]["who"] == cast.SHIFT_SUPERVISOR.name


def test_a_correction_of_parts_and_an_unknown_change(
    supervisor: Client, home: House
) -> None:
    visit = builders.visit(home, kind="lawyer")
    row = visit.visitors.get()
    data = {
        "kind": "official",
        "ends_at": "23.11.2026 13:00",
        f"part-{row.pk}": "lead",
        "reason": "Ошибка при вводе",
    }
    address = reverse("visits:change", args=[visit.pk, "correct"])
    assert supervisor.post(address, data).status_code == 302
    visit.refresh_from_db()
    assert visit.kind == "official"
    unknown = reverse("visits:change", args=[visit.pk, "explode"])
    assert supervisor.get(unknown).status_code == 404


def test_a_change_without_reason_is_asked_again(
    supervisor: Client, home: House
) -> None:
    visit = builders.visit(home)
    address = reverse("visits:change", args=[visit.pk, "cancel"])
    answer = supervisor.post(address, {"cause": "by_family", "reason": ""})
    assert answer.status_code == 200
    assert answer.context["form"].errors["reason"]
    visit.refresh_from_db()
    assert visit.status == "booked"


def test_an_impossible_outcome_is_a_conflict(supervisor: Client, home: House) -> None:
    visit = builders.visit(home)
    address = reverse("visits:change", args=[visit.pk, "outcome"])
    data = {"outcome": "completed", "reason": "Состоялось"}
    assert supervisor.post(address, data).status_code == 409


TEMPLATE = {
    "name_ky": "Эртең менен",
    "name_ru": "Утро",
    "name_en": "Morning",
    "kind": "short",
    "weekday": "0",
    "starts_at": "9:00",
    "minutes": "240",
    "every_weeks": "1",
    "open_places": "10",
    "closed_places": "2",
    "valid_from": "01.11.2026",
    "blocks_included": "True",
}


def test_the_timetable_is_made_on_its_page(supervisor: Client, home: House) -> None:
    data = {**TEMPLATE, "room": str(home.hall.pk), "request_id": str(uuid4())}
    new = reverse("visits:template_new")
    for _ in range(2):
        assert supervisor.post(new, data).status_code == 302
    row = Template.objects.get()
    change = reverse("visits:template", args=[row.pk])
    assert supervisor.get(change).status_code == 200
    assert supervisor.post(change, {**data, "minutes": "120"}).status_code == 302
    row.refresh_from_db()
    assert row.minutes == 120

    made = supervisor.post(reverse("visits:session_open", args=[row.pk, MONDAY]))
    session = Session.objects.get()
    assert made["Location"] == reverse("visits:session", args=[session.pk])
    assert supervisor.get(made["Location"]).status_code == 200
    supervisor.post(reverse("visits:session_cancel", args=[session.pk]))
    supervisor.post(reverse("visits:template_end", args=[row.pk]))
    row.refresh_from_db()
    session.refresh_from_db()
    assert row.ended_at
    assert session.cancelled_at


def test_days_are_closed_and_opened_on_their_page(
    supervisor: Client, home: House
) -> None:
    data = {
        "starts_on": "23.11.2026",
        "last_on": "24.11.2026",
        "what": f"room:{home.hall.pk}",
        "reason": "Ремонт отопления",
        "request_id": str(uuid4()),
    }
    page = reverse("visits:closures")
    assert supervisor.post(page, data).status_code == 302
    row = Closure.objects.get()
    assert (row.ends_on, row.room) == (MONDAY + timedelta(days=2), home.hall)
    assert "Ремонт отопления" in supervisor.get(page).content.decode()
    supervisor.post(reverse("visits:reopen", args=[row.pk]))
    row.refresh_from_db()
    assert row.reopened_by == cast.SHIFT_SUPERVISOR.name


def test_a_session_by_hand_is_made_on_its_page(supervisor: Client, home: House) -> None:
    data = {
        "kind": "short",
        "room": str(home.hall.pk),
        "starts_at": "24.11.2026 10:00",
        "ends_at": "24.11.2026 12:00",
        "open_places": "4",
        "closed_places": "0",
        "request_id": str(uuid4()),
    }
    for _ in range(2):
        supervisor.post(reverse("visits:session_new"), data)
    assert Session.objects.get().open_places == 4


def test_a_prisoner_is_called_brought_and_returned(
    supervisor: Client, home: House
) -> None:
    visit = builders.visit(home, status="inside")
    for step in ("call", "brought", "returned"):
        address = reverse("visits:call", args=[visit.pk, step])
        assert supervisor.post(address).status_code == 302
    assert Call.objects.get().result == "returned"
    assert (
        supervisor.get(reverse("visits:call", args=[visit.pk, "call"])).status_code
        == 405
    )
    gone = reverse("visits:call", args=[visit.pk, "vanish"])
    assert supervisor.post(gone).status_code == 404


def test_a_prisoner_who_refuses_ends_the_visit(supervisor: Client, home: House) -> None:
    visit = builders.visit(home, status="registered")
    supervisor.post(reverse("visits:call", args=[visit.pk, "call"]))
    address = reverse("visits:call", args=[visit.pk, "not-brought"])
    assert supervisor.post(address, {"result": "asleep"}).status_code == 422
    assert supervisor.post(address, {"result": "refused"}).status_code == 302
    visit.refresh_from_db()
    assert visit.outcome == "prisoner_refused"


def test_a_complaint_goes_its_way_on_the_page_of_the_refusal(
    supervisor: Client, home: House
) -> None:
    visit = builders.visit(home, status="refused", outcome="visitor_refused")
    row = Refusal.objects.create(
        institution=home.institution,
        number="7KQ-3F9X",
        visit=visit,
        person=visit.visitors.get().person,
        prisoner=visit.prisoner,
        grounds=[
            {"code": "banned_pair", "effect": "block", "rule": "", "verified": True,
             "figures": {"until": None, "order": "12", "authority": "Директор"},
             "lift": ""}
        ],
        language="ky",
        at=at(9),
        by_name="x",
        request_id=uuid4(),
    )  # fmt: skip
    found = supervisor.get(reverse("visits:refusals"), {"number": "7kq3f9x"})
    page = reverse("visits:refusal", args=[row.pk])
    assert found["Location"] == page
    assert supervisor.get(page).status_code == 200
    supervisor.post(page, {"text": "Прошу пересмотреть"})
    supervisor.post(page, {"text": "Запрет снят"})
    row.refresh_from_db()
    assert (row.complaint, row.answer) == ("Прошу пересмотреть", "Запрет снят")
    listed = supervisor.get(reverse("visits:complaints"), {"state": "answered"})
    assert "7KQ-3F9X" in listed.content.decode()


def test_headquarters_sees_overrides_by_officer_and_ground(
    home: House, head_office: Institution, sign_in: SignIn
) -> None:
    visit = builders.visit(home)
    for code in ("contact_pending", "contact_pending", "session_full"):
        visit.overrides.create(
            institution=home.institution,
            code=code,
            permission="override.shift",
            reason="Издалека",
            at=at(8),
            by_id=uuid4(),
            by_name="А. Токтоев",
        )
    answer = sign_in(cast.HEADQUARTERS).get(reverse("visits:overrides"))
    assert [(t.label, t.count) for t in answer.context["officers"]] == [
        ("А. Токтоев", 3)
    ]
    assert [(t.label, t.count) for t, _w in answer.context["codes"]] == [
        ("contact_pending", 2), ("session_full", 1),
    ]  # fmt: skip
    assert (
        sign_in(cast.GATE_OFFICER).get(reverse("visits:overrides")).status_code == 403
    )


def test_the_paper_book_has_expected_visits_and_empty_lines(
    supervisor: Client, home: House
) -> None:
    visit = builders.visit(home)
    page = supervisor.get(reverse("visits:paper_book", args=[MONDAY]))
    text = page.content.decode()
    assert visit.reference in text
    assert len(page.context["pages"][0][2]) > 6


def test_a_day_that_does_not_exist_is_not_found(supervisor: Client) -> None:
    assert supervisor.get("/visits/day/2026-02-30/").status_code == 404
    assert supervisor.get("/visits/calendar/2026/13/").status_code == 422


def test_visits_lead_to_today(supervisor: Client) -> None:
    answer = supervisor.get(reverse("visits:today"))
    assert answer["Location"] == reverse("visits:day", args=[MONDAY])
    assert Visit.objects.count() == 0
