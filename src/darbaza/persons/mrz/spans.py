"""Which part of a line that an engine read is the line of a layout.

Engines take the page's edge for a character, or miscount a run of fillers. A line of
another length is cut or filled where only that can be the cause.
"""

import re
from collections.abc import Iterator

from darbaza.persons.mrz.alphabet import FILLER
from darbaza.persons.mrz.formats import Layout

_LONGER_AT_MOST = 4
_MISCOUNTED_AT_MOST = 2
_RUN = re.compile("(.*<<<)([0-9]{0,2})")  # the last long run and the closing digits


def fitted(layout: Layout, row: int, line: str) -> Iterator[str]:
    """Yield the texts of the layout's width that a line may have been meant as.

    The first is the likeliest. None where the line is too short or far too long.
    """
    width = layout.width
    if len(line) == width:
        yield line
        return
    if abs(len(line) - width) <= _MISCOUNTED_AT_MOST:
        yield from _recounted(layout, row, line)
    for start in range(len(line) - width + 1):
        if len(line) <= width + _LONGER_AT_MOST:
            yield line[start : start + width]


def _recounted(layout: Layout, row: int, line: str) -> Iterator[str]:
    """Yield the line with as many fillers in its last run as the width asks for."""
    found = _RUN.fullmatch(line)
    closed = layout.composite_at // layout.width == row
    if found is None or bool(found[2]) != closed:
        return
    head, tail = found.groups()
    room = layout.width - len(tail)
    recounted = head[:room].ljust(room, FILLER) + tail
    if head[room:].strip(FILLER) == "":
        yield recounted
