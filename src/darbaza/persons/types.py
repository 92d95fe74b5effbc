"""What other rooms say to this one and hear from it. No Django here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

NAME = (
    "surname",
    "given_names",
    "patronymic",
    "surname_latin",
    "given_names_latin",
)
"""The columns that ``Person.name`` and ``name_latin`` are made of."""


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """Somebody as typed or as read from a document; every part but one may be empty."""

    surname: str = ""
    given_names: str = ""
    patronymic: str = ""
    surname_latin: str = ""
    given_names_latin: str = ""
    sex: str = "X"
    birth_on: date | None = None
    citizenship: str = ""
    personal_number: str = ""
    phone: str = ""
    language: str = "ky"


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """A document that somebody shows; ``kind`` and ``source`` as in ``Document``."""

    kind: str
    number: str
    issuer: str = ""
    issued_by: str = ""
    issued_on: date | None = None
    expires_on: date | None = None
    mrz: str = ""
    source: str = "typed"


@dataclass(frozen=True, slots=True)
class Hit:
    """One person found, with the reasons as codes (words: ``persons.texts``).

    Attributes:
        person_id: The record to use; a merged record is followed to the kept one.
        name: As printed, Latin where nothing else is known.
        name_latin: As printed in Latin letters.
        sex: F, M or X.
        birth_on: Date of birth where known.
        citizenship: Three letters, or empty.
        photo_id: Newest photograph, or None.
        registered_at: When the record was made.
        score: 0 to 1; 1.0 for an exact document or personal number.
        reasons: Codes, the weightiest first.
        document: Number of the document asked for, else of the newest shown.
    """

    person_id: UUID
    name: str
    name_latin: str
    sex: str
    birth_on: date | None
    citizenship: str
    photo_id: UUID | None
    registered_at: datetime
    score: float
    reasons: tuple[str, ...]
    document: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """Who somebody in a list is: one record, nobody (yet), or a ``problem`` (code)."""

    person_id: UUID | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two records beside each other: what the duplicate policy looks at."""

    name_score: float
    name_reasons: tuple[str, ...] = ()
    birth_on: tuple[date | None, date | None] = (None, None)
    sex: tuple[str, str] = ("X", "X")
    personal_number: tuple[str, str] = ("", "")
    same_document: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a person's page that a higher room brings along.

    ``load(person_id, by)`` returns the context of ``template``, or None to stay away;
    it must show rows of ``by.sees`` only. Declaring a panel registers it.
    """

    name: str
    order: int
    template: str
    load: Callable[[UUID, Any], Mapping[str, Any] | None] = field(compare=False)

    def __post_init__(self) -> None:
        PANELS[self.name] = self


PANELS: dict[str, Panel] = {}


def on_rename(listener: Callable[[UUID], None]) -> None:
    """Call ``listener(person_id)`` in the transaction that changes a person's name."""
    RENAMED.append(listener)


RENAMED: list[Callable[[UUID], None]] = []
