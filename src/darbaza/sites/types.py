"""Drafts of places as a person enters them. No Django here."""

from dataclasses import dataclass
from enum import StrEnum

POST_IN_SESSION = "post"
"""Under this key a browser session keeps the working post that somebody chose."""
POST_NAME_IN_SESSION = "post_name"
"""Its name in the language of that moment, for the head of the page."""
SEATS_AT_ONCE = 200


class Place(StrEnum):
    """What can be closed and opened again; nothing is ever deleted."""

    BLOCK = "block"
    CELL = "cell"
    ROOM = "room"
    SEAT = "seat"
    POST = "post"


@dataclass(frozen=True, slots=True)
class Names:
    """A name in the three languages of the service; none may be empty."""

    ky: str
    ru: str
    en: str

    def as_fields(self) -> dict[str, str]:
        """Return the columns of a named row."""
        return {"name_ky": self.ky, "name_ru": self.ru, "name_en": self.en}


@dataclass(frozen=True, slots=True)
class InstitutionDraft:
    """An institution and its choices."""

    code: str
    kind: str
    """A value of ``Institution.Kind``."""
    names: Names
    address: str = ""
    phone: str = ""
    complaints_to: str = ""
    paper_language: str = "ky"
    entrance_capacity: int = 60
    shared_minutes: int = 10
    money_paid_to: str = ""


@dataclass(frozen=True, slots=True)
class SeatRange:
    """Numbered seats: prefix and the numbers from first to last, both included."""

    first: int
    last: int
    people: int = 4
    prefix: str = ""

    def labels(self) -> list[str]:
        """Return every label in order, such as "A1", "A2"."""
        return [f"{self.prefix}{n}" for n in range(self.first, self.last + 1)]
