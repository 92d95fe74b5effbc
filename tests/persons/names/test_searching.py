"""Finding a name in memory, by all of it or by its beginning."""

from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from darbaza.persons import names
from darbaza.persons.names import comparing, searching

PEOPLE = {
    1: "Асанов Бакыт Эркинович",
    2: "Асанова Айнура",
    3: "Асан уулу Бакыт",
    4: "Жумагулов Жолдошбек",
    5: "Өскөнов Үмүт",
    6: "Қодиров Ғайрат",
    7: "Ким Александр",
}


@pytest.fixture
def index() -> names.Index[int]:
    return names.Index(PEOPLE.items())


@pytest.fixture(scope="module")
def many() -> names.Index[int]:
    stems = ["Асан", "Токто", "Жума", "Сапар", "Кадыр", "Эсен", "Мамбет", "Турсун"]
    ends = ["ов", "алиев", "беков", "кулов", "баев"]
    given_names = [
        f"{a}{b}" for a in ("Нур", "Бек", "Эр") for b in ("лан", "бек", "жан")
    ]
    parts = product(stems, ends, given_names, ("", "а"))
    return names.Index(enumerate(f"{s}{e}{x} {g}" for s, e, g, x in parts))


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("ASANOV BAKYT", 1),
        ("Бакыт Асанов", 1),
        ("Асан Бак", 1),
        ("бакыт асан уулу", 3),
        ("Dzhumagulov", 4),
        ("джум", 4),
        ("Жолд", 4),
        ("oskonov u", 5),
        ("KADYROV<<GAYRAT<<<<", 6),
        ("Alexander Kim", 7),
        ("Асанова Айнурра", 2),
        ("Асанов 312 Бакыт", 1),
    ],
)
def test_a_name_or_its_beginning_finds_the_person(index, query, wanted):
    assert wanted in [hit.id for hit in index.search(query)[:2]]


def test_a_hit_says_why(index):
    hit = index.search("Asanov Bakyt")[0]

    assert hit.score == 1.0
    codes = [reason.code for reason in hit.reasons]
    assert codes == ["surname_same_sound", "given_same_sound", "patronymic_left_out"]
    assert index.search("Жолд")[0].reasons[0].code == "begins_with"


@pytest.mark.parametrize("query", ["", "  ", "12345", "<<<", "\u200b"])
def test_a_query_without_letters_finds_nobody(index, query):
    assert index.search(query) == []


def test_limit_is_kept(index):
    assert len(index.search("Асан", limit=2)) == 2
    assert index.search("Асан", limit=0) == []


def test_names_are_added_changed_and_removed(index):
    index.add(8, "Сыдыков Эмил")
    assert index.search("SYDYKOV EMIL")[0].id == 8

    index.update(8, "Токтогулов Данияр")
    assert index.search("Toktogulov Daniiar")[0].id == 8
    assert all(hit.id != 8 for hit in index.search("SYDYKOV EMIL"))

    index.remove(8)
    index.remove(8)
    assert index.search("Toktogulov Daniiar") == []
    assert len(index) == len(PEOPLE)
    assert 8 not in index


def test_many_changes_of_one_name_leave_no_traces(index):
    for turn in range(300):
        index.update(1, "Асанов Бакыт" if turn % 2 else "Сыдыков Эмил")

    assert [hit.id for hit in index.search("Асанов Бакыт") if hit.score == 1.0] == [1]
    assert len(index) == len(PEOPLE)


def test_reading_goes_on_while_names_change(index):
    def write(turn: int) -> None:
        index.add(100 + turn, f"Асанов Бакыт{'ай' * (turn % 3)}")
        index.remove(100 + turn)

    def read(_: int) -> int:
        return index.search("Асанов Бакыт")[0].id

    with ThreadPoolExecutor(4) as pool:
        writing = pool.map(write, range(60))
        found = set(pool.map(read, range(60)))
        list(writing)

    assert 1 in found
    assert len(index) == len(PEOPLE)


@given(st.text(max_size=200))
def test_no_query_breaks_the_search(text):
    hits = names.Index(PEOPLE.items()).search(text)

    assert all(0.0 <= hit.score <= 1.0 for hit in hits)


@pytest.mark.parametrize(
    "query", ["ASANOV NURLAN", "Toktobekov Erzhan", "Жума Нур", "Жумалиев"]
)
def test_of_many_names_few_are_compared(many, query, monkeypatch):
    compared = []
    compare = comparing.compare
    monkeypatch.setattr(
        comparing, "compare", lambda *pair: compared.append(1) or compare(*pair)
    )

    assert many.search(query)

    assert 0 < len(compared) <= 2 * searching._ALIKE
