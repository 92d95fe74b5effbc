"""The name field: surname, two fillers, given names; one filler between words."""

from dataclasses import dataclass

from darbaza.persons.mrz.alphabet import FILLER


@dataclass(frozen=True, slots=True)
class Names:
    """Both parts with spaces between words, and whether the end may be cut off."""

    surname: str
    given: str
    truncated: bool


def split(printed: str) -> Names:
    """Read a name field. A single name has no given part; it may lack a surname.

    A name that fills the field to its last place may have been cut (Doc 9303-3,
    section 4.6): the zone cannot tell.
    """
    surname, _, given = printed.partition(FILLER * 2)
    return Names(_words(surname), _words(given), not printed.endswith(FILLER))


def _words(part: str) -> str:
    return " ".join(part.replace(FILLER, " ").split())


def join(surname: str, given: str, *, width: int) -> str:
    """Return a name field of exactly ``width`` places; what does not fit is cut."""
    parts = [FILLER.join(part.split()) for part in (surname, given)]
    field = (FILLER * 2).join(part for part in parts if part) if parts[0] else ""
    field = field or FILLER * 2 + parts[1]
    return field[:width].ljust(width, FILLER)
