"""A CSV or XLSX file becomes lines of plain text; every file counts as hostile.

Bounds before anything is unpacked: bytes, parts of the archive, unpacked size, ratio,
lines, columns, letters a cell. A document type in any part (entity bombs) is refused.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from xml.parsers import expat

from openpyxl import load_workbook

from darbaza.custody.imports.types import Sheet, Upload
from darbaza.kernel.errors import Invalid
from darbaza.pages import exports
from darbaza.pages.parsing import clean_line

BYTES = 12 * 1024 * 1024
UNPACKED = 160 * 1024 * 1024
RATIO = 200
PARTS = 500
LINES = 50_000
COLUMNS = 60
LETTERS = 1_000
"""A longer cell is kept one letter longer than this, so that its row is refused."""
_BLANK_LINES = 1_000
_SEPARATORS = ";,\t"


def sheet(upload: Upload) -> Sheet:
    """Read a file.

    Raises:
        Invalid: Too large, no table in it, not CSV or XLSX, or built to do harm.
    """
    if not upload.data.strip():
        raise Invalid("file_empty", field="file")
    if len(upload.data) > BYTES:
        raise Invalid("file_too_large", field="file", megabytes=BYTES // 1024**2)
    if upload.data[:4] == b"PK\x03\x04":
        return _table(_xlsx(upload.data))
    return _table(_csv(upload.data))


def _table(lines: Iterable[tuple[int, list[str]]]) -> Sheet:
    head: list[str] = []
    found: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in lines:
        if not any(cells):
            continue
        if not head:
            head = _head(cells)
            continue
        if len(found) >= LINES:
            raise Invalid("too_many_lines", field="file", most=LINES)
        padded = cells[: len(head)] + [""] * (len(head) - len(cells))
        found.append((number, tuple(padded)))
    if not head or not found:
        raise Invalid("file_without_lines", field="file")
    return Sheet(tuple(head), found)


def _head(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    if len(cells) > COLUMNS:
        raise Invalid("too_many_columns", field="file", most=COLUMNS)
    return [cell[:80] for cell in cells]


def _csv(data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(data)
    first = text[:4_096].lstrip("\r\n").splitlines() or [""]
    separator = max(_SEPARATORS, key=first[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for line in reader:
            if len(line) > COLUMNS * 4:
                raise Invalid("too_many_columns", field="file", most=COLUMNS)
            yield reader.line_num, [_text(exports.unguarded(cell)) for cell in line]
    except csv.Error:
        line_number = reader.line_num + 1
        raise Invalid("line_unreadable", field="file", line=line_number) from None


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1251"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and _readable(text[:20_000]):
            return text
    raise Invalid("file_unreadable", field="file")


def _readable(text: str) -> bool:
    odd = sum(1 for c in text if not c.isprintable() and c not in "\r\n\t\ufeff")
    return odd <= 8 + len(text) // 50


def _xlsx(data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        _safe(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(
            max_row=LINES + _BLANK_LINES, max_col=COLUMNS + 1, values_only=True
        )
        for number, row in enumerate(rows, start=1):
            yield number, [_text(value) for value in row]
    except Invalid:
        raise
    except Exception as error:
        # openpyxl answers a broken file with whatever broke: KeyError, TypeError ...
        raise Invalid("file_unreadable", field="file") from error


def _safe(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        too_big = len(parts) > PARTS or unpacked > UNPACKED
        if too_big or unpacked > RATIO * max(len(data), 4_096):
            raise Invalid("file_is_a_bomb", field="file")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as stream:
                    _no_document_type(stream)


class _RootFound(Exception):
    pass


def _no_document_type(stream: Any) -> None:
    """Look at what stands before the root element, in any encoding."""

    def refuse(*_: Any) -> None:
        raise Invalid("file_is_a_bomb", field="file")

    def enough(*_: Any) -> None:
        raise _RootFound

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = enough
    try:
        while block := stream.read(4_096):
            parser.Parse(block)
    except _RootFound:
        return


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean_line(str(value)[: LETTERS + 1])
