"""A live test of a reader: what arrived, as bytes and as fields, and what is wrong.

Plain Python and no rows: nothing of a test is stored.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from darbaza.gate import codes
from darbaza.persons import mrz
from darbaza.persons.mrz.types import Document, State, Trust

LINE_LENGTHS = (30, 36, 44)
SLOW_MS = 50
"""Milliseconds a key above which the page may take a reader for a hand."""
SHORTEST_LINE = 28
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_FIELDS = (
    "document_code", "issuer", "document_number", "surname", "given_names",
    "nationality", "birth_date", "sex", "expiry_date", "optional1", "optional2",
    "personal_number",
)  # fmt: skip

Trouble = tuple[str, dict[str, object]]
"""A code with the figures of its words."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came in a test."""

    source: str
    device: str = ""
    text: str = ""
    typed: str = ""
    """What the computer made of the keys, where a reader typed."""
    caps: bool = False
    ms: int = 0
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Trial:
    """What a test shows."""

    arrived: Arrived
    kind: str
    """document, code, or empty for neither."""
    document: Document
    hexadecimal: str
    visible: str
    fields: tuple[tuple[str, str, State | None], ...]
    """Field, value, and how it was confirmed; no state for what no zone has."""
    troubles: tuple[Trouble, ...]

    @property
    def verdict(self) -> str:
        """What came: code, sure, compare (a document in doubt), failed or nothing."""
        if self.kind != "document":
            return self.kind or "nothing"
        trust = self.document.trust
        return "failed" if trust is Trust.NONE else str(trust)


def judge(arrived: Arrived) -> Trial:
    """Return what arrived as bytes and fields, with everything that is wrong."""
    document = mrz.parse(arrived.text)
    came = arrived.typed or arrived.text
    kind = "document" if document.format else ""
    if codes.number_of(arrived.text.strip()):
        kind = "code"
    return Trial(
        arrived,
        kind,
        document,
        came.encode("utf-8" if arrived.typed else "latin-1", "replace").hex(" "),
        visible(came),
        tuple(_fields(document)),
        tuple(_troubles(arrived, document, kind)),
    )


def visible(text: str) -> str:
    """Return a text with its control characters as signs that can be seen."""
    shown = (chr(0x2400 + ord(c)) if ord(c) < 0x20 else c for c in text)
    return "".join("␡" if c == "\x7f" else c for c in shown)


def _fields(document: Document) -> Iterator[tuple[str, str, State | None]]:
    if document.format is None:
        return
    for name in _FIELDS:
        value = str(getattr(document, name))
        if value:
            yield name, value, document.states.get(name)


def _troubles(arrived: Arrived, document: Document, kind: str) -> Iterator[Trouble]:
    if not arrived.complete:
        yield "broke_off", {}
    yield from _of_keyboard(arrived)
    if kind:
        yield from _of_document(document)
    else:
        yield from _of_lines(arrived.text)
    if kind == "document" and not re.search(r"[\r\n\t]", arrived.text.strip()):
        yield "no_line_ends", {}


def _of_keyboard(arrived: Arrived) -> Iterator[Trouble]:
    if _CYRILLIC.search(arrived.typed):
        yield "layout_cyrillic", {}
    elif ";" in arrived.typed and "<" in arrived.text:
        yield "layout_german", {}
    if arrived.caps:
        yield "caps_lock", {}
    if arrived.source == "wedge" and arrived.ms > SLOW_MS * len(arrived.text):
        yield "slow", {"ms": round(arrived.ms / len(arrived.text))}


def _of_document(document: Document) -> Iterator[Trouble]:
    failed = [n for n, state in document.states.items() if state is State.FAILED]
    for name, state in document.states.items():
        if name == "zone" and state is State.FAILED and len(failed) > 1:
            yield "composite_too", {}
        elif state is State.FAILED:
            yield "check_digit", {"field": "composite" if name == "zone" else name}
        elif state is State.REPAIRED:
            yield "repaired", {"field": "composite" if name == "zone" else name}
    for remark in document.remarks:
        yield remark, {}


def _of_lines(text: str) -> Iterator[Trouble]:
    lines = [line for line in mrz.mend(text) if line]
    whole = [line for line in lines if len(line) in LINE_LENGTHS]
    if not lines or max(map(len, lines)) < SHORTEST_LINE:
        yield "no_document", {}
        return
    wanted = 3 if len(lines[0]) == 30 else 2
    if len(lines) < wanted:
        yield "line_missing", {"lines": len(lines), "wanted": wanted}
    for number, line in enumerate(lines, start=1):
        if line not in whole:
            yield "line_cut", {"line": number, "signs": len(line)}
