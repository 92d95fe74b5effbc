"""From text as it was delivered to rows that may be lines of a zone."""

import re
from collections.abc import Iterator
from itertools import groupby

from darbaza.persons.mrz import keyboards
from darbaza.persons.mrz.alphabet import FILLER, UNKNOWN
from darbaza.persons.mrz.formats import LAYOUTS

Rows = tuple[str, ...]
_BETWEEN_SIGNS = re.compile(r"[A-Z0-9<]+")
_WHOLE = frozenset(n for one in LAYOUTS.values() for n in (one.width, one.size))


def rows(text: str) -> tuple[Rows, ...]:
    """Return the ways to cut a text into rows, each way once, the likeliest first.

    Blanks are nothing or stand for fillers; signs that no zone has may part the
    rows (quoted or separated by commas). A row sent twice in a row counts once.
    """
    found: dict[Rows, None] = {}
    for variant in keyboards.variants(text):
        for way in _ways(variant):
            found[tuple(row for row, _same in groupby(filter(None, way)))] = None
    return tuple(found)


def _ways(variant: str) -> Iterator[list[str]]:
    plain = variant.split("\n")
    yield [row.replace(" ", "") for row in plain]
    if " " in variant:
        yield [row.replace(" ", FILLER) for row in plain if row.strip()]
    if UNKNOWN in variant:
        yield [p for p in _BETWEEN_SIGNS.findall(variant) if len(p) in _WHOLE]
