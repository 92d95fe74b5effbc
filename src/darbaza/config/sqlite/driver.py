"""The newer SQLite of ``pysqlite3``, made to look as Django expects it.

``Connection`` and ``Cursor`` also hold the fair write lock: it is taken before the
first statement of a transaction that may write and let go when the transaction is
over, whichever way it ends. Reading takes no lock.
"""

import datetime
import decimal
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import chain, islice
from typing import Any, Final

from django.db.backends.sqlite3 import base
from django.utils import dateparse
from pysqlite3 import dbapi2

from darbaza.kernel.locks import DEFAULT_TIMEOUT, FairLock, LockTimeout

# Versions before this one may corrupt a WAL file (https://sqlite.org/wal.html).
MINIMUM_VERSION: Final = (3, 51, 3)

SQLITE_LIMIT_VARIABLE_NUMBER: Final = 9
_LIMITS: Final = {SQLITE_LIMIT_VARIABLE_NUMBER: 32_766}  # SQLite's own default

_READS: Final = re.compile(
    r"\s*(SELECT|EXPLAIN|PRAGMA|SAVEPOINT|RELEASE|ROLLBACK|COMMIT|END|ATTACH|DETACH"
    r"|BEGIN\s*(DEFERRED|TRANSACTION)?\s*;?\s*$)",
    re.IGNORECASE,
)
_WITH: Final = re.compile(r"\s*WITH\b", re.IGNORECASE)
_CHANGES: Final = re.compile(r"\b(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
_RETURNS: Final = re.compile(r"\bRETURNING\b", re.IGNORECASE)


@lru_cache(maxsize=1024)
def may_write(sql: str) -> bool:
    """Tell whether a statement may write; in doubt yes, which costs only a wait."""
    if _READS.match(sql):
        return False
    return not _WITH.match(sql) or _CHANGES.search(sql) is not None


class Connection(dbapi2.Connection):
    """A connection that holds the write lock exactly as long as it may write."""

    lock: FairLock | None = None
    lock_timeout: float = DEFAULT_TIMEOUT
    _holds = False

    def getlimit(self, category: int, /) -> int:
        """Return a limit of the library, for the newer Django that asks for it."""
        return _LIMITS[category]

    def take_lock(self) -> None:
        """Wait for the write lock, unless this connection has it.

        Raises:
            OperationalError: It did not come free in time.
        """
        if self.lock is None or self._holds:
            return
        try:
            self.lock.acquire(self.lock_timeout)
        except LockTimeout as error:
            raise dbapi2.OperationalError(f"write lock: {error}") from error
        self._holds = True

    def settle(self) -> None:
        """Let the lock go if the transaction is over."""
        if self._holds and not self.in_transaction:
            self._let_go()

    def commit(self) -> None:
        try:
            super().commit()
        finally:
            self.settle()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self.settle()

    def close(self) -> None:
        try:
            super().close()
        finally:
            self._let_go()

    def __del__(self) -> None:
        with suppress(dbapi2.ProgrammingError):  # one that was never opened
            self.close()

    def _let_go(self) -> None:
        if self._holds and self.lock is not None:
            self._holds = False
            self.lock.release()


class Cursor(dbapi2.Cursor):
    """Django's placeholders, and the write lock around everything that writes."""

    connection: Connection
    _returned: Iterator[Any] | None = None

    def execute(self, query: str, params: Any = None) -> "Cursor":
        self._returned = None
        if params is not None:
            query = _convert(query, params)
        if may_write(query):
            self._write(query, params)
        else:
            self._plain(query, params)
            self.connection.settle()  # it may have been COMMIT
        return self

    def _plain(self, query: str, params: Any) -> None:
        if params is None:
            super().execute(query)
        else:
            super().execute(query, params)

    def _write(self, query: str, params: Any) -> None:
        connection = self.connection
        connection.take_lock()
        try:
            self._plain(query, params)
            # A statement that returns rows is committed when the last is fetched.
            if not connection.in_transaction and _RETURNS.search(query):
                self._returned = iter(super().fetchall())
        finally:
            connection.settle()

    def executemany(self, query: str, param_list: Iterable[Any]) -> "Cursor":
        rows = iter(param_list)
        first = next(rows, ())
        query = _convert(query, first)
        self._returned = None
        self.connection.take_lock()
        try:
            super().executemany(query, chain([first], rows) if first else [])
        finally:
            self.connection.settle()
        return self

    def fetchone(self) -> Any:
        if self._returned is None:
            return super().fetchone()
        return next(self._returned, None)

    def fetchmany(self, size: int | None = None) -> list[Any]:
        size = self.arraysize if size is None else size
        if self._returned is None:
            return super().fetchmany(size)  # type: ignore[no-any-return]
        return list(islice(self._returned, size))

    def fetchall(self) -> list[Any]:
        if self._returned is None:
            return super().fetchall()  # type: ignore[no-any-return]
        return list(self._returned)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.fetchone, None)


def _convert(query: str, params: Sequence[Any] | Mapping[str, Any]) -> str:
    names = tuple(params) if isinstance(params, Mapping) else None
    return _converted(query, names)


@lru_cache(maxsize=1024)
def _converted(query: str, names: tuple[str, ...] | None) -> str:
    """Return a statement with SQLite's placeholders; the gate sends the same few."""
    if names is not None:
        return query % {name: f":{name}" for name in names}
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


def _register() -> None:
    """Teach the driver Django's dates and figures, as Django teaches its own."""
    dbapi2.register_converter("bool", b"1".__eq__)
    dbapi2.register_converter("date", base.decoder(dateparse.parse_date))
    dbapi2.register_converter("time", base.decoder(dateparse.parse_time))
    dbapi2.register_converter("datetime", base.decoder(dateparse.parse_datetime))
    dbapi2.register_converter("timestamp", base.decoder(dateparse.parse_datetime))
    dbapi2.register_adapter(decimal.Decimal, str)
    dbapi2.register_adapter(datetime.date, base.adapt_date)
    dbapi2.register_adapter(datetime.datetime, base.adapt_datetime)


_register()
