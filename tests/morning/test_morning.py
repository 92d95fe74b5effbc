"""A short morning through the running system: nobody is lost, both records agree."""

import pytest

from tests.browser import houses
from tests.morning import compared, play

pytestmark = pytest.mark.slow


def test_every_family_passes_and_the_report_says_what_the_script_saw(tmp_path_factory):
    home = houses.home(tmp_path_factory, "migrated")

    morning = play.play(home, families=5, speed=90, seed=3)

    assert compared.differences(morning) == []
    assert {f.errand for f in morning.families} == {"visit", "parcel"}
    assert {f.due is None for f in morning.families} == {True, False}
    assert any(f.list_code for f in morning.families)
