"""What is wrong with a document on a given day: codes, no words, no clock."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from darbaza.persons.mrz.types import Document, Trust

SOON_DAYS = 30
_DAMAGED = frozenset({"mended_length", "several_readings"})


class Code(StrEnum):
    """Every finding. None of them decides: policies do."""

    EXPIRED = "expired"
    EXPIRES_SOON = "expires_soon"
    NOT_YET_VALID = "not_yet_valid"
    UNKNOWN_ISSUER = "unknown_issuer"
    DAMAGED = "damaged"
    PERSONAL_NUMBER_DIFFERS = "personal_number_differs"


class Finding(NamedTuple):
    """One code; ``days`` since expiry, or until expiry or first validity."""

    code: Code
    days: int | None = None


def condition(
    document: Document, on: date, *, valid_from: date | None = None
) -> tuple[Finding, ...]:
    """Return what speaks against a document on a day.

    Args:
        document: As read; its last day of validity is still valid.
        on: The local day of the check.
        valid_from: From the printed page or a visa, where somebody typed it: zones
            do not say it. Without it only a birth after ``on`` tells.
    """
    found = [*_period(document, on, valid_from)]
    if document.format is not None and "unknown_issuer" in document.remarks:
        found.append(Finding(Code.UNKNOWN_ISSUER))
    damaged = document.repaired or _DAMAGED & set(document.remarks)
    if document.trust is Trust.NONE or damaged:
        found.append(Finding(Code.DAMAGED))
    if "personal_number_differs" in document.remarks:
        found.append(Finding(Code.PERSONAL_NUMBER_DIFFERS))
    return tuple(found)


def _period(document: Document, on: date, valid_from: date | None) -> list[Finding]:
    found = []
    starts = valid_from or document.birth_on
    if starts is not None and starts > on:
        found.append(Finding(Code.NOT_YET_VALID, (starts - on).days))
    if document.expires_on is None:
        return found
    left = (document.expires_on - on).days
    if left < 0:
        found.append(Finding(Code.EXPIRED, -left))
    elif left <= SOON_DAYS:
        found.append(Finding(Code.EXPIRES_SOON, left))
    return found
