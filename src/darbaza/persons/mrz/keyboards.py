"""What reader text becomes when the computer takes it for another keyboard's typing.

A keyboard-wedge reader sends the keys of a US keyboard. With another layout active
the same keys give other characters; these tables turn them back.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

from darbaza.persons.mrz.alphabet import DIGITS, FILLER, LETTERS, UNKNOWN

_RUSSIAN = dict(
    zip(
        "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬБЮ",
        "QWERTYUIOPASDFGHJKLZXCVBNM<" + UNKNOWN,
        strict=True,
    )
)
# The Kyrgyz layout keeps its three letters on the keys of Н, О and У.
_RUSSIAN |= {"Ң": "Y", "Ө": "J", "Ү": "E"}
_SWAPPED = {"Y": "Z", "Z": "Y"}
_GERMAN = _SWAPPED | {";": FILLER}
_LATIN = {";": FILLER}  # Italian, Spanish, the Nordic ones
_TURKISH = {"Ö": FILLER}
# French keys give digits only with Shift, which the reader does not hold for them.
_FRENCH = dict(zip("&É\"'(-È_ÇÀ" + "AQZW", "1234567890" + "QAWZ", strict=True))
_FRENCH |= {".": FILLER, "?": "M", ",": "M"}
# Cyrillic letters that merely look Latin: text that passed through a person or OCR.
_SHAPES = dict(zip("АВЕКМНОРСТУХІЈЅ", "ABEKMHOPCTYXIJS", strict=True))
_SHIFT_LOST = {",": FILLER}
_GERMAN_SHIFT_LOST = _SWAPPED | _SHIFT_LOST
_SAME = {
    "«": "<<",
    "»": "<<",
    "《": "<<",
    "≪": "<<",
    "‹": FILLER,
    "〈": FILLER,
    "く": FILLER,
    "＜": FILLER,
}
_ENTITY = re.compile(r"&(?:lt|#0*60|#x0*3c);", re.IGNORECASE)
_KEPT = frozenset(LETTERS + DIGITS + FILLER + "\n ")
_INVISIBLE = frozenset({"Cf", "Mn"})
_LINE_ENDS = frozenset({"Cc", "Zl", "Zp"})


def variants(text: str) -> Iterator[str]:
    """Yield the ways to read ``text``: the likeliest first, at most six.

    Each is made of A-Z, 0-9, ``<``, space, line feed and ``?`` for what is none of
    these. Control characters (STX, ETX, CR, tabs) count as line ends.
    """
    plain = _plain(text)
    tables = [table for table, sign in _CASES if sign(plain)] or [{}]
    for table in tables:
        read = "\n".join(_translated(line, table) for line in plain.split("\n"))
        yield "".join(c if c in _KEPT else UNKNOWN for c in read)


def _translated(line: str, table: dict[str, str]) -> str:
    """Turn a line back. One with Latin letters was not typed on a Cyrillic layout."""
    if table is _RUSSIAN and any(c in LETTERS for c in line):
        table = _SHAPES
    return "".join(table.get(c, c) for c in line)


def _plain(text: str) -> str:
    if text.count("\x00") * 2 >= len(text) - 1:  # UTF-16 taken for something else
        text = text.replace("\x00", "")
    text = _ENTITY.sub(FILLER, text)
    return "".join(_capital(c) for c in text)


def _capital(char: str) -> str:
    if char in _KEPT:
        return char
    if char in _SAME:
        return _SAME[char]
    category = unicodedata.category(char)
    if category in _LINE_ENDS:
        return "\n"
    if category == "Zs":
        return " "
    if category in _INVISIBLE:
        return ""
    wide = unicodedata.normalize("NFKC", char).upper()
    return wide if len(wide) == 1 else UNKNOWN


def _cyrillic(text: str) -> bool:
    return any("А" <= c <= "Я" or c in "ҢӨҮІЈЅ" for c in text)


def _latin(text: str) -> bool:
    return not _cyrillic(text)


_CASES: tuple[tuple[dict[str, str], Callable[[str], bool]], ...] = (
    ({}, _latin),
    (_RUSSIAN, _cyrillic),
    (_SHAPES, _cyrillic),
    (_GERMAN, lambda text: ";" in text),
    (_LATIN, lambda text: ";" in text),
    (_TURKISH, lambda text: "Ö" in text),
    (_SHIFT_LOST, lambda text: "," in text and FILLER not in text),
    (_GERMAN_SHIFT_LOST, lambda text: "," in text and FILLER not in text),
    (_FRENCH, lambda text: "." in text and FILLER not in text),
)
