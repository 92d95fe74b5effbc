"""The write lock of each SQLite file: one object a file and process."""

import threading
from pathlib import Path

from django.db import connections

from darbaza.kernel.locks import FairLock

_guard = threading.Lock()
_locks: dict[str, FairLock] = {}


def lock_for(alias: str = "default") -> FairLock:
    """Return the lock that every writer of this database takes.

    Args:
        alias: A name in ``DATABASES`` whose engine is ours.
    """
    return lock_of(str(connections[alias].settings_dict["NAME"]))


def lock_of(name: str) -> FairLock:
    """Return the lock of a database file, or of one in memory by its name."""
    in_memory = not name or ":memory:" in name or "mode=memory" in name
    key = name if in_memory else str(Path(name).resolve())
    with _guard:
        if key not in _locks:
            _locks[key] = FairLock(None if in_memory else Path(key))
        return _locks[key]
