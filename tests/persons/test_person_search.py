"""Finding people: any script, any order, by document, merged records followed."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from darbaza.kernel.errors import Forbidden, NotFound
from darbaza.persons import selectors, services, sieve
from darbaza.persons.models import Person
from darbaza.persons.types import DocumentDraft, PersonDraft
from tests import cast
from tests.persons.people import BORN, PASSPORT, register

pytestmark = pytest.mark.usefixtures("colony", "other_colony")
BY = {"by": cast.GATE_OFFICER}


@pytest.mark.parametrize(
    "typed",
    [
        "Асанов Бакыт",
        "Бакыт Асанов",
        "ASANOV BAKYT",
        "bakyt asanov",
        "Асанов Бакит",
        "Асанов",
        "Бакыт",
        "Аса",
        "ASANOV<<BAKYT",
    ],
)
def test_a_person_is_found_in_any_script_and_order(typed):
    person = register()
    register("Садыкова", "Гүлнара")

    hits = selectors.search(typed, **BY)

    assert [hit.person_id for hit in hits] == [person.pk]


def test_a_person_of_another_prison_is_found_too():
    person = register(by=cast.OUTSIDER)

    assert selectors.search("Асанов", **BY)[0].person_id == person.pk


def test_the_administrator_finds_nobody():
    with pytest.raises(Forbidden):
        selectors.search("Асанов", by=cast.ADMINISTRATOR)


def test_the_birth_date_puts_the_right_one_first():
    register(birth_on=date(1970, 1, 1))
    right = register(birth_on=BORN)

    hits = selectors.search("Асанов Бакыт", BORN, **BY)

    assert hits[0].person_id == right.pk
    assert "birth_date_same" in hits[0].reasons
    assert "birth_date_differs" in hits[1].reasons


@pytest.mark.parametrize("typed", ["AC1234567", "ac 123 45 67", "АС1234567"])
def test_a_document_number_finds_exactly(typed):
    person = register(document=PASSPORT)
    register("Асанов", "Бакыт", document=DocumentDraft("passport", "AC7654321"))

    hits = selectors.search(typed, **BY)

    assert [(h.person_id, h.reasons) for h in hits] == [(person.pk, ("same_document",))]


def test_the_issuer_tells_equal_numbers_apart():
    person = register(document=PASSPORT)

    assert selectors.by_document("AC1234567", "KGZ", **BY)[0].person_id == person.pk
    assert selectors.by_document("AC1234567", "UZB", **BY) == []
    assert selectors.by_document(" ", **BY) == []


def test_a_personal_number_finds_exactly():
    person = register(personal_number="21203198500015")

    hits = selectors.search("21203198500015", **BY)

    assert [hit.person_id for hit in hits] == [person.pk]


def test_known_looks_at_document_then_number_then_name_and_birth():
    by_name = register()
    by_paper = register("Жаңы", "Ысым", document=PASSPORT)
    by_number = register("Башка", "Киши", personal_number="21203198500015")
    draft = PersonDraft(
        surname_latin="ASANOV",
        given_names_latin="BAKYT",
        birth_on=BORN,
        personal_number="21203198500015",
    )

    hits = selectors.known(draft, PASSPORT, **BY)

    found = [hit.person_id for hit in hits]
    assert found == [by_paper.pk, by_number.pk, by_name.pk]
    assert hits[0].reasons[0] == "same_document"
    assert "name_same" in hits[2].reasons


def test_known_does_not_offer_a_namesake_of_another_birthday():
    register(birth_on=date(1970, 1, 1))

    draft = PersonDraft("Асанов", "Бакыт", birth_on=BORN)

    assert selectors.known(draft, **BY) == []


def test_a_merged_record_leads_to_the_kept_one_under_both_names():
    kept = register(document=PASSPORT)
    gone = register("Усенов", "Бакыт", document=DocumentDraft("passport", "ID77"))
    services.merge(
        kept.pk, gone.pk, reason="same face", by=cast.SHIFT_SUPERVISOR, at=cast.NINE
    )

    for typed in ("Усенов Бакыт", "Асанов Бакыт", "ID77"):
        assert [h.person_id for h in selectors.search(typed, **BY)] == [kept.pk], typed
    assert selectors.person(gone.pk, **BY) == kept


def test_a_name_in_a_script_without_sounds_is_found_by_itself():
    person = register("王", "")

    assert [h.person_id for h in selectors.search("王", **BY)] == [person.pk]


@pytest.mark.parametrize("typed", ["", "   ", "-", "\u202e\u200b", "٣", "'\" OR 1=1"])
def test_hostile_or_empty_text_finds_nobody_and_breaks_nothing(typed):
    register()

    assert selectors.search(typed, **BY) == []


def test_a_search_compares_a_bounded_number_of_records_however_many_there_are():
    keys = sieve.keys("Асанов", "Бакыт")
    Person.objects.bulk_create(
        Person(
            institution_id=cast.COLONY,
            surname="Асанов",
            given_names="Бакыт",
            registered_at=cast.NINE,
            key=keys[0],
            surname_key=keys[1],
            given_key=keys[2],
        )
        for _ in range(1_000)
    )

    with CaptureQueriesContext(
        connection,
    ) as queries:
        candidates = sieve.candidates("Асанов Бакыт", None, limit=200)

    assert len(candidates) <= 200
    assert len(queries) <= 8
    assert all("LIMIT" in query["sql"] for query in queries)


def test_nobody_and_no_photograph_are_not_found():
    nobody = register().pk.__class__(int=7)

    with pytest.raises(NotFound):
        selectors.person(nobody, **BY)
    with pytest.raises(NotFound):
        selectors.photo(nobody, **BY)
