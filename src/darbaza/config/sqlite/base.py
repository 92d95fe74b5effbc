"""Django's SQLite engine on a library without the WAL fault, with a fair lock.

``OPTIONS`` beyond Django's own: ``synchronous`` (FULL unless said otherwise; OFF is
for tests and for building the demonstration) and ``lock_timeout`` in seconds.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3._functions import (
    register as register_functions,
)
from pysqlite3 import dbapi2

from darbaza.config.sqlite import driver, locks
from darbaza.config.sqlite.features import DatabaseFeatures
from darbaza.kernel.locks import DEFAULT_TIMEOUT, FairLock

SYNCHRONOUS = frozenset({"FULL", "EXTRA", "NORMAL", "OFF"})
PRAGMAS = (
    "foreign_keys = ON",
    "legacy_alter_table = OFF",
    "cache_size = -65536",  # 64 MB
    "mmap_size = 0",
    "wal_autocheckpoint = 0",  # one checkpointer: checkpoints.py
    "temp_store = MEMORY",
)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What one checkpoint did: pages in the log, pages moved, was it hindered."""

    pages: int
    moved: int
    hindered: bool


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection: WAL, flushed at every commit, written to in turn."""

    Database = dbapi2
    features_class = DatabaseFeatures
    transaction_mode: str | None
    init_commands: list[str]

    def get_connection_params(self) -> dict[str, Any]:
        """Return what the driver needs; IMMEDIATE transactions unless said."""
        params: dict[str, Any] = super().get_connection_params()
        self.transaction_mode = self.transaction_mode or "IMMEDIATE"
        self.synchronous = str(params.pop("synchronous", "FULL")).upper()
        if self.synchronous not in SYNCHRONOUS:
            raise ImproperlyConfigured(
                f"DATABASES[{self.alias!r}]: synchronous must be one of "
                f"{', '.join(sorted(SYNCHRONOUS))}, not {self.synchronous!r}."
            )
        self.lock_timeout = float(params.pop("lock_timeout", DEFAULT_TIMEOUT))
        params.setdefault("timeout", DEFAULT_TIMEOUT)
        params["factory"] = driver.Connection
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> driver.Connection:
        """Open a connection, set it up and give it its lock."""
        require_safe_version(dbapi2.sqlite_version_info)
        connection: driver.Connection = dbapi2.connect(**conn_params)
        register_functions(connection)
        for pragma in (*PRAGMAS, f"synchronous = {self.synchronous}"):
            connection.execute(f"PRAGMA {pragma}")
        connection.lock = self.write_lock
        connection.lock_timeout = self.lock_timeout
        self._ensure_wal(connection)
        for command in self.init_commands:
            if command.strip():
                connection.execute(command)
        return connection

    def create_cursor(self, name: str | None = None) -> driver.Cursor:  # noqa: ARG002
        """Return a cursor that takes the lock before it writes."""
        cursor: driver.Cursor = self.connection.cursor(factory=driver.Cursor)
        return cursor

    @property
    def write_lock(self) -> FairLock:
        """The lock that every writer of this file takes, in any process."""
        return locks.lock_of(str(self.settings_dict["NAME"]))

    def checkpoint(self) -> Checkpoint | None:
        """Fold the log into the file; None for a database in memory.

        Raises:
            RuntimeError: Called inside a transaction.
        """
        self._must_be_outside_a_transaction("a checkpoint")
        if self.is_in_memory_db():
            return None
        self.ensure_connection()
        connection: driver.Connection = self.connection
        connection.take_lock()
        try:
            # PASSIVE never waits for a reader while others wait for the lock.
            row = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        finally:
            connection.settle()
        hindered, pages, moved = row
        return Checkpoint(pages=pages, moved=moved, hindered=bool(hindered))

    @contextmanager
    def without_flushes(self) -> Iterator[None]:
        """Commit without waiting for the disk, and flush everything at the end.

        For building a database that is thrown away if it breaks off, such as the
        demonstration; never for registering anybody.

        Raises:
            RuntimeError: Called inside a transaction.
        """
        self._must_be_outside_a_transaction("turning flushes off")
        self.ensure_connection()
        self.connection.execute("PRAGMA synchronous = OFF")
        try:
            yield
        finally:
            self.connection.execute(f"PRAGMA synchronous = {self.synchronous}")
            self.checkpoint()

    def _must_be_outside_a_transaction(self, what: str) -> None:
        if self.in_atomic_block:
            message = f"{what} is not possible inside a transaction"
            raise RuntimeError(message)

    def _ensure_wal(self, connection: driver.Connection) -> None:
        """Change a new file to WAL, once; the change itself is a write."""
        (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
        if mode in {"wal", "memory"}:
            return
        connection.take_lock()
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        finally:
            connection.settle()


def require_safe_version(version: tuple[int, int, int]) -> None:
    """Refuse a library that may corrupt the file.

    Raises:
        ImproperlyConfigured: It is older than 3.51.3.
    """
    if version < driver.MINIMUM_VERSION:
        found, needed = (
            ".".join(map(str, v)) for v in (version, driver.MINIMUM_VERSION)
        )
        raise ImproperlyConfigured(
            f"SQLite {found} may corrupt the database when several connections write "
            f"(fixed in {needed}). Install the locked requirements again: "
            "they bring a newer SQLite."
        )
