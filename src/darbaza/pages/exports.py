"""CSV and XLSX of a table: row by row, whatever its length, and harmless to open.

A text that a spreadsheet would take for a formula gets an apostrophe in front (CSV) or
is marked as text (XLSX), so that a visitor's name never runs on an officer's computer.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import quote

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from darbaza.kernel.errors import Invalid
from darbaza.pages import tables

KINDS = ("csv", "xlsx")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DANGER = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
# What XML, and so a workbook, cannot hold.
_FORBIDDEN = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]")
DATE, MOMENT = "dd.mm.yyyy", "dd.mm.yyyy hh:mm"


class _Echo:
    """A file for ``csv`` that hands each line back."""

    def write(self, line: str) -> str:
        return line


def guarded(value: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    A telephone number ("+996…") or a negative figure typed as text is guarded too:
    nobody can tell it from an attack. An already guarded text gets one more mark, so
    that :func:`unguarded` always gives the original back.
    """
    return f"'{value}" if value.startswith((*DANGER, "'")) else value


def unguarded(value: str) -> str:
    """Return the text that :func:`guarded` was given."""
    marked = tuple(f"'{first}" for first in (*DANGER, "'"))
    return value[1:] if value.startswith(marked) else value


def respond(
    lines: Iterable[Sequence[Any]], *, kind: str, name: str
) -> HttpResponseBase:
    """Answer with a file.

    Args:
        lines: Head and rows, as ``Table.lines`` yields them.
        kind: "csv" or "xlsx".
        name: File name without its ending.

    Raises:
        ValueError: Another kind.
    """
    if kind == "csv":
        text = csv_lines(lines)
        answer = StreamingHttpResponse(text, content_type="text/csv; charset=utf-8")
        return _named(answer, f"{name}.csv")
    if kind == "xlsx":
        file = TemporaryFile()  # noqa: SIM115 # FileResponse closes it
        write_xlsx(lines, file)
        file.seek(0)
        return _named(FileResponse(file, content_type=XLSX), f"{name}.xlsx")
    message = f"no such kind of export: {kind}"
    raise ValueError(message)


def give(
    table: tables.Table[Any],
    rows: Any,
    asked: Mapping[str, str],
    *,
    kind: str,
    name: str,
    noted: Callable[[int], object],
) -> HttpResponseBase:
    """Answer with a list as a file, searched and sorted as it was seen.

    Args:
        table: Its columns.
        rows: Rows or a queryset.
        asked: What the address says: ``q``, ``sort``.
        kind: "csv" or "xlsx".
        name: File name without its ending.
        noted: Puts on record that so many rows are taken, before they are.

    Raises:
        Invalid: ``format_unknown``.
    """
    if kind not in KINDS:
        raise Invalid("format_unknown", field="format")
    found = table.select(rows, query=asked.get("q", ""), sort=asked.get("sort", ""))
    noted(len(found) if isinstance(found, list) else found.count())
    return respond(table.lines(found), kind=kind, name=name)


def csv_lines(lines: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield CSV with semicolons and a byte-order mark, as spreadsheets here want."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff"
    for line in lines:
        yield writer.writerow([_csv(value) for value in line])


def write_xlsx(lines: Iterable[Sequence[Any]], file: Any) -> None:
    """Write a workbook of one sheet in constant memory; the head stays in view."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    bold = Font(bold=True)
    for index, line in enumerate(lines):
        cells = [_xlsx(sheet, value) for value in line]
        if index == 0:
            for cell in cells:
                cell.font = bold
        sheet.append(cells)
    book.save(file)


def _csv(value: Any) -> str:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value)
    return guarded(tables.text(value))


def _xlsx(sheet: Any, value: Any) -> WriteOnlyCell:
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        cell = WriteOnlyCell(sheet, value=local.replace(tzinfo=None))
        cell.number_format = MOMENT
        return cell
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, value=value)
        cell.number_format = DATE
        return cell
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value=_FORBIDDEN.sub("", tables.text(value)))
    cell.data_type = "s"  # a text, even where it begins with "="
    return cell


def _named(response: HttpResponseBase, name: str) -> HttpResponseBase:
    plain = Path(name.encode("ascii", "ignore").decode() or "export").name
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    )
    return response
