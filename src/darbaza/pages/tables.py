"""Tables as pages show them: search, sort and page from the address; export apart.

A room describes its columns once::

    TABLE = Table(
        columns=(
            Column("name", _("Name"), value=lambda v: v.name, order="key"),
            Column("at", _("Came"), value=lambda v: v.arrived_at, order="arrived_at"),
        ),
        search=lambda rows, q: rows.filter(key__contains=q),
        order="-at",
    )
    view = TABLE.view(selectors.visits(by=request.actor), request.GET)

Own classes instead of django-tables2: the same description serves page, CSV and XLSX,
it is typed, and it never counts more rows than it must.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.utils.functional import Promise

from darbaza.pages import dates

Row = TypeVar("Row")
Words = str | Promise
SIZES = (25, 50, 100, 200)


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column.

    Args:
        key: Stable word for the address and for exports.
        title: What stands in the head.
        value: The plain value of a row (text, figure, day, moment); used by exports.
        order: Database field to sort by, or "" where sorting makes no sense.
        link: Address that the cell leads to, or None.
        template: Name of an include that draws the cell; it gets ``row`` and ``value``.
        numeric: Right-aligned.
        export_only: Not on the screen.
    """

    key: str
    title: Words
    value: Callable[[Row], Any]
    order: str = ""
    link: Callable[[Row], str] | None = None
    template: str = ""
    numeric: bool = False
    export_only: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as the template draws it."""

    text: str
    value: Any
    link: str
    template: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Head:
    """One head cell: its link sorts, a second click turns the order."""

    title: Words
    sort: str
    state: str  # "ascending", "descending" or "none", as aria-sort says it
    numeric: bool


@dataclass(frozen=True, slots=True)
class View(Generic[Row]):
    """A table for one request; give it to ``pages/_table.html`` as ``table``."""

    heads: Sequence[Head]
    rows: Sequence[tuple[Row, Sequence[Cell]]]
    page: "Page[Any]"
    query: str
    sort: str
    pages: Sequence[int | str] = ()

    @property
    def total(self) -> int:
        """How many rows there are on all pages."""
        return self.page.paginator.count


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """What a table shows and how it may be sorted and searched."""

    columns: Sequence[Column[Row]]
    search: Callable[[Any, str], Any] | None = None
    order: str = ""
    size: int = 50
    by_key: Mapping[str, Column[Row]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        known = {column.key: column for column in self.columns}
        object.__setattr__(self, "by_key", known)

    def view(self, rows: Any, params: Mapping[str, str]) -> View[Row]:
        """Return the page that ``q``, ``sort``, ``page`` and ``size`` ask for.

        Unknown or broken parameters are as good as none: a link may be old.
        """
        query = params.get("q", "").strip()[:120]
        sort = self._known_sort(params.get("sort", ""))
        found = self.select(rows, query=query, sort=sort)
        paginator = Paginator(found, self._size(params.get("size", "")))
        page = paginator.get_page(params.get("page"))
        shown = [column for column in self.columns if not column.export_only]
        return View(
            heads=[self._head(column, sort) for column in shown],
            rows=[(row, [_cell(column, row) for column in shown]) for row in page],
            page=page,
            query=query,
            sort=sort,
            pages=_page_list(page),
        )

    def select(self, rows: Any, *, query: str = "", sort: str = "") -> Any:
        """Return all rows searched and sorted, for the page and for exports."""
        if query and self.search:
            rows = self.search(rows, query)
        key = self._known_sort(sort).lstrip("-")
        if not key:
            return rows
        back = self._known_sort(sort).startswith("-")
        column = self.by_key[key]
        if isinstance(rows, QuerySet):
            first = F(column.order)
            by = first.desc(nulls_last=True) if back else first.asc(nulls_last=True)
            return rows.order_by(by, "pk")
        return sorted(rows, key=lambda row: _sortable(column.value(row)), reverse=back)

    def lines(self, rows: Iterable[Row]) -> Iterator[list[Any]]:
        """Yield the head and then one line of plain values a row, for exports."""
        yield [str(column.title) for column in self.columns]
        if isinstance(rows, QuerySet):
            rows = rows.iterator(chunk_size=2000)
        for row in rows:
            yield [column.value(row) for column in self.columns]

    def _known_sort(self, wanted: str) -> str:
        for sort in (wanted, self.order):
            column = self.by_key.get(sort.lstrip("-"))
            if column and column.order:
                return sort
        return ""

    def _size(self, wanted: str) -> int:
        return int(wanted) if wanted in map(str, SIZES) else self.size

    def _head(self, column: Column[Row], sort: str) -> Head:
        if not column.order:
            return Head(column.title, "", "none", column.numeric)
        if sort == column.key:
            return Head(column.title, f"-{column.key}", "ascending", column.numeric)
        state = "descending" if sort == f"-{column.key}" else "none"
        return Head(column.title, column.key, state, column.numeric)


def text(value: Any) -> str:
    """Return a plain value as a table shows it."""
    if value is None or value is False:
        return ""
    if value is True:
        return "✔"
    if isinstance(value, datetime):
        return dates.moment(value)
    if isinstance(value, date):
        return dates.short(value)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(value)


def _cell(column: Column[Row], row: Row) -> Cell:
    value = column.value(row)
    link = column.link(row) if column.link else ""
    return Cell(text(value), value, link, column.template, column.numeric)


def _sortable(value: Any) -> tuple[bool, Any]:
    if isinstance(value, str | Promise):
        return (False, str(value).casefold())
    return (value is None, 0 if value is None else value)


def _page_list(page: "Page[Any]") -> list[int | str]:
    if page.paginator.num_pages < 2:
        return []
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    # Django translates its dots; the template knows them by one sign.
    return [number if isinstance(number, int) else "…" for number in shown]
