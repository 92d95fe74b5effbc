"""What ``darbaza parse-mrz`` and ``darbaza read-document`` say, apart from Django."""

import re
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

from darbaza.persons.mrz import parsing, reading, transfer
from darbaza.persons.mrz.types import Document, Error, Trust

MOST_INPUT_BYTES = 20_000_000
BAD_TEXT = frozenset({Error.NO_ZONE, Error.TOO_LONG})
BAD_FILE = frozenset(
    {
        "no_file",
        "not_an_image",
        "too_many_bytes",
        "too_many_pixels",
        "too_small",
        "engine_missing",
    }
)
_LINE_END = re.compile(r"\r*\n|\r")
_BLANK_LINE = re.compile(r"\n[ \t\x00]*\n")
_BLOCKS_A_ZONE = 3
_FIRST = ("format", "document_code", "issuer", "document_number", "birth_date", "sex")
_THEN = ("expiry_date", "nationality", "surname", "given_names", "optional1")
_LAST = ("optional2", "personal_number", "birth_on", "expires_on", "name_truncated")


def report(document: Document, *, file: str | None, seconds: float) -> dict[str, Any]:
    """Return the object that both commands print; see ``docs`` for its fields."""
    values = transfer.as_values(document)
    told: dict[str, Any] = {"file": file, "mrz": list(document.lines)}
    told |= {name: values[name] for name in (*_FIRST, *_THEN, *_LAST)}
    told |= {"trust": document.trust.value, "repaired": list(document.repaired)}
    told |= {"states": values["states"], "remarks": list(document.remarks)}
    told["seconds"] = round(seconds, 4)
    if document.error:
        told["error"] = document.error.value
    return told


def decoded(data: bytes) -> str:
    """Return text whatever its encoding: UTF-16 with mark, UTF-8, else Cyrillic."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1251", errors="replace")


def parsed(text: str) -> Iterator[dict[str, Any]]:
    """Yield one report a document; blank lines separate documents.

    Some readers send an empty line within a zone too: neighbouring blocks that say
    nothing alone are read together.
    """
    blocks = [b for b in _BLANK_LINE.split(_LINE_END.sub("\n", text)) if b.strip()]
    start = 0
    while start < len(blocks):
        begun = perf_counter()
        documents, used = _together(blocks, start)
        seconds = (perf_counter() - begun) / len(documents)
        for document in documents:
            yield report(document, file=None, seconds=seconds)
        start += used


def _together(blocks: list[str], start: int) -> tuple[tuple[Document, ...], int]:
    alone = parsing.parse_all(blocks[start])
    if not _empty(alone):
        return alone, 1
    for used in range(2, _BLOCKS_A_ZONE + 1):
        if start + used > len(blocks):
            break
        if not _empty(parsing.parse_all(blocks[start + used - 1])):
            break
        joined = parsing.parse_all("\n".join(blocks[start : start + used]))
        if joined[0].trust is not Trust.NONE:
            return joined, used
    return alone, 1


def _empty(documents: tuple[Document, ...]) -> bool:
    return documents[0].format is None


def read(path: str) -> dict[str, Any]:
    """Return the report of one image file; a file that cannot be read has an error."""
    try:
        with Path(path).open("rb") as file:
            found = reading.read(file.read(reading.MOST_BYTES + 1))
    except OSError:
        found = reading.Reading(error="no_file")
    told = report(found.document, file=path, seconds=found.seconds)
    return told | ({"error": found.error} if found.error else {})


def line(told: dict[str, Any]) -> str:
    """Return a report as one line for people."""
    named = " ".join(part for part in (told["surname"], told["given_names"]) if part)
    parts = [told["trust"], told["format"], told["issuer"], told["document_number"]]
    parts += [named, told["birth_on"] or told["birth_date"], told.get("error")]
    said = " | ".join(part for part in parts if part)
    return f"{told['file']}: {said}" if told["file"] else said
