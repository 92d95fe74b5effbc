"""Columns, rows and what becomes of them. No Django."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

Values = Mapping[str, Any]
Words = Mapping[str, Mapping[str, str]]
"""Kind of word ("sex", "regime" ...) to a plain word to its code."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column that a kind of list may have.

    ``reads`` is "text", "name", "date", "day_past" or a kind of word; ``sample`` stands
    in the empty workbook.
    """

    name: str
    reads: str = "text"
    required: bool = False
    length: int = 120
    sample: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be taken, and in which column; words are in ``texts``."""

    code: str
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as read: its head and its lines, each with the line's number in it."""

    head: tuple[str, ...]
    lines: Sequence[tuple[int, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that reads well: its key, its line in the file and its values."""

    id: UUID
    line: int
    values: Values


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would or did become of a row: "new", "present", "made" or "wrong"."""

    status: str
    problems: tuple[Problem, ...] = ()
    target_id: UUID | None = None
    person_id: UUID | None = None


def wrong(code: str, **figures: Any) -> Outcome:
    """Return the outcome of a row with one problem."""
    return Outcome("wrong", (Problem(code, figures),))
