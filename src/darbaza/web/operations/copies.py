"""Copies of a database file beside the one in use: made, opened, proven."""

from pathlib import Path

from django.db.backends.sqlite3._functions import register as register_functions
from pysqlite3 import dbapi2


def opened(path: Path) -> dbapi2.Connection:
    """Open a file with the functions that our constraints call."""
    connection = dbapi2.connect(str(path))
    register_functions(connection)
    return connection


def trouble(path: Path) -> str:
    """Return what an integrity check finds in a file; empty where all is well."""
    connection = opened(path)
    try:
        (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except dbapi2.DatabaseError as error:
        return str(error)
    finally:
        connection.close()
    if verdict != "ok":
        return str(verdict)
    return f"a row of {broken[0]} points nowhere" if broken else ""
