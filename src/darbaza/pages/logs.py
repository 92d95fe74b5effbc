"""The request number in every log line, so that a screen finds its line."""

import logging
from contextvars import ContextVar

current_number: ContextVar[str] = ContextVar("current_number", default="-")


class Number(logging.Filter):
    """Adds ``number`` to a record: ``%(number)s`` in a format."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record, with the number of the request it belongs to."""
        record.number = current_number.get()
        return True
