"""Moving committed pages from the write-ahead log into the database file.

No connection does it on its own (``wal_autocheckpoint = 0``). The server's background
thread calls ``keep_small``; commands call ``checkpoint`` at their end. Both hold the
write lock, so no two ever checkpoint, or one checkpoints and one writes, at once.
"""

import logging
import threading
from pathlib import Path

from django.db import OperationalError, connections

from darbaza.config.sqlite.base import Checkpoint, DatabaseWrapper

log = logging.getLogger(__name__)

# About a thousand registrations; folded in within some tens of milliseconds.
SMALL_BYTES = 8 * 1024 * 1024


def checkpoint(alias: str = "default") -> Checkpoint | None:
    """Fold the log into the file and empty it where no reader needs it.

    Rooms, which do not know this module, say ``connection.checkpoint()``.

    Returns:
        None for a database that has no log: PostgreSQL, or SQLite in memory.

    Raises:
        RuntimeError: Called inside a transaction.
    """
    wrapper = connections[alias]
    return wrapper.checkpoint() if isinstance(wrapper, DatabaseWrapper) else None


def log_bytes(alias: str = "default") -> int:
    """Return the size of the write-ahead log in bytes; 0 where there is none."""
    log = Path(f"{connections[alias].settings_dict['NAME']}-wal")
    return log.stat().st_size if log.exists() else 0


def keep_small(
    stop: threading.Event, *, alias: str = "default", seconds: float = 5.0
) -> None:
    """Checkpoint a log that has grown, every few seconds until ``stop`` is set."""
    done = 0
    while not stop.wait(seconds):
        size = log_bytes(alias)
        if size < SMALL_BYTES or size == done:
            continue
        try:
            checkpoint(alias)
            done = size
        except OperationalError:  # somebody writes for long: again in a moment
            log.warning("no checkpoint: %d bytes of log wait", size, exc_info=True)
    connections[alias].close()
