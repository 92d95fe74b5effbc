"""Tables and their exports."""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from openpyxl import load_workbook

from darbaza.pages import exports, tables

NOON = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    name: str
    on: date | None = None
    at: datetime | None = None
    visits: int = 0


ROWS = [Row("Б", visits=2), Row("а", visits=3), Row("В", on=NOON.date(), visits=1)]
TABLE = tables.Table(
    columns=(
        tables.Column("name", "Name", value=lambda r: r.name, order="name"),
        tables.Column("on", "On", value=lambda r: r.on, order="on"),
        tables.Column("at", "At", value=lambda r: r.at, export_only=True),
        tables.Column(
            "visits", "Visits", value=lambda r: r.visits, order="v", numeric=True
        ),
        tables.Column(
            "link", "Link", value=lambda r: r.name, link=lambda r: f"/{r.name}"
        ),
    ),
    search=lambda rows, query: [r for r in rows if query in r.name],
    order="name",
    size=25,
)


def names(view):
    return [row.name for row, _cells in view.rows]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", ["а", "Б", "В"]),
        ("-name", ["В", "Б", "а"]),
        ("visits", ["В", "Б", "а"]),
        ("-visits", ["а", "Б", "В"]),
        ("link", ["а", "Б", "В"]),
        ("password", ["а", "Б", "В"]),
        ("on", ["В", "Б", "а"]),
    ],
)
def test_a_table_sorts_by_its_columns_and_by_nothing_else(sort, expected):
    assert names(TABLE.view(ROWS, {"sort": sort})) == expected


def test_a_second_click_turns_the_order():
    heads = {h.title: h for h in TABLE.view(ROWS, {"sort": "name"}).heads}
    assert (heads["Name"].sort, heads["Name"].state) == ("-name", "ascending")
    assert (heads["Visits"].sort, heads["Visits"].state) == ("visits", "none")
    assert heads["Link"].sort == ""


@pytest.mark.parametrize("page", ["0", "-3", "99", "x", ""])
def test_a_broken_page_number_still_shows_a_page(page):
    assert TABLE.view(ROWS, {"page": page, "size": "9999"}).rows


def test_search_finds_and_is_cut_to_a_sane_length():
    assert names(TABLE.view(ROWS, {"q": " а "})) == ["а"]
    assert len(TABLE.view(ROWS, {"q": "я" * 5000}).query) == 120


def test_many_rows_come_in_pages():
    view = TABLE.view([Row(f"{n:04}") for n in range(1000)], {"page": "20"})
    assert view.total == 1000
    assert names(view)[0] == "0475"
    assert list(view.pages) == [1, "…", 18, 19, 20, 21, 22, "…", 40]


def test_cells_show_days_and_moments_as_people_write_them():
    shown = [tables.text(v) for v in (NOON, NOON.date(), NOON.time(), True, None, 7)]
    assert shown == ["22.11.2026 12:00", "22.11.2026", "06:00", "✔", "", "7"]


HOSTILE = [
    "=1+1",
    "+996700",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "'quoted",
    "|cmd",
    "%0A",
    "АСАНОВ",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_guarded_text_is_no_formula_and_comes_back_unchanged(text):
    assert not exports.guarded(text).startswith(exports.DANGER)
    assert exports.unguarded(exports.guarded(text)) == text


def test_csv_opens_again_with_the_same_values():
    rows = [
        Row(text, on=NOON.date(), at=NOON, visits=n) for n, text in enumerate(HOSTILE)
    ]
    answer = exports.respond(TABLE.lines(rows), kind="csv", name="Келүүчүлөр")

    text = b"".join(answer.streaming_content).decode()
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))

    assert text.startswith("\ufeffName;On;At;Visits;Link")
    assert [exports.unguarded(line[0]) for line in lines[1:]] == HOSTILE
    assert lines[1][1:4] == ["22.11.2026", "22.11.2026 12:00", "0"]
    assert "filename*=UTF-8''%D0%9A" in answer.headers["Content-Disposition"]


@pytest.mark.django_db  # closing an answer looks for old connections
def test_xlsx_opens_again_with_the_same_values_and_no_formula():
    hostile = [*HOSTILE, "bell\x07"]
    rows = [
        Row(text, on=NOON.date(), at=NOON, visits=n) for n, text in enumerate(hostile)
    ]
    answer = exports.respond(TABLE.lines(rows), kind="xlsx", name="x")

    content = io.BytesIO(b"".join(answer.streaming_content))
    answer.close()
    sheet = load_workbook(content).active
    cells = list(sheet.iter_rows(min_row=2))

    assert [row[0].value for row in cells] == [*HOSTILE, "bell"]
    assert {row[0].data_type for row in cells} == {"s"}
    assert cells[0][1].value == datetime(2026, 11, 22)  # noqa: DTZ001 # a day has no zone
    assert cells[0][2].value == datetime(2026, 11, 22, 12)  # noqa: DTZ001 # local
    assert [row[3].value for row in cells] == list(range(len(hostile)))
    assert sheet.freeze_panes == "A2"


def test_another_kind_of_export_is_refused():
    with pytest.raises(ValueError, match="pdf"):
        exports.respond([], kind="pdf", name="x")


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.parametrize("kind", exports.KINDS)
def test_fifty_thousand_rows_open_again_and_compare_equal(kind):
    rows = [Row(f"Ө{n}", visits=n) for n in range(50_000)]
    with translation.override("ky"):
        answer = exports.respond(TABLE.lines(rows), kind=kind, name="x")
        content = b"".join(answer.streaming_content)
        answer.close()
    if kind == "csv":
        read = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        found = [(line[0], int(line[3])) for line in read[1:]]
    else:
        book = load_workbook(io.BytesIO(content), read_only=True)
        lines = book.active.iter_rows(min_row=2, values_only=True)
        found = [(line[0], line[3]) for line in lines]
    assert found == [(row.name, row.visits) for row in rows]
