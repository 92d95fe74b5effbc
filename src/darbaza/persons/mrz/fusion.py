"""One zone out of two unlike engines: where they agree it is sure, else compare.

Two passes of one engine prove nothing; two unlike engines that give the same text,
with every check digit right and nothing changed, were never wrong together on the
measured pages, but for zeros read for the letter O that check digits cannot see:
a number in which that is possible is left for the officer to compare.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, product

from darbaza.persons.mrz import fields, issuers, kyrgyz, repair
from darbaza.persons.mrz.alphabet import AS_DIGIT, AS_LETTER, DIGITS, FILLER
from darbaza.persons.mrz.formats import LAYOUTS, Layout
from darbaza.persons.mrz.types import Document, State, Trust
from darbaza.persons.mrz.zones import Candidate, looks_right

_MIXES_AT_MOST = 256
_SHAPE = {"O": "0", "I": "1", "Z": "2"}
_OTHER = {"O": "0", "0": "O", "I": "1", "1": "I"}  # what both engines confuse
_LETTERS_FIRST = re.compile(r"[A-Z]*[0-9]*<*")


@dataclass(frozen=True, slots=True)
class _Pair:
    """The same zone by both engines; ``whole`` if each read every line in full."""

    layout: Layout
    first: str
    second: str
    whole: bool


def fuse(first: list[str], second: list[str], *, on: date) -> Document:
    """Return the document that two readings of the same lines tell together.

    Args:
        first: Lines by the engine that is right more often; it wins where nothing
            else decides.
        second: Lines by the other engine; empty if there is none.
        on: The day of reading.
    """
    best = Document()
    for layout in LAYOUTS.values():
        for pair in _pairs(layout, first, second):
            document = _told(pair, on=on)
            if rank(document) > rank(best):
                best = document
    return best


def rank(document: Document) -> tuple[int, ...]:
    """Order documents of one page by how much they can be trusted."""
    place = (Trust.NONE, Trust.COMPARE, Trust.SURE).index(document.trust)
    known = document.format is not None
    return known, place, -len(document.remarks), -len(document.repaired)


def _pairs(layout: Layout, first: list[str], second: list[str]) -> Iterator[_Pair]:
    """Yield the readings in this layout; a line that one lost is the other's."""
    one = _rows(layout, first)
    two = _rows(layout, second)
    if any(not (a or b) for a, b in zip(one, two, strict=True)):
        return
    flats = [
        "".join(a or b for a, b in zip(*rows, strict=True))
        for rows in ((one, two), (two, one))
    ]
    if looks_right(Candidate(layout, flats[0], layout.rows)):
        whole = all(one) and all(two)
        flats = [_settled(layout, flat) for flat in flats]
        yield _Pair(layout, flats[0], flats[1], whole)


def _rows(layout: Layout, lines: list[str]) -> list[str]:
    """Return one text a row of the layout, empty where none has the right length."""
    if len(lines) != layout.rows:
        return [""] * layout.rows
    return [_fitted(layout, row, line) for row, line in enumerate(lines)]


def _fitted(layout: Layout, row: int, line: str) -> str:
    """Return a line of the layout's width: only the run of fillers at the end of the
    names may be one or two off, which engines miscount."""
    width = layout.width
    if len(line) == width:
        return line
    if row == layout.names_row and abs(len(line) - width) <= 2:
        padded = line[:width].ljust(width, FILLER)
        if line.endswith(FILLER * 3):
            return padded
    return ""


def _settled(layout: Layout, flat: str) -> str:
    """Give every character the reading that its place allows (0 in a name is O)."""
    pattern = _pattern(layout, flat)
    return "".join(
        _meant(char, pattern.get(i) or layout.alphabet_at(i))
        for i, char in enumerate(flat)
    )


def _meant(char: str, allowed: str) -> str:
    table = AS_DIGIT if "0" in allowed else AS_LETTER
    meant = table.get(char, char)
    return char if char in allowed or meant not in allowed else meant


def _pattern(layout: Layout, flat: str) -> dict[int, str]:
    """Return what a Kyrgyz number is made of: two letters and seven digits."""
    issuer = layout.part(flat, "issuer").replace("2", "Z").replace("6", "G")
    if issuer != "KGZ":
        return {}
    start, stop = layout.spans["document_number"]
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return {i: letters if i < start + 2 else DIGITS for i in range(start, stop)}


def _told(pair: _Pair, *, on: date) -> Document:
    layout = pair.layout
    flat = _mixed(pair)
    document = fields.read(Candidate(layout, flat, layout.rows), on=on)
    doubted = _differing(pair)
    if not document.error and _may_hide_letters(layout, flat):
        doubted.add("document_number")
    agreed = pair.whole and flat == pair.first and not doubted
    return document if agreed else _doubted(document, doubted)


def _differing(pair: _Pair) -> set[str]:
    """Name the fields in which the engines differ.

    The second engine knows no O, I and Z beside digits; where only that parts them
    and the first one's check digits are all right, they agree.
    """
    blind = repair.fits(pair.layout, pair.first)
    names = set()
    for place, char in enumerate(pair.first):
        other = pair.second[place]
        if char != other and not (blind and _SHAPE.get(char, char) == other):
            names.add(pair.layout.field_at(place))
    if "names" in names:
        names = names - {"names"} | {"surname", "given_names"}
    return names


def _mixed(pair: _Pair) -> str:
    """Choose, where the engines differ, what makes every check digit right.

    The first engine's reading stands unless exactly one other choice fits.
    """
    places = [i for i, c in enumerate(pair.first) if pair.second[i] != c]
    wholly = [s for s in (pair.first, pair.second) if repair.fits(pair.layout, s)]
    if wholly:
        return wholly[0]
    choices = product(*((pair.first[i], pair.second[i]) for i in places))
    found = set()
    for choice in islice(choices, _MIXES_AT_MOST):
        chars = list(pair.first)
        for place, char in zip(places, choice, strict=True):
            chars[place] = char
        flat = "".join(chars)
        if repair.fits(pair.layout, flat):
            protected = tuple(pair.layout.part(flat, n) for n in repair.PROTECTED)
            found.add((protected, flat))
    if len({protected for protected, _ in found}) != 1:
        return pair.first
    return max(
        (flat for _, flat in found),
        key=lambda flat: sum(a == b for a, b in zip(flat, pair.first, strict=True)),
    )


def _doubted(document: Document, names: set[str]) -> Document:
    """Mark fields for the officer's eye and take the document's certainty away."""
    states = dict(document.states)
    for name in names:
        if states.get(name) not in {None, State.FAILED}:
            states[name] = State.REPAIRED
    return replace(
        document,
        states=states,
        repaired=tuple(n for n in states if states[n] is State.REPAIRED),
        trust=Trust.NONE if document.error else Trust.COMPARE,
    )


def _may_hide_letters(layout: Layout, flat: str) -> bool:
    """Tell whether letters of the number may be digits of their shape, or the reverse.

    Two such swaps can leave every check digit right (OO and 00).

    A number of letters and then digits is taken to be of that kind either way.
    """
    issuer = layout.part(flat, "issuer").rstrip(FILLER)
    number = layout.part(flat, "document_number")
    if issuer == "KGZ" and kyrgyz.usual_number(number):
        return False
    start, stop = layout.spans["document_number"]
    simple = _LETTERS_FIRST.fullmatch(number) is not None
    shapes = [flat[i] + _OTHER.get(flat[i], "") for i in range(start, stop)]
    for choice in product(*shapes):
        other = "".join(choice)
        if other == number or (simple and not _LETTERS_FIRST.fullmatch(other)):
            continue
        if repair.fits(layout, flat[:start] + other + flat[stop:]):
            return True
    return not issuers.known(issuer)
