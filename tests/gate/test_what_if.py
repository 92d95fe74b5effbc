"""The what-if page: the prison's own figures in, the command's figures out."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from darbaza.accounts.permissions import Role
from darbaza.appointments.models import Plan
from darbaza.gate import selectors, simulation
from darbaza.gate.forms.what_if import begun_with
from darbaza.gate.types import Recorded
from darbaza.kernel.errors import Forbidden
from tests.gate.house import Gate
from tests.visits import builders

pytestmark = pytest.mark.django_db
PAGE = reverse("gate:what_if")
NOTHING = Recorded(days=0)


@pytest.fixture
def gate(db, clock) -> Gate:
    clock.move_to(builders.at(10, 30))
    return Gate()


@pytest.fixture
def browser(gate):
    return gate.browser(Role.SHIFT_SUPERVISOR)


@pytest.fixture
def few_days(monkeypatch):
    """Few days: what is asserted does not hang on their number."""
    monkeypatch.setattr("darbaza.gate.views.what_if.DAYS", 5)
    monkeypatch.setattr("darbaza.gate.views.what_if.TRIED_FAMILIES", 600)


def asked(**changed):
    return {**begun_with(NOTHING), "window": "on", "lists": "on", **changed}


def test_the_page_says_what_the_command_says(browser):
    answer = browser.get(PAGE, asked())

    found = simulation.compare(simulation.Scenario(), days=100, seed=1)
    assert answer.context["found"] == found
    text = answer.content.decode()
    assert f"<b>{found.plan.mean:.1f}</b>".replace(".", ",") in text
    assert f"<b>{found.today.p95:.1f}</b>".replace(".", ",") in text


@pytest.mark.parametrize("families", [90, 117, 140])
def test_picture_and_table_say_the_same_figures(browser, few_days, families):
    text = browser.get(PAGE, asked(families=families)).content.decode()
    shown = re.findall(r"<b>([\d,]+)</b></li>", text)[:4]
    rows = re.findall(r"numeric\">([\d,]+)</td>.*?numeric\">([\d,]+)</td>", text)
    (today_mean, plan_mean), (today_p95, plan_p95) = rows[:2]
    assert shown == [today_mean, today_p95, plan_mean, plan_p95]


def test_figures_with_a_comma_are_taken(browser, few_days):
    answer = browser.get(PAGE, asked(scan="1,5", target_mean="10,0"))
    assert answer.status_code == 200
    assert answer.context["slots"]


def test_the_slow_place_is_said_with_its_cure(browser, few_days):
    text = browser.get(PAGE, asked(inspectors=1)).content.decode()
    assert "<b>inspection of parcels</b>" in text
    assert "1 officer more for parcels" in text


def test_where_hardly_anybody_waits_nothing_is_called_slow(browser, few_days):
    text = browser.get(PAGE, asked(families=3)).content.decode()
    assert "With the plan hardly anybody waits." in text
    assert "families wait longest here" not in text


def test_families_without_a_place_are_said(browser, few_days):
    text = browser.get(PAGE, asked(seats=5)).content.decode()
    assert "find no place: offer another day" in text


def test_without_appointments_there_is_no_slot_plan(browser, few_days):
    text = browser.get(PAGE, asked(appointments="none")).content.decode()
    assert "Slots to offer" not in text
    assert "No staff that was tried keeps the target" not in text


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("families", "1000000000", "500"),
        ("families", "", "Give a figure."),
        ("clerks", "0", "1"),
        ("clerks", "2.5", "Give a whole number."),
        ("clerks", "nan", "Enter a number"),
        ("paper", "-4", "0.1"),
        ("paper", "<script>", "Enter a number"),
        ("parcels", "101", "100"),
        ("appointments", "tomorrow", "Select a valid choice"),
        ("opens", "25:99", "Give the time as 14:32."),
    ],
)
def test_what_cannot_be_is_refused_at_its_box(browser, name, value, words):
    answer = browser.get(PAGE, asked(**{name: value}))
    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors[name])
    assert "found" not in answer.context


def test_the_slots_come_as_a_file(browser, few_days):
    answer = browser.get(reverse("gate:what_if_csv"), asked(opens="08:30"))
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0].endswith("Slot;Parcels;Visits;Places")
    assert lines[1] == "08:30;4;5;9"
    assert len(lines) == 13


def test_a_file_of_nonsense_has_its_head_only(browser):
    answer = browser.get(reverse("gate:what_if_csv"), asked(families="many"))
    assert len(b"".join(answer.streaming_content).decode().splitlines()) == 1


# What the house has on record ---------------------------------------------------------


def test_an_empty_house_begins_with_the_standard_day(gate):
    by = gate.house.actor(Role.SHIFT_SUPERVISOR)
    known = selectors.recorded(by=by, at=builders.at(10, 30))
    assert (known.days, known.families, known.desk_minutes) == (0, None, None)
    assert begun_with(NOTHING)["families"] == 120


def test_visits_on_record_fill_the_form(gate, browser, few_days, clock):
    done = gate.issue()
    gate.let_in(gate.code(done))
    by = gate.house.actor(Role.SHIFT_SUPERVISOR)

    known = selectors.recorded(by=by, at=builders.at(10, 31))

    assert (known.days, known.families, known.parcels) == (1, 1, 0)
    clock.move_to(builders.at(10, 31))
    answer = browser.get(PAGE)
    assert answer.context["known"].families == 1
    assert "From your own record (1 day" in answer.content.decode()
    later = selectors.recorded(by=by, at=builders.at(10, 30) + timedelta(days=29))
    assert later.days == 0


def test_another_house_sees_nothing_of_it(gate):
    gate.issue()
    elsewhere = builders.house("16").actor(Role.DIRECTOR)
    assert selectors.recorded(by=elsewhere, at=builders.at(10, 31)).days == 0


def test_an_officer_may_not_plan(gate):
    with pytest.raises(Forbidden):
        selectors.recorded(by=gate.officer, at=builders.at(10, 30))
    assert gate.browser().get(PAGE).status_code == 403


ADOPT = reverse("gate:what_if_adopt")


def test_the_plan_is_adopted_with_one_press_and_says_before_what_changes(
    browser, few_days
):
    figures = asked(clerks="3", slot_minutes="20")
    page = browser.get(PAGE, figures)
    assert "No plan yet" in page.content.decode()
    assert Plan.objects.count() == 0
    address = f"{ADOPT}?{page.context['query']}"

    for _twice in range(2):
        assert browser.post(address).status_code == 302

    plan = Plan.objects.get()
    Plan.objects.update(lead_minutes=25, reminder_hours=48)
    assert plan.valid_from == builders.MONDAY + timedelta(days=1)
    assert (plan.clerks, plan.slot_minutes, plan.shape) == (3, 20, "even")
    assert plan.registration_minutes > 0
    text = browser.get(PAGE, figures).content.decode()
    assert "This plan counts already" in text

    other = browser.get(PAGE, asked(clerks="2")).context["adoption"]
    clerks = next(c for c in other.changes if c.label == "Officers at registration")
    assert (clerks.now, clerks.then, clerks.changes) == ("3", "2", True)
    assert (other.draft.lead_minutes, other.draft.reminder_hours) == (25, 48)


def test_only_who_plans_adopts_and_only_a_plan_with_appointments(
    gate, browser, few_days
):
    headquarters = gate.browser(Role.HEADQUARTERS)
    assert "Adopt this plan" not in headquarters.get(PAGE, asked()).content.decode()
    headquarters.post(f"{ADOPT}?{urlencode(asked())}")
    for figures in (
        asked(appointments="none"),
        asked(clerks="x"),
        {"families": "\x00"},
    ):
        browser.post(f"{ADOPT}?{urlencode(figures)}")
    assert gate.browser(Role.GATE_OFFICER).post(ADOPT).status_code == 403
    assert Plan.objects.count() == 0
