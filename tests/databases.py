"""What the two engines need so that tests can start from an empty database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import pytest
from django.conf import settings
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
