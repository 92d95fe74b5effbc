"""Evacuation list and shift report, on the screen and as PDF."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from darbaza.accounts.permissions import Role
from darbaza.audit import selectors as record
from darbaza.audit.models import Event
from darbaza.gate import selectors, services
from darbaza.gate.types import grouped
from darbaza.kernel.errors import Forbidden, Invalid
from darbaza.visits import services as visits
from tests.gate.house import Gate
from tests.visits import builders
from tests.visits.test_registration import NOW

pytestmark = pytest.mark.django_db
EVACUATION, SHIFT = reverse("gate:evacuation"), reverse("gate:shift_report")


@pytest.fixture
def gate(db, clock) -> Gate:
    clock.move_to(builders.at(10, 30))
    return Gate()


@pytest.fixture
def inside(gate):
    done = gate.issue()
    gate.let_in(gate.code(done))
    visits.brought(done.registered.visit_id, by=gate.officer, at=NOW)
    return done


def text_of(answer) -> str:
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(p.extract_text() for p in pages).split())


def test_the_evacuation_list_has_visitors_and_prisoners_by_room(gate, inside):
    found = selectors.evacuation(by=gate.officer, at=NOW)
    [room] = found.rooms
    assert (found.visitors, found.prisoners, room.people) == (1, 1, 2)
    text = gate.browser().get(EVACUATION).content.decode()
    for name in (gate.person.name, gate.prisoner.person.name, gate.prisoner.number):
        assert name in text
    assert Event.objects.filter(type="gate.evacuation_listed").count() == 1


def test_the_evacuation_pdf_names_everybody(gate, inside):
    text = text_of(gate.browser().get(reverse("gate:evacuation_pdf")))
    assert gate.person.surname in text
    assert gate.prisoner.number in text


def test_nobody_inside_is_said_in_words(gate):
    assert "Nobody is at visits" in gate.browser().get(EVACUATION).content.decode()
    assert "Nobody" in text_of(gate.browser().get(reverse("gate:evacuation_pdf")))


def test_a_shift_is_counted_from_the_record(gate, inside):
    gate.restriction(person=gate.wife)
    gate.issue(gate.wife)
    found = selectors.shift(builders.at(0), builders.at(23), by=gate.supervisor)
    assert found.steps["visit.registered"] == 1
    assert found.steps["visit.admitted"] == 1
    assert found.steps["visit.refused"] == 1
    assert found.kinds == (("short", 1, 1),)
    assert ("banned_pair", 1) in found.refused or (
        "banned_everywhere",
        1,
    ) in found.refused
    later = selectors.shift(builders.at(22), builders.at(23), by=gate.supervisor)
    assert set(later.steps.values()) == {0}


def test_the_report_is_on_record_and_gives_the_head_that_includes_it(gate, inside):
    found = services.report_shift(
        builders.at(0), builders.at(10, 20), by=gate.supervisor, at=builders.at(10, 20)
    )
    assert Event.objects.get(type="gate.shift_reported").seq == found.head.seq
    assert found.head == record.head(gate.house.institution.pk)
    with pytest.raises(Invalid):
        services.report_shift(NOW, NOW, by=gate.supervisor, at=NOW)
    with pytest.raises(Forbidden):
        services.report_shift(builders.at(0), NOW, by=gate.officer, at=NOW)


def test_the_page_shows_figures_and_only_the_report_shows_the_head(gate, inside):
    browser = gate.browser(Role.SHIFT_SUPERVISOR)
    before = browser.get(SHIFT).content.decode()
    assert "Parties registered" in before
    assert "sr-head" not in before
    span = {"first": "23.11.2026 00:00", "last": "23.11.2026 10:30"}
    after = browser.post(SHIFT, span).content.decode()
    head = record.head(gate.house.institution.pk)
    assert grouped(head.hash) in after
    wrong = browser.get(SHIFT, {"first": "23.11.2026 10:00", "last": "nonsense"})
    assert "for example" in wrong.content.decode()


def test_the_report_as_pdf_carries_the_head_in_groups_of_four(gate, inside):
    browser = gate.browser(Role.SHIFT_SUPERVISOR)
    text = text_of(browser.get(reverse("gate:shift_report_pdf")))
    head = record.head(gate.house.institution.pk)
    assert grouped(head.hash)[:9] in text
    assert str(head.seq) in text
    assert gate.person.surname in text


def test_an_officer_reports_no_shift(gate):
    assert gate.browser().get(SHIFT).status_code == 403
    assert gate.browser().get(reverse("gate:shift_report_pdf")).status_code == 403
