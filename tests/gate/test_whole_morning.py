"""Families come, are called, registered, let in and leave: on a real server."""

import pytest

from tests.browser import houses
from tests.morning import compared, play

pytestmark = pytest.mark.slow
FAMILIES = 24


def test_nobody_is_lost_and_the_report_agrees_with_the_script(tmp_path_factory):
    home = houses.home(tmp_path_factory, "migrated")

    morning = play.play(home, families=FAMILIES, speed=120)

    assert compared.differences(morning) == []
    assert {family.errand for family in morning.families} == {"visit", "parcel"}
    assert any(family.reference for family in morning.families)
