"""Readable Latin, and the Kyrgyz order of letters."""

from typing import cast

from rapidfuzz.distance import OSA

from darbaza.persons.names import cleaning, sounds

_ICAO = cast("dict[str, str]", sounds.table("icao")["letters"])
_SMALL = str.maketrans(_ICAO)
_ALPHABET = "абвгғдеёжҗзиӣйкқлмнңоөпрстуүұўӯфхҳһцчҷшщъыіьэәюя"
_PLACE = {letter: chr(0x100 + i) for i, letter in enumerate(_ALPHABET)}


def latin(text: str) -> str:
    """Return a name in Latin letters after ICAO Doc 9303; Latin letters stay.

    For reading only: a printed document keeps the spelling it has.
    """
    return "".join(map(_letter, cleaning.clean(text)))


def _letter(char: str) -> str:
    small = _ICAO.get(char.lower())
    if small is None:
        return char
    return small if char.islower() else small.capitalize()


def letters_turned(a: str, b: str) -> bool:
    """Tell whether two neighbouring Latin letters are turned, and nothing else.

    Both texts in small letters.
    """
    a, b = a.translate(_SMALL), b.translate(_SMALL)
    return OSA.distance(a, b, score_cutoff=1) == 1 and sorted(a) == sorted(b)


def cyrillic_sort_key(text: str) -> str:
    """Return a key that sorts as Kyrgyz does: Ң after Н, Ө after О, Ү after У.

    Latin sorts before Cyrillic; capitals do not matter.
    """
    small = cleaning.comparable(cleaning.clean(text))
    return "".join(_PLACE.get(char, char) for char in small)
