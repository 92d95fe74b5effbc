"""Drafts of places as a person enters them. No Django here."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

POST_IN_SESSION = "post_id"
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


class Paper(StrEnum):
    """What is printed; each printer says which of them it takes by itself."""

    PASS = "pass"  # noqa: S105 - a visitor's pass
    RECEIPT = "receipt"
    LABEL = "label"
    PAPER = "paper"
    """A sheet for people to read: a refusal, a protocol, a list."""
    TEST = "test"


class Fault(StrEnum):
    """Why a printer did not print; words in ``texts``."""

    UNREACHABLE = "printer_unreachable"
    REFUSED = "printer_refused"
    SILENT = "printer_silent"
    BUSY = "printer_busy"
    PAPER_OUT = "printer_paper_out"
    COVER_OPEN = "printer_cover_open"
    OFFLINE = "printer_offline"
    NO_DEVICE = "printer_no_device"
    NOT_ALLOWED = "printer_not_allowed"
    NO_QUEUE = "printer_no_queue"
    QUEUE_STOPPED = "printer_queue_stopped"
    NO_CUPS = "printer_no_cups"
    BROKEN_OFF = "printer_broken_off"
    PAPER_ENDED = "printer_paper_ended"
    UNREADABLE = "printer_unreadable"


BEGUN = frozenset({Fault.BROKEN_OFF, Fault.PAPER_ENDED, Fault.UNREADABLE})
"""After these nothing is sent again by itself: a part may be on paper already."""


@dataclass(frozen=True, slots=True)
class Target:
    """A printer as far as sending needs it."""

    kind: str
    """A value of ``Printer.Kind``."""
    connection: str
    """A value of ``Printer.Connection``."""
    address: str
    """Number on the network, device file, or name of the queue."""
    port: int = 9100
    dots: int = 576
    dpi: int = 203
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class PrinterDraft:
    """A printer as a person enters it."""

    names: Names
    kind: str
    address: str
    port: int = 9100
    dots: int = 576
    dpi: int = 203
    sheet: str = "80mm"
    post_id: UUID | None = None
    papers: frozenset[Paper] = frozenset()
    """What it prints by itself."""
