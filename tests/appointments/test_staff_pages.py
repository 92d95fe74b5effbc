"""Staff: the day, the plan and its hours, a code shown once, booking for a family."""

import csv
import io
import re
from dataclasses import replace
from datetime import time, timedelta
from uuid import UUID

import pytest
from django.utils import timezone, translation
from openpyxl import load_workbook

from darbaza.accounts.permissions import Role
from darbaza.appointments.models import Access, Appointment, HandIn, Plan
from darbaza.appointments.views import days
from darbaza.audit.models import Event
from tests.appointments.entrance import DAY, NOW, TODAY, booked, offers, text
from tests.visits import builders

pytestmark = pytest.mark.django_db


def test_the_day_shows_who_comes_and_what_is_free(entrance, officer):
    access, _code = entrance.family()
    row = booked(access)
    page = text(officer.get("/appointments/", {"on": f"{DAY:%d.%m.%Y}"}))
    assert row.reference in page
    assert "1/3" in page
    for odd in ("01.01.0001", "31.12.9999", "x"):
        assert officer.get("/appointments/", {"on": odd}).status_code == 200
    page = text(officer.get(f"/appointments/{row.pk}/"))
    assert access.person.surname in page


def test_a_code_is_shown_once_and_a_reload_makes_no_other(entrance, officer):
    access, _code = entrance.family()
    where = f"/appointments/codes/{access.prisoner_id}/"
    assert access.person.surname in text(officer.get(where))
    answer = officer.post(
        f"{where}{access.person_id}/", {"channel": "entrance", "language": "ru"}
    )
    shown = text(officer.get(answer.url))
    assert re.search(r"[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4}", shown)
    assert access.prisoner.person.surname not in shown.split("<main")[1]
    assert officer.get(answer.url).url == where
    assert Access.objects.filter(revoked_at=None).count() == 1
    live = Access.objects.get(revoked_at=None)
    officer.post(f"/appointments/code/{live.pk}/revoke/")
    assert not Access.objects.filter(revoked_at=None).exists()


def test_staff_book_move_and_cancel_for_a_family(entrance, officer):
    access, _code = entrance.family()
    where = f"/appointments/code/{access.pk}/book/?kind=visit&on={DAY:%d.%m.%Y}"
    (request,) = re.findall(
        r'name="request_id" value="([^"]+)"', text(officer.get(where))
    )
    first, second = (offer.key for offer in offers(access))
    data = {"request_id": request, "slot": first, "adults": "1", "children": "0"}
    urls = {officer.post(where, data).url for _again in range(2)}
    row = Appointment.objects.get()
    assert urls == {f"/appointments/{row.pk}/"}
    move = f"{urls.pop()}move/?on={DAY:%d.%m.%Y}"
    (request,) = re.findall(
        r'name="request_id" value="([^"]+)"', text(officer.get(move))
    )
    officer.post(move, {"request_id": request, "slot": second})
    new = Appointment.objects.get(status="booked")
    assert officer.post(f"/appointments/{new.pk}/cancel/", {}).status_code == 422
    why = {"whose": "institution", "reason": "The room is closed"}
    assert officer.post(f"/appointments/{new.pk}/cancel/", why).status_code == 302
    assert not Appointment.objects.filter(status="booked").exists()


def test_the_plan_is_tried_and_adopted_by_who_may(entrance, officer, sign_in):
    figures = {
        "valid_from": f"{TODAY:%d.%m.%Y}", "clerks": "3", "registration_minutes": "2,5",
        "inspectors": "2", "inspection_minutes": "5", "searchers": "2",
        "search_minutes": "3", "slot_minutes": "15", "shape": "dome",
        "busy_percent": "85", "lead_minutes": "15", "reminder_hours": "36",
    }  # fmt: skip
    assert 'name="clerks"' not in text(officer.get("/appointments/plan/"))
    officer.post("/appointments/plan/", figures)
    assert Plan.objects.count() == 1
    chief = sign_in(replace(entrance.house.actor(Role.DIRECTOR), id=UUID(int=8)))
    looked = text(chief.post("/appointments/plan/", figures | {"look": "1"}))
    assert [int(n) for n in re.findall(r": <strong>(\d+)</strong>", looked)] == [
        15, 5, 8
    ]  # fmt: skip
    assert Plan.objects.count() == 1
    assert (
        chief.post("/appointments/plan/", figures | {"clerks": "0"}).status_code == 422
    )
    assert chief.post("/appointments/plan/", figures).status_code == 302
    assert Plan.objects.count() == 2
    hours = {"weekday": "0", "starts_at": "14:00", "ends_at": "13:00",
             "valid_from": f"{TODAY:%d.%m.%Y}"}  # fmt: skip
    assert chief.post("/appointments/plan/hours/", hours).status_code == 422
    chief.post("/appointments/plan/hours/", hours | {"ends_at": "16:00"})
    row = HandIn.objects.get(starts_at="14:00")
    chief.post(f"/appointments/plan/hours/{row.pk}/end/")
    row.refresh_from_db()
    assert row.valid_to == TODAY


def test_the_day_is_a_file_for_who_may_take_it(entrance, officer, sign_in):
    access, _code = entrance.family()
    row = booked(access)
    where = f"/appointments/file/?on={DAY:%d.%m.%Y}&format="
    assert officer.get(f"{where}csv").status_code == 403
    assert "format=csv" not in text(officer.get("/appointments/"))
    assert not Event.objects.filter(type="appointment.day_exported").exists()
    chief = sign_in(
        replace(
            entrance.house.actor(Role.SHIFT_SUPERVISOR), id=UUID(int=8), language="en"
        )
    )
    assert "format=csv" in text(chief.get("/appointments/", {"on": f"{DAY:%d.%m.%Y}"}))
    told = b"".join(chief.get(f"{where}csv").streaming_content).decode()
    head, *lines = csv.reader(io.StringIO(told.lstrip("\ufeff")), delimiter=";")
    (line,) = (
        dict(zip(head, one, strict=True)) for one in lines if row.reference in one
    )
    assert line["Who comes"] == access.person.name
    assert line["Prisoner"] == access.prisoner.person.name
    assert (line["Further adults"], line["Children"]) == ("1", "2")
    assert line["Visits: taken of places"].endswith("12:00: 1 of 3")
    assert "555" not in told
    book = load_workbook(
        io.BytesIO(b"".join(chief.get(f"{where}xlsx").streaming_content))
    )
    assert [cell.value for cell in book.active[1]] == head
    assert book.active.max_row == len(lines) + 1
    assert chief.get(f"{where}exe").status_code == 422
    assert Event.objects.filter(type="appointment.day_exported").count() == 2


def test_the_day_keeps_two_rooms_apart(entrance, officer):
    entrance.another_room(2)
    booked(entrance.family()[0])
    with translation.override(entrance.officer.language):  # as the page
        found = days.moments(DAY, by=entrance.officer, at=NOW)
    rooms = [offer for moment in found for offer in moment.visits]
    assert len({offer.room for offer in rooms}) == 2
    assert sorted(offer.taken for offer in rooms if offer.taken) == [1]
    page = text(officer.get("/appointments/", {"on": f"{DAY:%d.%m.%Y}"}))
    assert all(offer.room in page for offer in rooms)


def test_who_visits_after_midnight_stands_on_the_evening_before(entrance):
    night = DAY + timedelta(days=1)
    builders.template(
        entrance.house, weekday=night.weekday(), starts_at=time(0), minutes=60,
        open_places=1, closed_places=0,
    )  # fmt: skip

    def late(on):
        return [
            timezone.localtime(moment.at)
            for moment in days.moments(on, by=entrance.officer, at=NOW)
            for offer in moment.visits
            if timezone.localtime(offer.visit_at).hour == 0
        ]

    assert [comes.time() for comes in late(DAY)] == [time(23, 45)]
    assert late(night) == []
