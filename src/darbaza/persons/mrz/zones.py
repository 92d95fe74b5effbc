"""Finding a zone in text: which lines, in which format, in which order."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations, product

from darbaza.persons.mrz.alphabet import AS_DIGIT, DIGITS, FILLER, LETTERS, UNKNOWN
from darbaza.persons.mrz.formats import LAYOUTS, Layout
from darbaza.persons.mrz.types import Format

_PREFIX_AT_MOST = 12
_JOINED_AT_MOST = 8
_SHORTER_AT_MOST = 4
_STARTS = frozenset(LETTERS + UNKNOWN + "1")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Lines that may be a zone: ``stop`` is the line after them."""

    layout: Layout
    flat: str
    stop: int
    mended: bool = False


def at(lines: list[str], start: int) -> Iterator[Candidate]:
    """Yield what may begin with line ``start``: exact lengths first."""
    for candidate in _exact(lines, start):
        yield from _ordered(candidate)
    for candidate in _mended(lines, start):
        if looks_right(candidate):
            yield candidate


def within(text: str) -> Iterator[Candidate]:
    """Yield what may be a zone anywhere in characters that nothing parts."""
    for start in range(len(text)):
        for layout in LAYOUTS.values():
            flat = text[start : start + layout.size]
            if len(flat) == layout.size:
                candidate = Candidate(layout, flat, start + layout.size)
                if looks_right(candidate):
                    yield candidate


def _exact(lines: list[str], start: int) -> Iterator[Candidate]:
    text = ""
    for stop in range(start + 1, min(start + _JOINED_AT_MOST, len(lines)) + 1):
        text += lines[stop - 1]
        for layout in LAYOUTS.values():
            if len(text) == layout.size:
                yield Candidate(layout, text, stop)


def _ordered(candidate: Candidate) -> Iterator[Candidate]:
    """Yield the orders of the lines that make sense: a card may be upside down."""
    layout = candidate.layout
    for lines in permutations(layout.lines(candidate.flat)):
        ordered = Candidate(layout, "".join(lines), candidate.stop)
        if looks_right(ordered):
            yield ordered


def looks_right(candidate: Candidate) -> bool:
    """Tell whether the coarse structure is that of the format.

    A visa starts with V and nothing else does; issuer and nationality are mostly
    letters; two thirds of the dates are digits or look like digits.
    """
    layout, flat = candidate.layout, candidate.flat
    visa = layout.format in {Format.MRVA, Format.MRVB}
    if flat[0] not in _STARTS or (flat[0] == "V") != visa:
        return False
    if layout.format is Format.TD3 and flat[0] not in "PFR" + UNKNOWN:
        return False
    issuer = layout.part(flat, "issuer") + layout.part(flat, "nationality")
    dated = layout.part(flat, "birth_date") + layout.part(flat, "expiry_date")
    checks = (flat[layout.own_checks[name]] for name in ("birth_date", "expiry_date"))
    if sum(c in DIGITS for c in issuer) > 2 or issuer[0] == FILLER:
        return False
    numeric = sum(c in DIGITS or c in AS_DIGIT or c in "<?" for c in dated)
    # Both dates may be unknown; then their check digits tell them from mere fillers.
    return numeric >= 10 and any(c in DIGITS for c in (*dated, *checks))


def _mended(lines: list[str], start: int) -> Iterator[Candidate]:
    """Yield lines of nearly the right lengths, those with the least change first."""
    found = []
    for layout in LAYOUTS.values():
        stop = start + layout.rows
        rows = lines[start:stop]
        if len(rows) < layout.rows or all(len(r) == layout.width for r in rows):
            continue
        options = [list(_fitted(layout, row, text)) for row, text in enumerate(rows)]
        for chosen in product(*options):
            pairs = list(zip(chosen, rows, strict=True))
            mended = any(_changed(line, text) for line, text in pairs)
            candidate = Candidate(layout, "".join(chosen), stop, mended=mended)
            found.append((_cost(candidate, pairs), candidate))
    yield from (one for _cost, one in sorted(found, key=lambda pair: pair[0]))


def _cost(candidate: Candidate, pairs: list[tuple[str, str]]) -> tuple[int, ...]:
    """Order candidates: signs kept, then characters lost, then fillers put in."""
    lost = sum(_told(text) - _told(line) for line, text in pairs)
    moved = sum(abs(len(text) - len(line)) for line, text in pairs)
    return candidate.flat.count(UNKNOWN), int(candidate.mended), lost, moved


def _told(text: str) -> int:
    return len(text) - text.count(FILLER) - text.count(UNKNOWN)


def _fitted(layout: Layout, row: int, text: str) -> Iterator[str]:
    """Yield a line cut or filled to the width; only fillers are ever added."""
    width = layout.width
    if len(text) == width:
        yield text
    elif len(text) > width:
        yield from _cut(text, width)
    elif row == layout.names_row or text.startswith("V"):
        if len(text) > 6:
            yield text.ljust(width, FILLER)
    elif len(text) >= _shortest(layout, row):
        yield from _filled(layout, row, text)


def _shortest(layout: Layout, row: int) -> int:
    """Return how short a data line may be: all fillers at its end may be missing.

    Where a check digit ends it, they are missing within, and a few at most.
    """
    if _closing(layout, row):
        return layout.width - _SHORTER_AT_MOST
    return layout.spans["optional1"][0] % layout.width


def _closing(layout: Layout, row: int) -> bool:
    return layout.composite_at // layout.width == row and layout.composite_at > 0


def _changed(line: str, text: str) -> bool:
    """Tell whether more was done than to take off what a reader is set to add.

    Such additions (as the identifier ``]L0``) hold a character that zones have not.
    """
    before, found, after = text.partition(line)
    return not found or any(part and UNKNOWN not in part for part in (before, after))


def _cut(text: str, width: int) -> Iterator[str]:
    """Yield the line without what a reader was set to send before or after it."""
    if len(text) - width > _PREFIX_AT_MOST:
        return
    inner = max(text.split(UNKNOWN), key=len)  # signs of both ends are gone
    ends = {piece[:width] for piece in (text, inner)}
    ends |= {piece[-width:] for piece in (text, inner)}
    yield from sorted(end for end in ends if len(end) == width)


def _filled(layout: Layout, row: int, text: str) -> Iterator[str]:
    """Yield a data line with the fillers that are missing from its last run."""
    closing = _closing(layout, row)
    head, tail = text, ""
    if closing:
        cut = len(text.rstrip(DIGITS)) if FILLER in text else len(text)
        head, tail = text[:cut], text[cut:]
    if (not closing or head.endswith(FILLER)) and len(tail) <= 2:
        yield head + FILLER * (layout.width - len(text)) + tail
