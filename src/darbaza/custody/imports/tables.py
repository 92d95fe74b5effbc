"""How lists and their rows are shown and given out."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from darbaza.custody.imports import columns, texts, walking
from darbaza.custody.models import ImportBatch, ImportRow
from darbaza.pages.tables import Column, Table

_OUTCOMES = ("new", "present", "wrong", "made", "withdrawn", "kept")

BATCHES: Table[ImportBatch] = Table(
    columns=(
        Column(
            "at",
            gettext_lazy("Uploaded"),
            value=lambda b: b.uploaded_at,
            order="uploaded_at",
        ),
        Column(
            "file",
            gettext_lazy("File"),
            value=lambda b: b.file_name,
            link=lambda b: reverse("custody:import", args=[b.pk]),
        ),
        Column("kind", gettext_lazy("Holds"), value=lambda b: b.get_kind_display()),
        Column("lines", gettext_lazy("Rows"), value=lambda b: b.total, numeric=True),
        Column("status", gettext_lazy("State"), value=lambda b: b.get_status_display()),
        Column("who", gettext_lazy("By"), value=lambda b: b.uploaded_by),
    ),
    order="-at",
)


def heads(kind: str) -> list[str]:
    """Return the heads of an empty workbook."""
    return [str(texts.COLUMNS[field.name]) for field in columns.KINDS[kind]]


def rows(batch: ImportBatch) -> Table[ImportRow]:
    """Return the table of a batch's rows: line, what becomes of it, and its cells."""
    shown = [name for name in columns.fields(batch.kind) if name in batch.columns]
    return Table(
        columns=(
            Column("line", gettext_lazy("Line"), value=lambda r: r.line, numeric=True),
            Column("status", gettext_lazy("Row"), value=_state),
            *(_cell(batch, name) for name in shown),
        ),
    )


def _state(row: ImportRow) -> str:
    said = texts.problems(row.problems)
    return f"{row.get_status_display()}. {said}" if said else row.get_status_display()


def _cell(batch: ImportBatch, name: str) -> Column[ImportRow]:
    def value(row: ImportRow) -> str:
        return walking.cells(batch, row).get(name, "")[:60]

    return Column(name, texts.COLUMNS[name], value=value)


def groups(counts: dict[str, int], shown: str) -> list[dict[str, Any]]:
    """Return the links that narrow the rows to one outcome, and all of them."""
    words = dict(ImportRow.Status.choices)
    total = sum(counts.values())
    found = [{"status": "", "words": _("all"), "count": total, "shown": not shown}]
    return found + [
        {"status": s, "words": words[s], "count": counts[s], "shown": s == shown}
        for s in _OUTCOMES
        if counts[s]
    ]


def samples(
    form: Any, first: Sequence[ImportRow], batch: ImportBatch
) -> list[dict[str, Any]]:
    """Return each field with the first cells of the column that is chosen for it."""
    return [
        {
            "field": field,
            "samples": [
                row.cells[batch.columns[field.name]][:40]
                for row in first
                if field.name in batch.columns
            ],
        }
        for field in form
    ]


def ignored(batch: ImportBatch) -> list[str]:
    """Return the heads of columns that nothing is read from."""
    used = set(batch.columns.values())
    return [head for i, head in enumerate(batch.head) if head and i not in used]


def wrong_lines(batch: ImportBatch, wrong: Iterable[ImportRow]) -> Iterator[list[Any]]:
    """Yield head and rows as they came, with the error in a last column.

    An error column of an earlier round is replaced, so a file may go round often.
    """
    title = _("Error")
    keep = [i for i, head in enumerate(batch.head) if head != title]
    yield [*(batch.head[i] for i in keep), title]
    for row in wrong:
        yield [*(row.cells[i] for i in keep), texts.problems(row.problems)]
