"""Reads whose SQL the ORM writes once: for what every page or every scan asks.

Django builds a statement anew at each query; that costs several times what the database
needs to answer it. ``Prepared`` lets the ORM build it once for each shape of the values
and afterwards only sends it, with the same converters on the way back.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

from darbaza.kernel.db.direct import key

M = TypeVar("M", bound=Model)
Rows = list[tuple[Any, ...]]
_MANY = (frozenset, set, list, tuple)
_marks = count(1)


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """One statement, where its values go and how its columns come back."""

    sql: str
    fixed: tuple[Any, ...]
    places: tuple[tuple[int, str, int], ...]
    """(position, name, index within a collection or -1)."""
    converters: tuple[tuple[int, tuple[Any, Any]], ...]
    klass: dict[str, Any] | None
    select: tuple[Any, ...]


class Prepared:
    """A read that the ORM builds once: ``Prepared(build)(name=value)``.

    Args:
        build: Takes the values by name and returns ``rows.values_list(...)``. A value
            is a UUID, text, datetime, date or whole number, or a collection of one of
            them. What ``build`` does with a value must not depend on the value.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._plans: dict[tuple[Any, ...], _Plan] = {}

    def __call__(self, **values: Any) -> Rows:
        """Return the rows as tuples of Python values."""
        link = connections[DEFAULT_DB_ALIAS]
        values = {n: _listed(v) for n, v in values.items()}
        if any(v == [] for v in values.values()):
            return []
        plan = self._plan(values)
        given = list(plan.fixed)
        for place, name, index in plan.places:
            value = values[name] if index < 0 else values[name][index]
            given[place] = _sent(value, link)
        with link.cursor() as cursor:
            cursor.execute(plan.sql, given)
            rows = cursor.fetchall()
        return _converted(rows, plan, link) if plan.converters else rows

    def first(self, **values: Any) -> tuple[Any, ...] | None:
        """Return the first row, None where there is none."""
        return next(iter(self(**values)), None)

    def _plan(self, values: dict[str, Any]) -> _Plan:
        link = connections[DEFAULT_DB_ALIAS]
        sizes = [len(v) for v in values.values() if isinstance(v, _MANY)]
        shape = (link.vendor, *values, *sizes)
        if shape not in self._plans:
            self._plans[shape] = self._learn(values, link)
        return self._plans[shape]

    def _learn(self, values: dict[str, Any], link: Any) -> _Plan:
        """Build the statement with marks for values; see where the marks went."""
        marks: dict[str, Any] = {}
        meaning: dict[Any, tuple[str, int]] = {}
        for name, value in values.items():
            if isinstance(value, _MANY):
                marks[name] = [_mark(one) for one in value]
                pairs = [(mark, n) for n, mark in enumerate(marks[name])]
            else:
                marks[name] = _mark(value)
                pairs = [(marks[name], -1)]
            meaning |= {_sent(mark, link): (name, n) for mark, n in pairs}
        compiler = self._build(**marks).query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, fixed = compiler.as_sql()
        except EmptyResultSet:
            message = f"{self._build.__name__} can never find anything"
            raise ValueError(message) from None
        places = tuple(
            (n, *meaning[value]) for n, value in enumerate(fixed) if value in meaning
        )
        if {name for _n, name, _i in places} != set(values):
            message = f"{self._build.__name__} does not use every value as it is"
            raise ValueError(message)
        columns = [column for column, _sql, _alias in compiler.select or ()]
        found = tuple(compiler.get_converters(columns).items())
        select = tuple(compiler.select or ())
        return _Plan(sql, tuple(fixed), places, found, compiler.klass_info, select)


class PreparedObjects(Prepared, Generic[M]):
    """The same for objects of a model, with ``select_related`` and ``only``."""

    def __init__(self, build: Callable[..., QuerySet[M]]) -> None:
        super().__init__(build)
        self._makers: dict[_Plan, tuple[type[M], list[str], list[Any]]] = {}

    def all(self, **values: Any) -> list[M]:
        """Return the objects."""
        rows = self(**values)
        if not rows:
            return []
        model, names, related = self._made(values)
        found = []
        for row in rows:
            one = model.from_db(DEFAULT_DB_ALIAS, names, row[: len(names)])
            for populator in related:
                populator.populate(row, one)
            found.append(one)
        return found

    def one(self, **values: Any) -> M | None:
        """Return the first object, None where there is none."""
        return next(iter(self.all(**values)), None)

    def _made(self, values: dict[str, Any]) -> tuple[type[M], list[str], list[Any]]:
        """Return the model, the names of its columns, and what fills related ones."""
        plan = self._plan(values)
        if plan not in self._makers:
            klass = plan.klass
            assert klass  # noqa: S101 - build returned values_list()
            names = [plan.select[n][0].target.attname for n in klass["select_fields"]]
            # Django 6.1 wants a fetch mode besides; the types know that already.
            related = get_related_populators(klass, plan.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
            self._makers[plan] = klass["model"], names, related
        return self._makers[plan]


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, _MANY) else value


def _mark(value: Any) -> Any:
    """Return a value of the same type that stands nowhere else."""
    number = 7_000_000 + next(_marks)
    if isinstance(value, UUID):
        return UUID(int=number << 64)
    if isinstance(value, datetime):
        return datetime.fromtimestamp(number, UTC)
    if isinstance(value, date):
        return date.fromordinal(number % 3_000_000 + 1)
    return number if isinstance(value, int) else f"mark-{number}"


def _sent(value: Any, link: Any) -> Any:
    if isinstance(value, UUID):
        return key(value)
    if isinstance(value, datetime):
        return link.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return link.ops.adapt_datefield_value(value)
    return value


def _converted(rows: Collection[tuple[Any, ...]], plan: _Plan, link: Any) -> Rows:
    found = [list(row) for row in rows]
    for place, (functions, column) in plan.converters:
        for row in found:
            for function in functions:
                row[place] = function(row[place], column, link)
    return [tuple(row) for row in found]
