"""Entries of a list as read, people as compared, and what was found. No Django."""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

_BIRTH = re.compile(
    r"(?P<about>~)?(?P<first>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?"
    r"(?:/(?P<last>\d{4}))?"
)


@dataclass(frozen=True, slots=True)
class Birth:
    """A date of birth as far as a list knows it: some day from ``first`` to ``last``.

    As text: ``1971-03-05``, ``1971-03``, ``1971``, ``~1971`` (about), ``1970/1975``.
    """

    first: date
    last: date
    about: bool = False

    @property
    def exact(self) -> bool:
        """Whether the day itself is known."""
        return self.first == self.last and not self.about

    def __str__(self) -> str:
        about = "~" if self.about else ""
        if self.first == self.last:
            return about + self.first.isoformat()
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            return f"{about}{self.first:%Y-%m}"
        if self.first.year == self.last.year:
            return f"{about}{self.first:%Y}"
        return f"{about}{self.first:%Y}/{self.last:%Y}"


def birth(text: str) -> Birth:
    """Read a date of birth from its text.

    Raises:
        ValueError: No such text, or no such day.
    """
    found = _BIRTH.fullmatch(text.strip())
    if found is None or (found["month"] and found["last"]):
        message = "no date of birth"
        raise ValueError(message)
    year, about = int(found["first"]), bool(found["about"])
    if found["day"]:
        day = date(year, int(found["month"]), int(found["day"]))
        return Birth(day, day, about)
    if found["month"]:
        month = int(found["month"])
        first = date(year, month, 1)
        return Birth(
            first, date(year, month, calendar.monthrange(year, month)[1]), about
        )
    return years(year, int(found["last"] or year), about=about)


def years(first: int, last: int, *, about: bool = False) -> Birth:
    """Return a birth somewhere from one year to another, both included.

    Raises:
        ValueError: The years are turned round, or no years.
    """
    if last < first:
        message = "the last year lies before the first"
        raise ValueError(message)
    return Birth(date(first, 1, 1), date(last, 12, 31), about)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that a list or a person has; ``number`` as it is compared."""

    number: str
    kind: str = ""
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One person on a list, as read.

    Attributes:
        reference: What the list calls the entry; once a list.
        names: The name first, then other spellings.
        births: Every date of birth that the list gives.
        sex: F, M, or X where the list says nothing.
        papers: Documents.
        personal_number: National number, "" where unknown.
        remark: What else the list says, for whoever compares.
        listed_on: Since when, where the list says it.
    """

    reference: str
    names: tuple[str, ...]
    births: tuple[Birth, ...] = ()
    sex: str = "X"
    papers: tuple[Paper, ...] = ()
    personal_number: str = ""
    remark: str = ""
    listed_on: date | None = None

    @property
    def can_be_found(self) -> bool:
        """Whether there is more than a name: many people share one."""
        return bool(self.births or self.papers or self.personal_number)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an entry was passed over, and where; words are in ``texts``."""

    line: int
    code: str
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read.

    Attributes:
        entries: People, in the order of the file.
        ignored: Entries that are no people (organisations), passed over.
        published_on: The date that the file itself gives.
        problems: Lines passed over because they cannot be read.
        head: Heads of the columns of a table, () for XML.
    """

    entries: tuple[Listed, ...]
    ignored: int = 0
    published_on: date | None = None
    problems: tuple[Problem, ...] = ()
    head: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Someone:
    """A person on record, as far as lists are compared with them."""

    id: UUID
    names: tuple[str, ...]
    birth_on: date | None = None
    sex: str = "X"
    numbers: frozenset[str] = frozenset()
    """Numbers of the documents that they showed."""
    personal_number: str = ""


class Verdict(StrEnum):
    """What somebody decided about a likeness."""

    SAME = "same"
    ANOTHER = "another"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Compared:
    """One person beside one entry: how alike, and every reason.

    Attributes:
        score: 0 to 1; 1 where a number is the same.
        name_score: How alike the names are, 0 to 1.
        reasons: Codes (``texts.REASONS``), the weightiest first.
        parts: Each part of the name: (code, in the record, on the list).
        name: The spelling on the list that was nearest.
    """

    score: float
    name_score: float
    reasons: tuple[str, ...]
    parts: tuple[tuple[str, str, str], ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class ListDraft:
    """A list as somebody describes it; ``kept_until`` is the first day without it."""

    name: str
    kind: str
    source: str
    owner: str
    purpose: str
    kept_until: date


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came."""

    name: str
    data: bytes
