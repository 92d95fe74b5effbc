"""What the two engines need so that tests can start from an empty database."""

import fcntl
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from time import time
from typing import Any
from unittest import mock

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection


def engine() -> str:
    """Return ``sqlite`` or ``postgresql``, without connecting."""
    name = settings.DATABASES["default"]["ENGINE"]
    return "postgresql" if name.endswith("postgresql") else "sqlite"


def uses_database(item: pytest.Item) -> bool:
    """Tell whether a test touches the database, by its mark or its fixtures."""
    names = set(getattr(item, "fixturenames", ()))
    wanted = {"db", "transactional_db", "live_server", "django_db_setup"}
    return bool(names & wanted) or item.get_closest_marker("django_db") is not None


@contextmanager
def append_only_tables_can_be_emptied() -> Iterator[None]:
    """Let the clean-up between tests, and nothing else, empty the audit chain.

    Its triggers forbid what ``flush`` does, as they should.
    """
    operations = type(connection.ops)
    plain = operations.execute_sql_flush

    def flush(ops: Any, statements: list[str]) -> None:
        if engine() == "postgresql":
            statements = [
                "SET session_replication_role = replica;",
                *statements,
                "SET session_replication_role = DEFAULT;",
            ]
            return plain(ops, statements)
        with ops.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        drop = [f'DROP TRIGGER "{name}"' for name, _ in triggers]
        return plain(ops, [*drop, *statements, *(sql for _, sql in triggers)])

    with mock.patch.object(operations, "execute_sql_flush", flush):
        yield


KEPT_SECONDS = 7 * 24 * 3600
"""Of another branch with the same environment, which may be in use."""


def start_from_a_copy() -> None:
    """On SQLite put a migrated database where the tests will find theirs.

    Going through all migrations takes ten seconds of each worker; their result is kept
    in the virtual environment until one of them changes.
    """
    if engine() != "sqlite":
        return
    mine = Path(connection.settings_dict["TEST"]["NAME"])
    kept = Path(sys.prefix) / f"test-database-{_migrations()}.sqlite3"
    with kept.with_name("test-database.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            for old in kept.parent.glob("test-database-*"):
                if time() - old.stat().st_mtime > KEPT_SECONDS:
                    old.unlink()
            _migrated(kept.with_suffix(".new")).replace(kept)
            for beside in kept.parent.glob("test-database-*.new-*"):
                beside.unlink()
    if not mine.exists():
        shutil.copyfile(kept, mine)


def _migrations() -> str:
    """Return a digest of every migration of every app, ours and the libraries'."""
    found = sha256()
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for file in sorted(Path(app.path, "migrations").glob("*.py")):
            found.update(f"{app.label} {file.name} ".encode() + file.read_bytes())
    return found.hexdigest()[:16]


def _migrated(path: Path) -> Path:
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    try:
        call_command("migrate", verbosity=0)
        connection.checkpoint()
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
    return path
