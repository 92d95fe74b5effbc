"""The board and the counts under it."""

import pytest
from django.urls import reverse

from darbaza.accounts.permissions import Role
from darbaza.gate import selectors
from darbaza.visits import services as visits
from tests.gate.house import Gate
from tests.visits import builders
from tests.visits.test_registration import NOW

pytestmark = pytest.mark.django_db
BOARD = reverse("gate:board")


@pytest.fixture
def gate(db, clock) -> Gate:
    clock.move_to(builders.at(10, 30))
    return Gate()


@pytest.fixture
def inside(gate):
    done = gate.issue()
    gate.let_in(gate.code(done))
    return done


def test_the_board_shows_who_is_inside_against_the_capacity(gate, inside):
    text = gate.browser().get(BOARD).content.decode()
    assert "1<small>/60</small>" in text
    assert gate.person.name in text
    assert inside.registered.reference in text


def test_whoever_stays_too_long_stands_out_by_minutes(gate, inside, clock):
    clock.move_to(builders.at(13, 25))
    text = gate.browser().get(BOARD).content.decode()
    assert "+25 min" in text
    assert selectors.occupancy(by=gate.officer, at=builders.at(13, 25)).overdue == 1


def test_occupancy_is_one_query_and_knows_a_full_house(
    gate, inside, django_assert_num_queries
):
    with django_assert_num_queries(1):
        found = selectors.occupancy(by=gate.officer, at=NOW)
    assert (found.inside, found.free, found.full) == (1, 59, False)
    elsewhere = builders.house("16").actor(Role.GATE_OFFICER)
    assert selectors.occupancy(by=elsewhere, at=NOW).inside == 0


def test_a_session_counts_people_and_misses_the_prisoner_until_brought(gate, inside):
    [one] = selectors.running(by=gate.officer, at=NOW)
    assert (one.visitors, one.prisoners, one.missing_prisoners) == (1, 0, 1)
    visits.brought(inside.registered.visit_id, by=gate.officer, at=NOW)
    [one] = selectors.running(by=gate.officer, at=NOW)
    assert (one.visitors, one.prisoners, one.missing_prisoners) == (1, 1, 0)
    assert len(selectors.calls_open(by=gate.officer, at=NOW)) == 1


def test_refusals_lead_to_their_story(gate):
    gate.restriction(person=gate.person)
    done = gate.issue()
    text = gate.browser(Role.SHIFT_SUPERVISOR).get(BOARD).content.decode()
    assert done.registered.refusal_number in text
    assert "Overrides" in text


def test_polling_gets_the_changing_part_alone(gate, inside):
    answer = gate.browser().get(BOARD, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert text.strip().startswith('<div id="board-now"')
    assert "<html" not in text


def test_another_prison_sees_nothing_of_it(gate, inside):
    other = gate.browser(house=builders.house("16"))
    assert gate.person.name not in other.get(BOARD).content.decode()


def test_a_registrar_has_no_board(gate):
    assert gate.browser(Role.REGISTRAR).get(BOARD).status_code == 403
