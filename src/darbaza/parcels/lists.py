"""A family's list of goods as the text of a QR code: the list itself, and nothing else.

No server keeps it and nobody's name is in it. ``PL1:``, then for each kind of goods its
code, pieces and grams, then three characters of check sum; all in Crockford base 32, so
that a keyboard-wedge scanner types it under any layout. A character is five bits:

    code    letters 0-25, ``_`` 26, ``-`` 27, ``.`` 28, a digit 29 and itself; 31 ends
    number  four bits a character, the lowest first; 16 more: another one follows

Plain Python.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, repeat

from darbaza.kernel.errors import Invalid
from darbaza.kernel.ids import ALPHABET

PREFIX = "PL1:"
MOST = 40
"""Kinds of goods on a list; more are two sendings."""
MOST_PIECES = 9_999
MOST_GRAMS = 1_000_000
ROOM = 300
"""Characters of one code (57 modules wide): more is hard to read from a telephone."""
CODE = re.compile(r"[a-z0-9_.-]{1,40}")
"""What the code of goods must look like to fit on a list."""

_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
_HEAD = PREFIX[:-1].translate(_READ_AS)
_SUM = 3
_LONGEST = 4_000
_SIGNS = "abcdefghijklmnopqrstuvwxyz_-."
_DIGIT, _END, _MORE = 29, 31, 16


@dataclass(frozen=True, slots=True)
class Listed:
    """One kind of goods on a list."""

    item: str
    """Code in the catalogue."""
    quantity: int
    grams: int = 0
    """Of all pieces together; 0: the family does not know."""


def encode(lines: Iterable[Listed]) -> list[str]:
    """Return the texts of the QR codes that hold a list, one or a few.

    Raises:
        Invalid: Nothing or too much is on the list, or goods that no list can hold.
    """
    wanted = list(lines)
    if not wanted:
        raise Invalid("list_empty", field="list")
    if len(wanted) > MOST:
        raise Invalid("list_too_long", field="list", most=MOST)
    texts: list[str] = []
    for body in map(_body, wanted):
        if texts and len(texts[-1]) + len(body) <= ROOM:
            texts[-1] += body
        else:
            texts.append(body)
    return [f"{PREFIX}{text}{_check(text)}" for text in texts]


def is_list(text: str) -> bool:
    """Tell whether scanned or typed text means to be a list, whole or damaged."""
    return _bare(text).startswith(_HEAD)


def apart(text: str) -> list[str]:
    """Return the codes in a text that holds one, or several one behind the other."""
    return re.split(rf"(?<!^)(?={PREFIX})", text.strip().upper())


def decode(text: str) -> list[Listed]:
    """Return the list in scanned or typed text.

    Spaces, hyphens, line ends and lower case are forgiven, I, L, O as people write
    1, 1, 0, and whatever another layout made of the colon.

    Raises:
        Invalid: ``list_unreadable`` where it is no list or was damaged on the way,
            ``list_too_long`` where it holds more than a list may.
    """
    bare = _bare(text)
    body = bare.removeprefix(_HEAD)[:-_SUM]
    if not bare.startswith(_HEAD) or not body or not bare.endswith(_check(body)):
        raise Invalid("list_unreadable", field="list")
    found: list[Listed] = []
    bits = iter([ALPHABET.index(sign) for sign in body])
    for first in bits:
        if len(found) == MOST:
            raise Invalid("list_too_long", field="list", most=MOST)
        found.append(_line(chain((first,), bits)))
    return found


def _bare(text: str) -> str:
    known = text[:_LONGEST].upper().translate(_READ_AS)
    return "".join(sign for sign in known if sign in ALPHABET)


def _check(body: str) -> str:
    number = zlib.crc32(body.encode("ascii"))
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(_SUM))


def _body(line: Listed) -> str:
    if not CODE.fullmatch(line.item):
        raise Invalid("list_goods_unknown", field="list")
    if not 0 < line.quantity <= MOST_PIECES or not 0 <= line.grams <= MOST_GRAMS:
        raise Invalid("list_goods_unknown", field="list")
    values = (*_spelled(line.item), *_counted(line.quantity), *_counted(line.grams))
    return "".join(ALPHABET[value] for value in values)


def _spelled(code: str) -> Iterator[int]:
    for sign in code:
        if sign.isdigit():
            yield from (_DIGIT, int(sign))
        else:
            yield _SIGNS.index(sign)
    yield _END


def _counted(number: int) -> Iterator[int]:
    while number >= _MORE:
        yield _MORE | number % _MORE
        number //= _MORE
    yield number


def _line(bits: Iterator[int]) -> Listed:
    """Read one kind of goods; a stream that ends too early ends in impossible signs."""
    endless = chain(bits, repeat(-1))
    line = Listed(_code(endless), _number(endless), _number(endless))
    if not 0 < line.quantity <= MOST_PIECES or not 0 <= line.grams <= MOST_GRAMS:
        raise Invalid("list_unreadable", field="list")
    return line


def _code(bits: Iterator[int]) -> str:
    code = ""
    for bit in bits:
        if bit == _END and code:
            break
        if bit == _DIGIT:
            digit = next(bits)
            sign = str(digit) if 0 <= digit <= 9 else ""
        else:
            sign = _SIGNS[bit : bit + 1] if bit >= 0 else ""
        if not sign or len(code) == 40:
            raise Invalid("list_unreadable", field="list")
        code += sign
    return code


def _number(bits: Iterator[int]) -> int:
    number = 0
    for place in range(6):
        bit = next(bits)
        if bit < 0:
            break
        number |= (bit % _MORE) << 4 * place
        if bit < _MORE:
            return number
    raise Invalid("list_unreadable", field="list")
