"""What an officer has to look at in a reading: which characters, which fields."""

from darbaza.persons.mrz.alphabet import UNKNOWN
from darbaza.persons.mrz.formats import LAYOUTS
from darbaza.persons.mrz.types import Document, State

PLAIN, REPAIRED, DOUBTED = " ", "r", "d"


def fields(document: Document) -> tuple[str, ...]:
    """Name the fields that were repaired or whose check digit does not fit."""
    doubtful = {State.REPAIRED, State.FAILED}
    return tuple(n for n, state in document.states.items() if state in doubtful)


def marks(document: Document) -> tuple[str, ...]:
    """Return for every line of the zone one mark a character."""
    if document.format is None:
        return ()
    layout = LAYOUTS[document.format]
    right, read = "".join(document.lines), "".join(document.as_read)
    failed = {n for n, state in document.states.items() if state is State.FAILED}
    doubted = {
        position
        for position, char in enumerate(right)
        if char == UNKNOWN or layout.field_at(position) in failed
    }
    flat = "".join(
        REPAIRED if right[i] != read[i] else DOUBTED if i in doubted else PLAIN
        for i in range(layout.size)
    )
    return layout.lines(flat)
