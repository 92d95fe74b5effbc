"""From text to documents: the one entry for every source of a zone."""

from datetime import UTC, date, datetime
from itertools import islice

from darbaza.persons.mrz import fields, keyboards, zones
from darbaza.persons.mrz.types import Document, Error, Trust

LONGEST_TEXT = 2_500
_FAILED_AT_MOST = 6  # damaged zones in one text, before it is given up
_CANDIDATES_AT_MOST = 12  # zones that may begin with one line
_RANK = {Trust.SURE: 2, Trust.COMPARE: 1, Trust.NONE: 0}


def mend(text: str) -> tuple[str, ...]:
    """Return the lines of a zone as a reader types them, made clean.

    Framing characters and spaces are gone, letters are capital Latin ones, whatever
    keyboard layout was active; characters of no meaning become ``?``. Text longer
    than ``LONGEST_TEXT`` characters gives nothing.
    """
    if len(text) > LONGEST_TEXT:
        return ()
    best = max(_readings(text), key=lambda found: _rank(found[1]))
    return best[0]


def parse(text: str, *, on: date | None = None) -> Document:
    """Return the one document in ``text``; never raises.

    Args:
        text: What a reader typed or sent, a file held, a person pasted.
        on: The day of reading, to tell centuries; today (UTC) if not given.

    Two different documents in one text are refused (``several_documents``): see
    ``parse_all``.
    """
    found = parse_all(text, on=on)
    if len(found) > 1:
        return Document(error=Error.SEVERAL)
    return found[0]


def parse_all(text: str, *, on: date | None = None) -> tuple[Document, ...]:
    """Return every document in ``text``, in order, a repeated one once.

    Where none can be trusted: one document, with its error and what could be read.
    """
    if len(text) > LONGEST_TEXT:
        return (Document(error=Error.TOO_LONG),)
    day = on or datetime.now(tz=UTC).date()
    return max((_documents(lines, day) for lines in _lines(text)), key=_rank)


def _lines(text: str) -> list[tuple[str, ...]]:
    found = []
    for variant in keyboards.variants(text):
        for spaced in ("", "<"):
            rows = (row.strip().replace(" ", spaced) for row in variant.split("\n"))
            lines = tuple(row for row in rows if row)
            if lines not in found:
                found.append(lines)
    return found


def _readings(text: str) -> list[tuple[tuple[str, ...], tuple[Document, ...]]]:
    day = datetime.now(tz=UTC).date()
    return [(lines, _documents(lines, day)) for lines in _lines(text)]


def _rank(documents: tuple[Document, ...]) -> tuple[int, ...]:
    """Order readings: all trusted before some, sure before compare, few repairs."""
    ranks = [_RANK[document.trust] for document in documents]
    repairs = sum(len(document.repaired) for document in documents)
    known = sum(document.format is not None for document in documents)
    return (min(ranks), sum(ranks), -repairs, known)


def _documents(lines: tuple[str, ...], day: date) -> tuple[Document, ...]:
    found: list[Document] = []
    failed: list[Document] = []
    start = 0
    while start < len(lines) and len(failed) < _FAILED_AT_MOST:
        document, stop = _at(list(lines), start, day)
        if document.trust is Trust.NONE:
            failed += [document] if document.format else []
        elif document not in found:
            found.append(document)
        start = stop
    if found:
        return tuple(found)
    return (max(failed, key=_told, default=Document(error=Error.NO_ZONE)),)


def _told(document: Document) -> tuple[bool, int]:
    failures = sum(state == "failed" for state in document.states.values())
    return (document.format is not None, -failures)


def _at(lines: list[str], start: int, day: date) -> tuple[Document, int]:
    """Return the best document that begins with a line, and where to go on."""
    best, stop = Document(error=Error.NO_ZONE), start + 1
    for candidate in islice(zones.at(lines, start), _CANDIDATES_AT_MOST):
        document = fields.read(candidate, on=day)
        if document.trust is Trust.SURE:
            return document, candidate.stop
        if best.format is None or _rank((document,)) > _rank((best,)):
            best = document
            stop = candidate.stop if document.trust is not Trust.NONE else start + 1
    return best, stop
