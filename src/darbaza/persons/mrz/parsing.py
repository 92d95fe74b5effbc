"""From text to documents: the one entry for every source of a zone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import islice

from darbaza.persons.mrz import deliveries, fields, repair, zones
from darbaza.persons.mrz.alphabet import UNKNOWN
from darbaza.persons.mrz.deliveries import Rows
from darbaza.persons.mrz.formats import LAYOUTS
from darbaza.persons.mrz.types import Document, Error, Trust

LONGEST_TEXT = 2_500
_SEARCHED_AT_MOST = 600  # characters in which a zone is looked for at every place
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
    day = datetime.now(tz=UTC).date()
    ways = deliveries.rows(text) or ((),)
    return max(ways, key=lambda rows: _rank(_documents(rows, day)))


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
    ways = deliveries.rows(text) or ((),)
    found = [_documents(rows, day) for rows in ways]
    if all(_doubtful(documents) for documents in found):
        found += [tuple(_within(rows, day)) for rows in ways]
    return _likeliest([documents for documents in found if documents])


def _doubtful(documents: tuple[Document, ...]) -> bool:
    doubtful = any(document.trust is not Trust.SURE for document in documents)
    return doubtful and documents[0].error is not Error.SEVERAL


def _likeliest(found: list[tuple[Document, ...]]) -> tuple[Document, ...]:
    """Return the best reading; of several as good, the first, to be compared."""
    best = max(found, key=_rank)
    as_good = [documents for documents in found if _rank(documents) == _rank(best)]
    if len({tuple(one.lines for one in documents) for documents in as_good}) == 1:
        return best
    return tuple(_unsure(document) for document in best)


def _unsure(document: Document) -> Document:
    """Mark what may have been typed on another keyboard (Y and Z change places)."""
    if document.trust is Trust.NONE:
        return document
    remarks = (*document.remarks, "several_readings")
    return replace(document, trust=Trust.COMPARE, remarks=remarks)


def _within(rows: Rows, day: date) -> Iterator[Document]:
    """Yield the zones without fault that stand anywhere among other characters."""
    text, stop = "".join(rows), 0
    if len(text) > _SEARCHED_AT_MOST:
        return
    seen = set()
    for candidate in zones.within(text):
        start = candidate.stop - candidate.layout.size
        if start < stop or not repair.fits(candidate.layout, candidate.flat):
            continue
        document = fields.read(candidate, on=day)
        if document.trust is Trust.SURE:
            stop = candidate.stop
            if document.lines not in seen:
                yield document
            seen.add(document.lines)


def _rank(documents: tuple[Document, ...]) -> tuple[int, ...]:
    """Order readings: all trusted before some, sure before compare, few repairs."""
    ranks = [_RANK[document.trust] for document in documents]
    repairs = sum(len(document.repaired) for document in documents)
    known = sum(document.format is not None for document in documents)
    return (min(ranks), sum(ranks), -repairs, known)


def _documents(lines: Rows, day: date) -> tuple[Document, ...]:
    found: list[Document] = []
    failed: list[Document] = []
    over: list[str] = []
    start = 0
    while start < len(lines) and len(failed) < _FAILED_AT_MOST:
        document, stop = _at(list(lines), start, day)
        if document.trust is Trust.NONE:
            failed += [document] if document.format else []
            over.append(lines[start])
        elif document not in found:
            found.append(document)
        start = stop
    if found and _mixed(found, over):
        return (Document(error=Error.SEVERAL),)
    if found:
        return tuple(found)
    return (max(failed, key=_told, default=Document(error=Error.NO_ZONE)),)


def _mixed(found: list[Document], over: list[str]) -> bool:
    """Tell whether lines of one more document are there: two readers at once.

    No check digit tells that a line of names belongs to another person's number.
    """
    widths = {layout.width for layout in LAYOUTS.values()}
    used = {line for document in found for line in document.as_read}
    return any(
        len(line) in widths and UNKNOWN not in line and line not in used
        for line in over
    )


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
