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

from darbaza.persons.mrz import fields, issuers, kyrgyz, repair, spans
from darbaza.persons.mrz.alphabet import AS_DIGIT, AS_LETTER, DIGITS, FILLER, LETTERS
from darbaza.persons.mrz.formats import LAYOUTS, Layout
from darbaza.persons.mrz.types import Document, State, Trust
from darbaza.persons.mrz.zones import Candidate, looks_right

_MIXES_AT_MOST = 256
_APART_AT_MOST = 2  # more, and the line of the wrong length was misread within
_SHAPE = {"O": "0", "I": "1", "Z": "2"}
_OTHER = {"O": "0", "0": "O", "I": "1", "1": "I"}  # what both engines confuse
_MIXED_FIELDS = ("document_number", "optional1", "optional2")
_LETTERS_FIRST = re.compile(r"[A-Z]*[0-9]*<*")


@dataclass(frozen=True, slots=True)
class _Pair:
    """The same zone by both engines; ``whole`` if each read every line in full."""

    layout: Layout
    first: str
    second: str
    whole: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """One line by both engines; ``whole`` if each read it and nothing was guessed."""

    texts: tuple[str, str]
    whole: bool


def fuse(first: list[str], second: list[str], *, on: date) -> Document:
    """Return the document that two readings of the same lines tell together.

    Args:
        first: Lines by the engine that knows O from 0; it wins where nothing else
            decides.
        second: Lines by the engine that is right more often in letters: it wins in
            names (but for O, I and Z). Empty if there is none.
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
    rows = range(layout.rows)
    lines = [
        text if len(text) == layout.rows else [""] * layout.rows
        for text in (first, second)
    ]
    options = [_row_pairs(layout, row, *(text[row] for text in lines)) for row in rows]
    for chosen in islice(product(*options), _MIXES_AT_MOST):
        flats = [
            "".join(text) for text in zip(*(row.texts for row in chosen), strict=True)
        ]
        if looks_right(Candidate(layout, flats[0], layout.rows)):
            whole = all(row.whole for row in chosen)
            flats = [_settled(layout, flat) for flat in flats]
            yield _Pair(layout, flats[0], flats[1], whole)


def _row_pairs(layout: Layout, row: int, one: str, two: str) -> list[_Row]:
    """Return how a line by both engines may be meant, fitted to the layout's width.

    Where both have it, what they agree in most decides how to cut it.
    """
    ones = list(spans.fitted(layout, row, one))
    twos = list(spans.fitted(layout, row, two))
    if not (ones and twos):
        return [_Row((text, text), whole=False) for text in ones or twos]
    pairs = list(product(ones, twos))
    least = min(_apart(*pair) for pair in pairs)
    nearest = [pair for pair in pairs if _apart(*pair) == least]
    exact = [text for text in (one, two) if len(text) == layout.width]
    if len(exact) == 1 and least > _APART_AT_MOST:
        return [_Row((exact[0], exact[0]), whole=False)]
    return [_Row(pair, whole=bool(exact) or len(nearest) == 1) for pair in nearest]


def _apart(one: str, two: str) -> int:
    """Count the places in which two lines differ by more than the shape of O, I, Z."""
    pairs = zip(one, two, strict=True)
    return sum(_SHAPE.get(a, a) != _SHAPE.get(b, b) for a, b in pairs)


def _settled(layout: Layout, flat: str) -> str:
    """Give every character the reading that its place allows (0 in a name is O)."""
    pattern = _pattern(layout, flat)
    settled = "".join(
        _meant(char, pattern.get(i) or layout.alphabet_at(i))
        for i, char in enumerate(flat)
    )
    return _numbered(layout, settled)


def _numbered(layout: Layout, flat: str) -> str:
    """Put digits for their look-alikes where that makes a Kyrgyz personal number.

    No check digit tells 6 from G; the sex and day of birth in the number prove it.
    """
    if layout.part(flat, "issuer") != "KGZ":
        return flat
    sex, birth = layout.part(flat, "sex"), layout.part(flat, "birth_date")
    for name in ("optional1", "optional2"):
        start, stop = layout.spans.get(name, (0, 0))
        digits = "".join(AS_DIGIT.get(char, char) for char in flat[start:stop])
        found = kyrgyz.personal_number(digits)
        if found and kyrgyz.agrees(found, sex=sex, birth_date=birth):
            return flat[:start] + digits + flat[stop:]
    return flat


def _meant(char: str, allowed: str) -> str:
    table = AS_DIGIT if "0" in allowed else AS_LETTER
    meant = table.get(char, char)
    return char if char in allowed or meant not in allowed else meant


def _pattern(layout: Layout, flat: str) -> dict[int, str]:
    """Return where only letters or digits stand: first of all, always a letter.

    A Kyrgyz number is made of two letters and seven digits.
    """
    issuer = layout.part(flat, "issuer").replace("2", "Z").replace("6", "G")
    begins = {0: LETTERS}
    if issuer != "KGZ":
        return begins
    start, stop = layout.spans["document_number"]
    number = {i: LETTERS if i < start + 2 else DIGITS for i in range(start, stop)}
    return begins | number


def _told(pair: _Pair, *, on: date) -> Document:
    layout = pair.layout
    flat = _named(pair, _mixed(pair))
    document = fields.read(Candidate(layout, flat, layout.rows), on=on)
    doubted = _differing(pair)
    if not document.error:
        doubted |= {n for n in _MIXED_FIELDS if _may_hide_letters(layout, flat, n)}
    agreed = pair.whole and flat == pair.first and not doubted
    return document if agreed else _doubted(document, doubted)


def _named(pair: _Pair, flat: str) -> str:
    """Put the second engine's names in, but for letters that it takes for digits."""
    start, stop = pair.layout.spans["names"]
    both = zip(pair.first[start:stop], pair.second[start:stop], strict=True)
    names = "".join(one if two in _SHAPE else two for one, two in both)
    return flat[:start] + names + flat[stop:]


def _differing(pair: _Pair) -> set[str]:
    """Name the fields in which the engines differ.

    The second engine knows no O, I and Z beside digits; where only that parts them
    and the first one's check digits are all right, they agree.
    """
    proved: set[int] = set()
    if repair.fits(pair.layout, pair.first):
        checks = pair.layout.checks(pair.first)
        proved = {place for check in checks for place in check.covers}
    names = set()
    for place, char in enumerate(pair.first):
        other = pair.second[place]
        if char != other and not (place in proved and _SHAPE.get(char, char) == other):
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


def _may_hide_letters(layout: Layout, flat: str, name: str) -> bool:
    """Tell whether letters of a field may be digits of their shape, or the reverse.

    Two such swaps can leave every check digit right (OO and 00). What holds letters
    and then digits, or only digits, is taken to be of that kind either way.
    """
    issuer = layout.part(flat, "issuer").rstrip(FILLER)
    text = layout.part(flat, name)
    if name == "document_number":
        if issuer == "KGZ" and kyrgyz.usual_number(text):
            return False
        if not issuers.known(issuer):
            return True
    elif not set(text) & set(LETTERS):
        return False
    start, stop = layout.spans.get(name, (0, 0))
    simple = _LETTERS_FIRST.fullmatch(text) is not None
    shapes = [flat[i] + _OTHER.get(flat[i], "") for i in range(start, stop)]
    for choice in islice(product(*shapes), _MIXES_AT_MOST):
        other = "".join(choice)
        if other == text or (simple and not _LETTERS_FIRST.fullmatch(other)):
            continue
        if repair.fits(layout, flat[:start] + other + flat[stop:]):
            return True
    return False
