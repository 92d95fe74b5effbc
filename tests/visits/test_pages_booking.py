"""Booking, moving, later entry and second look through their pages; a long export."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from darbaza.accounts.types import Actor
from darbaza.custody.models import Contact
from darbaza.pages import exports
from darbaza.persons.models import Document
from darbaza.sites.models import Block, Institution
from darbaza.visits.models import Refusal, Visit
from tests import cast
from tests.visits import builders
from tests.visits.builders import MONDAY, House, at

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def _nine_o_clock(clock: object) -> None:
    """Everything here happens on the Monday of the builders, at nine."""


@pytest.fixture
def home(colony: Institution) -> House:
    hall = builders.room(colony)
    return House(colony, Block.objects.create(institution=colony, code="1"), hall)


@pytest.fixture
def supervisor(home: House, sign_in: Callable[[Actor], Client]) -> Client:
    return sign_in(cast.SHIFT_SUPERVISOR)


def family(home: House, prisoner: Any, **changes: Any) -> Any:
    """An approved contact; a grown one shows a passport when they come."""
    person = builders.person(home, uuid4().hex[:6], **changes)
    Contact.objects.create(
        institution=home.institution,
        prisoner=prisoner,
        person=person,
        kinship="sibling",
        status="approved",
        proposed_at=at(7),
        decided_at=at(7),
        decided_by="x",
    )
    Document.objects.create(
        institution=home.institution,
        person=person,
        kind="passport",
        number=f"ID{uuid4().hex[:7].upper()}",
        expires_on=date(2030, 1, 1),
        source="typed",
        seen_at=at(7),
    )
    return person


def tuesday(home: House) -> Any:
    """A session of two hours tomorrow."""
    times = {"starts_at": at(9, day=TUESDAY), "ends_at": at(11, day=TUESDAY)}
    return builders.session(home, **times)


def test_whom_to_book_for_is_found_by_number(supervisor: Client, home: House) -> None:
    prisoner = builders.prisoner(home, "27-0815")
    answer = supervisor.get(reverse("visits:book_whom"), {"q": "27-0815"})
    assert reverse("visits:book", args=[prisoner.pk]) in answer.content.decode()


def test_a_family_is_booked_for_a_day_of_the_timetable(
    supervisor: Client, home: House
) -> None:
    prisoner = builders.prisoner(home)
    adult = family(home, prisoner)
    child = family(home, prisoner, birth_on=date(2018, 5, 1))
    row = builders.template(home, weekday=1)
    data = {
        "visitors": [str(child.pk), str(adult.pk)],
        "kind": "short",
        "slot": f"{row.pk}/{TUESDAY}",
        "request_id": str(uuid4()),
    }
    page = reverse("visits:book", args=[prisoner.pk])
    assert supervisor.get(page).status_code == 200
    first, again = (supervisor.post(page, data) for _ in range(2))
    assert first.status_code == 302
    assert first["Location"] == again["Location"]
    visit = Visit.objects.get()
    assert (visit.status, visit.source) == ("booked", "booked")
    parts = dict(visit.visitors.values_list("person_id", "part"))
    assert parts == {adult.pk: "lead", child.pk: "child"}


def test_a_booking_that_is_refused_is_shown_and_not_recorded(
    supervisor: Client, home: House
) -> None:
    prisoner = builders.prisoner(home, status="released", released_on=MONDAY)
    adult = family(home, prisoner)
    row = tuesday(home)
    data = {
        "visitors": [str(adult.pk)],
        "kind": "short",
        "slot": str(row.pk),
        "request_id": str(uuid4()),
    }
    answer = supervisor.post(reverse("visits:book", args=[prisoner.pk]), data)
    assert answer.status_code == 409
    assert 'data-code="released"' in answer.content.decode()
    assert (Visit.objects.count(), Refusal.objects.count()) == (0, 0)


def test_a_visit_is_moved_on_its_page_or_stands(
    supervisor: Client, home: House
) -> None:
    prisoner = builders.prisoner(home)
    visit = builders.visit(
        home, prisoner=prisoner, visitor=family(home, prisoner), kind="short"
    )
    visit.visitors.update(document=Document.objects.get())
    row = tuesday(home)
    data = {"slot": str(row.pk), "reason": "Семья просит", "request_id": str(uuid4())}
    page = reverse("visits:change", args=[visit.pk, "move"])

    prisoner.status, prisoner.released_on = "released", MONDAY
    prisoner.save()
    refused = supervisor.post(page, data)
    assert refused.status_code == 409
    assert 'data-code="released"' in refused.content.decode()
    visit.refresh_from_db()
    assert visit.status == "booked"

    prisoner.status, prisoner.released_on = "held", None
    prisoner.save()
    moved = supervisor.post(page, data)
    new = Visit.objects.get(session=row)
    assert moved["Location"] == reverse("visits:visit", args=[new.pk])


def test_a_line_of_the_paper_book_is_entered_and_its_conflict_resolved(
    supervisor: Client, home: House
) -> None:
    prisoner = builders.prisoner(home)
    adult = family(home, prisoner)
    row = builders.session(home, open_places=0, starts_at=at(7), ends_at=at(8, 50))
    data = {
        "visitors": [str(adult.pk)],
        "kind": "short",
        "slot": str(row.pk),
        "came_in_at": "23.11.2026 07:05",
        "left_at": "23.11.2026 08:40",
        "request_id": str(uuid4()),
    }
    page = reverse("visits:enter", args=[prisoner.pk])
    assert supervisor.get(page).status_code == 200
    assert supervisor.post(page, data).status_code == 302
    visit = Visit.objects.get()
    assert visit.visitors.get().came_in_at == at(7, 5)

    review = reverse("visits:review")
    assert 'data-code="session_full"' in supervisor.get(review).content.decode()
    resolve = reverse("visits:resolve", args=[visit.pk])
    assert supervisor.post(resolve, {"reason": ""}).status_code == 422
    supervisor.post(resolve, {"reason": "Сидели за столом 9"})
    assert 'data-code="session_full"' not in supervisor.get(review).content.decode()


def test_the_day_list_costs_the_same_for_many_visits(
    supervisor: Client, home: House, django_assert_max_num_queries: Any
) -> None:
    row = builders.session(home, open_places=90)
    for _ in range(25):
        builders.visit(home, session=row)
    page = reverse("visits:day", args=[MONDAY])
    supervisor.get(page)
    with django_assert_max_num_queries(40):
        supervisor.get(page)


@pytest.mark.slow
def test_fifty_thousand_rows_open_again_and_compare_equal(
    supervisor: Client, home: House
) -> None:
    row, prisoner = builders.session(home), builders.prisoner(home)
    count = 50_000
    Visit.objects.bulk_create(
        Visit(
            institution=home.institution,
            prisoner=prisoner,
            session=row,
            kind="short",
            reference=f"{n:08d}",
            source="booked",
            status="ended",
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            registered_at=timezone.now(),
            registered_by="А. Токтоев",
            entered_at=timezone.now(),
            note=f"=Ө{n}",
            request_id=uuid4(),
        )
        for n in range(count)
    )
    address = reverse("visits:export", args=[MONDAY])
    answer = supervisor.get(address, {"format": "csv", "sort": "reference"})
    assert answer.streaming
    text = answer.getvalue().decode("utf-8-sig")
    lines = list(csv.reader(StringIO(text), delimiter=";"))
    answer = supervisor.get(address, {"format": "xlsx", "sort": "reference"})
    book = load_workbook(BytesIO(answer.getvalue()), read_only=True)
    sheet = list(book.active.iter_rows(values_only=True))
    assert len(lines) == len(sheet) == count + 1
    wanted = [(f"{n:08d}", f"=Ө{n}") for n in range(count)]
    assert [(line[0], line[-1]) for line in sheet[1:]] == wanted
    plain = [(line[0], exports.unguarded(line[-1])) for line in lines[1:]]
    assert plain == wanted
