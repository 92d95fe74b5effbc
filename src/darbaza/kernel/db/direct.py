"""Statements of constant text, handed to the driver underneath Django's layers.

For the one path where these layers cost more than the database does: registering a
visit. Transactions, errors and ``on_commit`` stay Django's; its query log does not see
these statements. The driver keeps each text prepared.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast
from uuid import UUID

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

Work = TypeVar("Work", bound=Callable[..., Any])
Adapter = Callable[[Any], Any]

_json = json.JSONEncoder(ensure_ascii=False, default=str).encode


class Statement:
    """A query of constant text, with named parameters as ``%(name)s``."""

    def __init__(self, sql: str) -> None:
        self.sql = sql
        self._for_sqlite = sql % _Names()

    def __call__(
        self, values: Mapping[str, Any], *, rows: bool = True
    ) -> list[tuple[Any, ...]]:
        """Return every row; none, and without waiting, where ``rows`` says so.

        Values that the text does not name are left out.
        """
        link = _link()
        if link.vendor == "sqlite":
            row = dict(zip(values, _stored(values.values(), _SQLITE), strict=True))
            return _send(link, self._for_sqlite, row, rows=rows)
        return _send(link, self.sql, values, rows=rows)


class Insert:
    """One INSERT of one table. Every column must be given."""

    def __init__(self, model: type[models.Model]) -> None:
        fields = model._meta.concrete_fields
        self.names = tuple(f.attname for f in fields)
        columns = ", ".join(f'"{f.column}"' for f in fields)
        into = f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES'
        self.sql, self._for_sqlite = (
            f"{into} ({', '.join([mark] * len(fields))})" for mark in ("%s", "?")
        )

    def __call__(self, **values: Any) -> None:
        """Insert one row.

        Raises:
            KeyError: A column was not given.
            django.db.IntegrityError: A constraint forbids the row.
            TransactionManagementError: There is no transaction.
        """
        link = _link()
        if not link.in_atomic_block:
            message = "rows are written directly only inside a transaction"
            raise transaction.TransactionManagementError(message)
        row = [values[name] for name in self.names]
        if link.vendor == "sqlite":
            _send(link, self._for_sqlite, _stored(row, _SQLITE))
        else:
            _send(link, self.sql, _stored(row, _POSTGRESQL))


def together(work: Work) -> Work:
    """Run a function in one transaction, in as few journeys as the engine allows.

    PostgreSQL: statements whose answer nobody waits for travel with the next that
    somebody does (pipeline mode); a constraint may therefore complain a little later,
    but always before the commit.
    """

    @wraps(work)
    def piped(*args: Any, **kwargs: Any) -> Any:
        link = _link()
        if link.vendor == "sqlite":
            return work(*args, **kwargs)
        with link.wrap_database_errors, link.connection.pipeline():
            return work(*args, **kwargs)

    return cast("Work", transaction.atomic(piped))


def key(value: UUID | None) -> Any:
    """Return a UUID as the engine stores it (32 hex digits in SQLite)."""
    if value is None or _link().vendor != "sqlite":
        return value
    return value.hex


def _link() -> BaseDatabaseWrapper:
    return connections[DEFAULT_DB_ALIAS]


def _send(
    link: BaseDatabaseWrapper,
    sql: str,
    values: Sequence[Any] | Mapping[str, Any],
    *,
    rows: bool = False,
) -> list[tuple[Any, ...]]:
    """Execute on a plain cursor of the driver."""
    link.close_if_health_check_failed()
    link.ensure_connection()
    if link.needs_rollback:
        link.validate_no_broken_transaction()
    with link.wrap_database_errors:
        if link.vendor == "sqlite":
            cursor = link.connection.cursor().execute(sql, values)
        else:
            cursor = psycopg.Cursor(link.connection)
            cursor.execute(sql, values, prepare=True)
        return cursor.fetchall() if rows else []


class _Names(dict[str, str]):
    """SQLite's marks for named parameters."""

    def __missing__(self, name: str) -> str:
        return f":{name}"


def _hex(value: UUID) -> str:
    return f"{value.int:032x}"


@lru_cache(maxsize=64)
def _moment(value: datetime) -> Any:
    return _link().ops.adapt_datetimefield_value(value)


# What the engine stores, by the exact type of the value; others stay as they are.
_SQLITE: dict[type, Adapter] = {
    UUID: _hex,
    datetime: _moment,
    date: date.isoformat,
    list: _json,
}
_POSTGRESQL: dict[type, Adapter] = {list: _json}


def _stored(values: Iterable[Any], adapters: dict[type, Adapter]) -> list[Any]:
    find = adapters.get
    return [adapt(v) if (adapt := find(type(v))) else v for v in values]
