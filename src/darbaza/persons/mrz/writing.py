"""Making valid zones from fields: for specimens, demonstrations and tests."""

from darbaza.persons.mrz import names
from darbaza.persons.mrz.alphabet import FILLER, check_digit
from darbaza.persons.mrz.formats import ALPHABETS, LAYOUTS, Layout
from darbaza.persons.mrz.types import Document, Format

_PLAIN = (
    "document_code",
    "issuer",
    "birth_date",
    "sex",
    "expiry_date",
    "nationality",
    "optional2",
)


def write(document: Document) -> tuple[str, ...]:
    """Return the lines of a zone with every check digit right.

    Args:
        document: ``format`` and the fields as ``parse`` would give them; names in
            capital Latin letters; what is derived (days, states, trust) is ignored.

    Raises:
        ValueError: No format, a character that may not stand in a field, or a field
            too long for the format (names are cut, not refused).
    """
    if document.format is None:
        raise ValueError("a zone needs a format")
    layout = LAYOUTS[document.format]
    chars = [FILLER] * layout.size
    for name in _PLAIN:
        _put(layout, chars, name, str(getattr(document, name)))
    start, stop = layout.spans["names"]
    field = names.join(document.surname, document.given_names, width=stop - start)
    _put(layout, chars, "names", field)
    long = _put_number(layout, chars, document)
    return layout.lines(_closed(layout, chars, skipped=long))


def _put(layout: Layout, chars: list[str], name: str, text: str) -> None:
    start, stop = layout.spans.get(name, (0, 0))
    if len(text) > stop - start:
        raise ValueError(f"{name} is too long for {layout.format}")
    if not set(text) <= set(ALPHABETS[name]):
        raise ValueError(f"{name} holds a character that a zone has not")
    chars[start : start + len(text)] = text


def _put_number(layout: Layout, chars: list[str], document: Document) -> str:
    """Put number and first optional field; name the check digit that moves away."""
    number, optional = document.document_number, document.optional1
    start, stop = layout.spans["document_number"]
    width = stop - start
    long = len(number) > width and layout.format in {Format.TD1, Format.TD2}
    if long:
        rest = number[width:] + check_digit(number)
        optional = FILLER.join(part for part in (rest, optional) if part)
        number = number[:width]
    _put(layout, chars, "document_number", number)
    _put(layout, chars, "optional1", optional)
    return "document_number" if long else ""


def _closed(layout: Layout, chars: list[str], *, skipped: str) -> str:
    """Fill in the check digits: own ones first, the one over all of them last."""
    for name, at in layout.own_checks.items():
        if name != skipped:
            start, stop = layout.spans[name]
            chars[at] = check_digit("".join(chars[start:stop]))
    if layout.composite:
        covered = (chars[i] for span in layout.composite for i in range(*span))
        chars[layout.composite_at] = check_digit("".join(covered))
    return "".join(chars)
