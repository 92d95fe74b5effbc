"""Lists that somebody damaged or made to do harm: refused, or taken row by row.

Whatever the bytes are, the answer is a sentence; no row is taken twice, nothing of a
cell is ever a formula, and the record holds.
"""

import io
import zipfile
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from darbaza.accounts.models import User
from darbaza.audit import selectors as audit
from darbaza.custody.imports import services
from darbaza.custody.imports.types import Upload
from darbaza.custody.models import ImportRow, Prisoner
from darbaza.kernel.errors import DarbazaError
from darbaza.persons.models import Person
from tests import cast
from tests.custody.test_imports import BANS, CONTACTS, GOOD, HEAD, OTHER, USERS
from tests.robust.test_hostile import HOSTILE_WORDS, within

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.usefixtures("clock"),
]
LISTS = {
    "prisoners": f"{HEAD}\n{GOOD}\n{OTHER}",
    "contacts": CONTACTS,
    "bans": BANS,
    "users": USERS,
}
ENCODINGS = (
    "utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le", "koi8-r", "cp866", "utf-7",
    "utf-32",
)  # fmt: skip
CELLS = (
    *HOSTILE_WORDS, "=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "+7", "-1", "1e400",
    "NaN", "31.12.9999", "0000-00-00", "2026-11-23T00:00:00+99:99", "А" * 40_000,
    "\t\t", '"', ";;;;", "\r", "1.5", "TRUE", "#REF!",
)  # fmt: skip
PART = "xl/worksheets/sheet1.xml"
bounded = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
kinds = st.sampled_from(sorted(LISTS))


def take(kind: str, data: bytes, name: str = "list.csv") -> None:
    """Take a file over to its end, or be refused; then forget it."""
    with transaction.atomic():
        try:
            _take(kind, Upload(name, data))
        except DarbazaError as refused:
            assert refused.code  # noqa: PT017 - being refused is as good
        assert list(audit.breaches()) == []
        transaction.set_rollback(True)


def _take(kind: str, file: Upload) -> None:
    who = {"by": cast.ADMINISTRATOR if kind == "users" else cast.REGISTRAR}
    who["at"] = cast.NINE
    batch = services.upload(kind, file, request_id=uuid4(), **who)
    services.match(batch.pk, batch.columns, **who)
    for step in (None, services.begin):
        if step:
            step(batch.pk, **who)
        while services.walk(batch.pk, **who):
            pass
    lines = ImportRow.objects.filter(batch=batch).count()
    made = Prisoner.objects.count() + Person.objects.count() + User.objects.count()
    assert made <= 3 * lines
    numbers = list(Prisoner.objects.values_list("number", flat=True))
    assert len(numbers) == len(set(numbers))
    for row in Person.objects.all():
        assert not set(row.surname) & {"\x00", "\x07", "\x1b", "\u202e", "\u200b"}


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """A file with some of its bytes changed, lost, doubled, or cut off."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, max(0, len(data) - 1)))
        match draw(st.sampled_from(["change", "lose", "insert", "cut", "double"])):
            case "change":
                data[place : place + 1] = bytes([draw(st.integers(0, 255))])
            case "lose":
                del data[place : place + draw(st.integers(1, 40))]
            case "insert":
                data[place:place] = draw(st.binary(max_size=20))
            case "double":
                data[place:place] = data[place : place + 60]
            case "cut":
                del data[place:]
    return bytes(data)


@st.composite
def tables(draw: st.DrawFn, kind: str) -> list[list[str]]:
    """The right columns over rows in which some cells are hostile."""
    head, *rows = (line.split(";") for line in LISTS[kind].split("\n"))
    hostile = st.one_of(st.sampled_from(CELLS), st.text(max_size=30))
    for row in rows:
        for place in range(len(row)):
            if draw(st.integers(0, 3)) == 0:
                row[place] = draw(hostile)
    return [head, *rows, *rows[: draw(st.integers(0, 2))]]


def csv_of(rows: list[list[str]]) -> bytes:
    """Write rows as somebody's program does: nothing is quoted."""
    text = "\n".join(";".join(row) for row in rows)
    return text.encode("utf-8", "surrogatepass")


def xlsx_of(rows: list[list[str]]) -> bytes:
    """Write rows as a workbook; formulas stay formulas."""
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        cells = [_fits(cell) for cell in row]
        book.active.append(cells)
    book.save(out)
    return out.getvalue()


def _fits(cell: str) -> str:
    """What a workbook can hold at all."""
    text = "".join(c for c in cell if c.isprintable() and not "\ud800" <= c <= "\udfff")
    return text[:32_000]


@bounded
@given(kind=kinds, data=st.data())
def test_any_list_is_taken_row_by_row_or_refused(colony, kind, data):
    rows = data.draw(tables(kind))
    plain, book = csv_of(rows), xlsx_of(rows)
    encoding = data.draw(st.sampled_from(ENCODINGS))
    take(kind, plain)
    take(kind, book, "list.xlsx")
    take(kind, data.draw(damaged(plain)))
    take(kind, data.draw(damaged(book)), "list.xlsx")
    take(kind, LISTS[kind].encode(encoding, "replace"), encoding)
    take(kind, data.draw(st.binary(max_size=300)))


def _book(parts: dict[str, bytes]) -> bytes:
    """A good workbook in which some parts are replaced."""
    out = io.BytesIO()
    whole = zipfile.ZipFile(io.BytesIO(xlsx_of([["a", "b"], ["1", "2"]])))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in whole.namelist():
            made.writestr(name, parts.get(name, whole.read(name)))
        for name in set(parts) - set(whole.namelist()):
            made.writestr(name, parts[name])
    return out.getvalue()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + SHEET
    + b"<sheetData><row><c t='inlineStr'><is><t>&b;</t></is></c></row></sheetData>"
)  # fmt: skip
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SHEET
BOMBS = {
    "ten gigabytes of spaces would fit": {PART: b" " * (170 * 1024 * 1024)},
    "entities that multiply": {PART: LAUGHS},
    "an entity of a file": {PART: OUTSIDE},
    "a row of sixteen million": {
        PART: SHEET + b"<sheetData><row r='16777216'><c r='XFD16777216'><v>1</v></c>"
        b"</row></sheetData></worksheet>"
    },
    "a million empty rows": {
        PART: SHEET
        + b"<sheetData>"
        + b"<row/>" * 1_000_000
        + b"</sheetData></worksheet>"
    },
    "deep nesting": {PART: SHEET + b"<a>" * 100_000},
    "no sheet": {PART: b""},
    "a workbook that is none": {"xl/workbook.xml": b"<a/>"},
    "many parts": {f"xl/x{n}.xml": b"<a/>" for n in range(600)},
    "paths that lead out": {"../../../etc/cron.d/x": b"x", "/etc/passwd": b"x"},
}


@pytest.mark.parametrize("parts", BOMBS.values(), ids=BOMBS)
def test_a_workbook_built_to_do_harm_ends_in_bounded_time(colony, parts):
    data = _book(parts)
    with within(8):
        take("prisoners", data, "list.xlsx")


@pytest.mark.parametrize("name", ["../../a.csv", "a\u202evsc.exe", "А" * 400, " "])
def test_the_page_takes_or_refuses_a_file_of_any_name(colony, sign_in, name):
    client: Any = sign_in(cast.REGISTRAR)
    client.raise_request_exception = False
    for body in (b"", b"\x00" * 500, LISTS["prisoners"].encode(), _book({PART: b""})):
        file = SimpleUploadedFile("x", body)
        file.name = name
        sent = {"kind": "prisoners", "file": file, "request_id": str(uuid4())}
        answer = client.post("/prisoners/import/", sent)
        assert answer.status_code in {302, 400, 422}
        assert b"Traceback" not in answer.content
