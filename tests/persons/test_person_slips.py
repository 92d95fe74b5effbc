"""Slips of the pen that no index forgives, found in memory and by trigrams."""

import pytest

from darbaza.persons import selectors, services, slips
from darbaza.persons.types import PersonDraft
from tests import cast
from tests.persons.people import register

pytestmark = pytest.mark.usefixtures("colony", "other_colony")
BY = {"by": cast.GATE_OFFICER}


@pytest.fixture(autouse=True)
def empty_shelf():
    slips.forget()


def found(text: str) -> list[object]:
    return [hit.person_id for hit in selectors.search(text, **BY)]


@pytest.mark.parametrize(
    "typed",
    [
        "Рокторбаев Нурлан",  # another first letter
        "Октторбаев Нурлан",  # the first two turned
        "Токторбаев Мурлан",
        "ROKTORBAEV NURLAN",
        "Нурлан Рокторбаев",
        "Окторбаев Нурлан",  # the first one left out
    ],
)
def test_a_slip_in_a_first_letter_still_finds(typed):
    person = register("Токторбаев", "Нурлан")
    register("Садыкова", "Гүлнара")

    assert found(typed) == [person.pk]


def test_a_name_written_after_the_first_search_is_found():
    register("Токторбаев", "Нурлан")
    assert found("Рокторбаев Нурлан")

    newcomer = register("Жоробеков", "Сыймык")

    assert found("Коробеков Сыймык") == [newcomer.pk]


def test_a_corrected_name_is_found_by_its_new_spelling():
    person = register("Токторбаев", "Нурлан")
    assert found("Рокторбаев Нурлан") == [person.pk]

    draft = PersonDraft("Жоробеков", "Сыймык", sex="M")
    services.correct(
        person.pk, draft, reason="misread", by=cast.REGISTRAR, at=cast.NINE
    )

    assert found("Коробеков Сыймык") == [person.pk]
    assert found("Рокторбаев Нурлан") == []


def test_a_surely_found_name_is_not_looked_for_in_memory():
    register("Токторбаев", "Нурлан")

    assert found("Токторбаев Нурлан")

    assert slips._kept.shelf.keys == {}


def test_only_the_newest_people_are_kept(monkeypatch):
    monkeypatch.setattr(slips, "MOST", 2)
    people = [register("Токторбаев", name) for name in ("Нурлан", "Азамат", "Сыймык")]

    slips.alike([("x", "y")], "x y")

    assert list(slips._kept.shelf.keys) == [one.pk for one in people[1:]]


@pytest.mark.postgres  # trigrams are its own
def test_older_people_are_found_by_trigrams(monkeypatch):
    slips._has_trigrams.cache_clear()
    person = register("Токторбаев", "Нурлан")
    monkeypatch.setattr(slips, "MOST", 1)
    register("Садыкова", "Гүлнара")

    assert found("Рокторбаев Нурлан") == [person.pk]
