"""A file of a list as its kind reads it."""

from collections.abc import Mapping
from typing import Any

from darbaza.persons.policies import document_number
from darbaza.watchlists import reading
from darbaza.watchlists.models import Version
from darbaza.watchlists.types import Reading


def read(kind: str, data: bytes, settings: Mapping[str, Any]) -> Reading:
    """Read a file.

    Args:
        kind: "un" or "csv".
        data: The file.
        settings: For a table: ``columns``, ``encoding``, ``separator``.

    Raises:
        Invalid: It cannot be read; the code says why.
    """
    if kind == "un":
        return reading.united_nations(data, number=document_number)
    return reading.table(
        data,
        settings["columns"],
        number=document_number,
        encoding=settings.get("encoding", ""),
        separator=settings.get("separator", ""),
    )


def of(version: Version) -> Reading:
    """Read the file that waits in a version."""
    return read(version.watchlist.kind, bytes(version.data or b""), version.settings)
