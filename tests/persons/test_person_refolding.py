"""Sound keys of an older release are written anew; names stay as they are."""

import pytest
from django.core.management import call_command

from darbaza.accounts.types import system
from darbaza.persons import selectors, services
from darbaza.persons.models import Person
from darbaza.persons.services import refolding
from tests import cast
from tests.persons import people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _place(colony):
    """One prison."""


def test_people_with_old_keys_are_found_after_refolding(monkeypatch, capsys):
    monkeypatch.setattr(refolding, "TOGETHER", 2)
    names = ("Щербаков", "Асанов", "Сыдыков", "Жумагулов", "Токтогулов")
    made = [people.register(name, "Борис").pk for name in names]
    old = {"key": "old", "surname_key": "old", "given_key": "old"}
    Person.objects.filter(pk__in=made[:3]).update(**old)
    assert not found("Щербаков Борис")

    call_command("refold_names")

    assert "3 names" in capsys.readouterr().out
    assert found("Щербаков Борис") == ["Щербаков Борис"]
    assert services.refold(by=system("test")) == 0


def found(text):
    hits = selectors.search(text, by=cast.GATE_OFFICER)
    return [hit.name for hit in hits if hit.score > 0.9]
