"""What a machine-readable zone says, and how far each part of it may be trusted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Format(StrEnum):
    """The five zones of ICAO Doc 9303 (parts 4 to 7)."""

    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"
    MRVA = "MRVA"
    MRVB = "MRVB"


class State(StrEnum):
    """How one field was confirmed.

    ``checked``: a check digit of the zone covers it and fits, nothing was changed.
    ``unchecked``: no check digit covers it (names, issuer, nationality, sex).
    ``repaired``: at least one of its characters, or its check digit, was changed.
    ``failed``: its check digit does not fit, or it says what cannot be.
    """

    CHECKED = "checked"
    UNCHECKED = "unchecked"
    REPAIRED = "repaired"
    FAILED = "failed"


class Trust(StrEnum):
    """What the officer has to do: nothing, compare with the document, or type it."""

    SURE = "sure"
    COMPARE = "compare"
    NONE = "none"


class Error(StrEnum):
    """Why no trusted zone came out. Codes only: words are the pages' business."""

    NONE = ""
    TOO_LONG = "too_long"
    NO_ZONE = "no_zone"
    CHECK_FAILED = "check_failed"
    AMBIGUOUS = "ambiguous"
    IMPOSSIBLE_DATE = "impossible_date"
    SEVERAL = "several_documents"


@dataclass(frozen=True, slots=True)
class Document:
    """One document as its zone tells it; every text in capital Latin letters.

    ``lines`` are the lines that the fields were taken from, ``as_read`` the same
    lines before any repair. ``birth_date`` and ``expiry_date`` stand as printed
    (YYMMDD, unknown parts ``<``); ``birth_on`` and ``expires_on`` are given only
    where day and century are certain. ``document_code`` and ``issuer`` come without
    fillers (Germany is ``D``), ``sex`` as printed (M, F, X or ``<``).
    In ``states`` and ``repaired``, ``zone`` stands for the check digit over all of it.
    ``personal_number`` is the 14-digit Kyrgyz number found in the optional fields.
    ``remarks`` are codes that never refuse: ``personal_number_differs``,
    ``unknown_issuer``, ``unknown_nationality``, ``unusual_code``, ``unusual_number``,
    ``no_name``, ``no_number``, ``mended_length``, ``several_readings``.
    """

    lines: tuple[str, ...] = ()
    as_read: tuple[str, ...] = ()
    format: Format | None = None
    document_code: str = ""
    issuer: str = ""
    document_number: str = ""
    birth_date: str = ""
    birth_on: date | None = None
    sex: str = ""
    expiry_date: str = ""
    expires_on: date | None = None
    nationality: str = ""
    surname: str = ""
    given_names: str = ""
    name_truncated: bool = False
    optional1: str = ""
    optional2: str = ""
    personal_number: str = ""
    states: Mapping[str, State] = field(default_factory=dict, hash=False)
    remarks: tuple[str, ...] = ()
    trust: Trust = Trust.NONE
    repaired: tuple[str, ...] = ()
    error: Error = Error.NONE
