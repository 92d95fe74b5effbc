"""Files of lists: what is read of them, and what each hostile one is answered."""

import pytest

from darbaza.kernel.errors import Invalid
from darbaza.pages import grounds
from darbaza.persons.policies import document_number
from darbaza.watchlists import reading
from darbaza.watchlists.reading import limits
from darbaza.watchlists.types import Birth, birth
from tests.watchlists import files

LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def united(data: bytes):
    return reading.united_nations(data, number=document_number)


def table(text, columns=None, **how):
    data = text if isinstance(text, bytes) else text.encode()
    if columns is None:
        columns = reading.guess(reading.head(data, **how))
    return reading.table(data, columns, number=document_number, **how)


def refusal(read, *args, **kwargs):
    """Return the code of a refusal, which has words for people."""
    with pytest.raises(Invalid) as refused:
        read(*args, **kwargs)
    assert refused.value.code != grounds.officer(refused.value)
    return refused.value.code


def test_the_shipped_list_is_read_whole():
    read = united(files.SHIPPED)

    first, second, about, alone = read.entries
    assert read.ignored == 1
    assert str(read.published_on) == "2026-11-02"
    assert first.reference == "TESTi.001"
    assert first.names == (
        "TALANT SYDYKOV", "Talantbek Sydiqov", "Tala", "Sydyk", "Талант Сыдыков"
    )  # fmt: skip
    assert first.sex == "M"
    assert "Invented" in first.remark
    assert second.papers[0].number == "ZZ9999902"
    assert [str(b) for e in read.entries for b in e.births] == [
        "1990", "1955/1959", "~1962"
    ]  # fmt: skip
    assert about.can_be_found
    assert not alone.can_be_found


@pytest.mark.parametrize(
    "text", ["1985-03-12", "1985-03", "1985", "~1985", "1980/1985"]
)
def test_a_date_partly_known_stays_partly_known(text):
    assert str(birth(text)) == text


@pytest.mark.parametrize("text", ["", "85", "1985-13", "1985-02-30", "1985/1980", "x"])
def test_what_is_no_date_of_birth_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        birth(text)


HOSTILE = {
    "laughs": (
        files.consolidated(files.person(name="&b;"), head=LAUGHS),
        "watch_file_is_a_bomb",
    ),
    "outside": (
        files.consolidated(files.person(name="&x;"), head=OUTSIDE),
        "watch_file_is_a_bomb",
    ),
    "type alone": (
        files.consolidated(files.person(), head='<!DOCTYPE l SYSTEM "http://x/y.dtd">'),
        "watch_file_is_a_bomb",
    ),
    "deep": (b"<CONSOLIDATED_LIST>" + b"<a>" * 5_000, "watch_file_is_a_bomb"),
    "large": (b" " * 10 + b"<" * 100_000_000, "watch_file_too_large"),
    "truncated": (files.SHIPPED[:900], "watch_file_broken"),
    "other root": (b"<feed><entry/></feed>", "watch_file_other_root"),
    "nothing": (b"  \n", "watch_file_empty"),
    "null": (files.SHIPPED.replace(b"TALANT", b"TA\0LANT"), "watch_file_broken"),
    "no encoding": (files.SHIPPED.replace(b"UTF-8", b"KLINGON"), "watch_file_broken"),
    "other encoding": (files.SHIPPED.replace(b"UTF-8", b"UTF-16"), "watch_file_broken"),
    "not utf-8": (files.SHIPPED.replace(b"TALANT", b"\xff\xfe"), "watch_file_broken"),
    "no xml": (files.CSV.encode(), "watch_file_broken"),
    "a workbook": (b"PK\x03\x04" + bytes(200), "watch_file_broken"),
    "nobody": (files.consolidated(), "watch_file_without_people"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_clear_word_and_breaks_nothing(name):
    data, code = HOSTILE[name]
    assert refusal(united, data) == code


def test_a_list_of_too_many_people_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "ENTRIES", 2)
    many = files.consolidated(*(files.person(f"T.{n}") for n in range(3)))
    assert refusal(united, many) == "watch_too_many"


def test_entries_without_number_or_name_are_problems_with_their_place():
    read = united(
        files.consolidated(
            "<INDIVIDUAL><FIRST_NAME>A</FIRST_NAME></INDIVIDUAL>",
            "<INDIVIDUAL><DATAID>7</DATAID></INDIVIDUAL>",
            files.person("T.1"),
            files.person("T.1", "SOMEBODY ELSE"),
        )
    )
    assert [entry.reference for entry in read.entries] == ["T.1"]
    assert [(p.line, p.code) for p in read.problems] == [
        (1, "entry_without_reference"),
        (2, "entry_without_name"),
        (4, "entry_twice"),
    ]


def test_a_date_that_no_calendar_has_is_not_known():
    bad = "<DATE>1985-02-31</DATE>"
    (entry,) = united(files.consolidated(files.person(born=bad))).entries
    assert entry.births == ()


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "utf-8-sig"])
def test_a_table_is_read_with_its_columns_guessed(encoding):
    read = table(files.CSV.encode(encoding))
    first, second = read.entries
    assert first.names == ("Асанов Бакыт",)
    assert first.births == (Birth(*[birth("1985-03-12").first] * 2),)
    assert (first.sex, second.sex) == ("M", "F")
    assert first.papers[0].number == "AC7777777"
    assert second.personal_number == "21203198500042"
    assert str(second.births[0]) == "1990"


def test_a_line_that_cannot_be_read_is_a_problem_and_no_end():
    text = "name;birth\nАсанов Бакыт;soon\n;1980\nИвентов Тест;1981\n"
    read = table(text, {"name": 0, "birth": 1})
    assert [(p.line, p.code) for p in read.problems] == [
        (2, "entry_birth_unclear"),
        (3, "entry_without_name"),
    ]
    assert [entry.names[0] for entry in read.entries] == ["Ивентов Тест"]


def test_a_cell_of_a_million_letters_is_a_problem_or_a_clear_word():
    text = "name;remark\nАсанов;" + "x" * 100_000 + "\nИвентов Тест;\n"
    read = table(text, {"name": 0, "remark": 1})
    assert [p.code for p in read.problems] == ["cell_too_long_here"]
    huge = "name\n" + "x" * 1_000_000 + "\n"
    assert refusal(table, huge, {"name": 0}) == "watch_line_broken"


@pytest.mark.parametrize(
    ("text", "columns", "code"),
    [
        ("name\n", {"name": 0}, "watch_file_without_people"),
        ("a;b\n1;2\n", {"birth": 0}, "watch_no_name_column"),
        (b"name\n\0\0\n", {"name": 0}, "watch_file_unreadable"),
        (";".join("x" * 99) + "\nx\n", {"name": 0}, "watch_too_many_columns"),
        ("name\n" + "1\n" * 600, {"name": 0}, "watch_too_many_problems"),
    ],
)
def test_a_table_that_is_none_gets_a_clear_word(text, columns, code):
    assert refusal(table, text, columns) == code


def test_bytes_that_are_no_utf8_are_refused_where_utf8_is_chosen():
    data = files.CSV.encode("cp1251")
    assert (
        refusal(table, data, {"name": 1}, encoding="utf-8") == "watch_file_unreadable"
    )
