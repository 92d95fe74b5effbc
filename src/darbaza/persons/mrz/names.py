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
    """Return a name field of exactly ``width`` places.

    What does not fit is cut from the end, but a long surname leaves room for the
    first letter of the given names (Doc 9303-3, section 4.6).
    """
    first, second = (FILLER.join(part.split()) for part in (surname, given))
    if second:
        first = _cut(first, width - 3) + FILLER * 2
    return _cut(first + second, width).ljust(width, FILLER)


def _cut(text: str, width: int) -> str:
    """Cut what is too long so that it ends with a letter, the sign of a cut name.

    Where the cut falls between two words, the word before gives up a letter.
    """
    while len(text) > width and text[width - 1] == FILLER:
        several = [i for i in range(1, width) if FILLER not in text[i - 1 : i + 1]]
        if not several:
            break
        text = text[: several[-1]] + text[several[-1] + 1 :]
    return text[:width]
