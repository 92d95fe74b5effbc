"""The last visits on the pages of persons and prisoners, never of other prisons."""

import pytest

from darbaza.accounts.permissions import Role
from darbaza.visits import panels
from tests.visits import builders

pytestmark = pytest.mark.django_db


def test_a_person_shows_their_visits_here_and_not_elsewhere(django_assert_num_queries):
    home, elsewhere = builders.house(), builders.house("16")
    who = builders.person(home)
    here = builders.visit(home, visitor=who)
    builders.visit(elsewhere, visitor=who)

    with django_assert_num_queries(1):
        found = [v.visit for v in panels.of_person(who.pk, home.actor())["visitors"]]

    assert found == [here]


def test_a_prisoner_shows_the_latest_first(django_assert_num_queries):
    home = builders.house()
    prisoner = builders.prisoner(home)
    session = builders.session(home)
    first = builders.visit(home, prisoner=prisoner, session=session)
    later = builders.visit(
        home, prisoner=prisoner, session=session, starts_at=builders.at(12)
    )
    with django_assert_num_queries(3):
        found = list(panels.of_prisoner(prisoner.pk, home.actor())["visits"])
    assert found == [later, first]


def test_whoever_may_not_see_visits_sees_no_panel():
    home = builders.house()
    administrator = home.actor(Role.ADMINISTRATOR)
    assert panels.of_person(home.institution.pk, administrator) is None
    assert panels.of_prisoner(home.institution.pk, administrator) is None
