"""Putting misread characters right, only where exactly one reading is possible.

Structure comes first: a letter where only a digit can be stands for one digit at
most. Then check digits: a single look-alike that makes every check digit fit. Values
equal modulo ten give the same check digit, so trying many swaps invents numbers:
never more than two characters, never two within what one check digit covers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from darbaza.persons.mrz import dates, issuers, kyrgyz
from darbaza.persons.mrz.alphabet import (
    AS_DIGIT,
    AS_LETTER,
    DIGITS,
    FILLER,
    LETTERS,
    LOOKALIKES,
    UNKNOWN,
)
from darbaza.persons.mrz.formats import Check, Layout
from darbaza.persons.mrz.types import Error

_TRIED_AT_MOST = 128  # more readings than this are never one
PROTECTED = ("document_number", "birth_date", "expiry_date", "optional1", "optional2")
Swap = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Repair:
    """The zone after repair, where it was changed, and which checks still fail."""

    flat: str
    changed: frozenset[int] = frozenset()
    failing: tuple[str, ...] = ()
    error: Error = Error.NONE


def repair(layout: Layout, flat: str, *, most: int = 2) -> Repair:
    """Return ``flat`` with at most ``most`` characters put right, or unchanged."""
    wrong = [i for i, c in enumerate(flat) if c not in _allowed(layout, flat, i)]
    if len(wrong) > most:
        return _refused(layout, flat, Error.CHECK_FAILED)
    settled = _structural(layout, flat, wrong)
    if len(settled) == _TRIED_AT_MOST:
        return _refused(layout, flat, Error.AMBIGUOUS)
    found = [s for s in settled if fits(layout, s)]
    if not found and len(wrong) < most:
        found = [
            swapped
            for start in settled
            for swapped in _by_checks(layout, start, most=most - len(wrong))
        ]
    return _only(layout, flat, found)


def failing(layout: Layout, flat: str) -> tuple[Check, ...]:
    """Return the check digits that do not fit, or cover what cannot stand there."""
    return tuple(c for c in layout.checks(flat) if not _holds(layout, flat, c))


def _holds(layout: Layout, flat: str, check: Check) -> bool:
    sound = all(_sound(layout, flat, i) for i in _all(check))
    return sound and check.fits(flat)


def _all(check: Check) -> tuple[int, ...]:
    return (*check.covers, check.at)


def _sound(layout: Layout, flat: str, position: int) -> bool:
    return flat[position] in _allowed(layout, flat, position)


def _allowed(layout: Layout, flat: str, position: int) -> str:
    russian = layout.part(flat, "document_code") + layout.part(flat, "issuer")
    if layout.field_at(position) == "names" and russian == "PNRUS":
        # The internal Russian passport spells some letters with digits.
        return LETTERS + DIGITS + FILLER
    return layout.alphabet_at(position)


def fits(layout: Layout, flat: str) -> bool:
    """Tell whether all check digits are right and both dates are possible."""
    printed = (layout.part(flat, name) for name in ("birth_date", "expiry_date"))
    return not failing(layout, flat) and all(dates.possible(text) for text in printed)


def _structural(layout: Layout, flat: str, wrong: list[int]) -> list[str]:
    options = [_meant(flat[i], _allowed(layout, flat, i)) for i in wrong]
    return [
        _swap(flat, zip(wrong, chosen, strict=True))
        for chosen in islice(product(*options), _TRIED_AT_MOST)
    ]


def _meant(char: str, allowed: str) -> str:
    """Return what a character out of place may stand for."""
    if char == UNKNOWN:
        return allowed
    table = AS_DIGIT if "0" in allowed else AS_LETTER
    meant = table.get(char, "")
    return meant if meant in allowed else ""


def _swap(flat: str, swaps: Iterable[Swap]) -> str:
    chars = list(flat)
    for position, char in swaps:
        chars[position] = char
    return "".join(chars)


def _by_checks(layout: Layout, flat: str, *, most: int) -> Iterator[str]:
    """Yield the zones that fit after one look-alike for each check digit that fails."""
    broken = failing(layout, flat)
    own = [check for check in broken if check.field != "zone"] or list(broken)
    if not own or len(own) > most:
        return
    fixes = [list(_fixes(layout, flat, check)) for check in own]
    for swaps in islice(product(*fixes), _TRIED_AT_MOST):
        swapped = _swap(flat, swaps)
        if fits(layout, swapped):
            yield swapped


def _fixes(layout: Layout, flat: str, check: Check) -> Iterator[Swap]:
    # Making the digit over all of it fit would prove nothing about what it covers.
    positions = check.covers if check.field == "zone" else _all(check)
    for position in positions:
        allowed = _allowed(layout, flat, position)
        for other in LOOKALIKES.get(flat[position], ""):
            swapped = _swap(flat, [(position, other)])
            if other in allowed and check.fits(swapped):
                yield position, other


def _only(layout: Layout, flat: str, found: list[str]) -> Repair:
    found = sorted(set(found))
    likely = [s for s in found if _plausible(layout, s)] or found
    if len(likely) != 1:
        error = Error.AMBIGUOUS if likely else Error.CHECK_FAILED
        return _refused(layout, flat, error)
    changed = (i for i, c in enumerate(flat) if likely[0][i] != c)
    return Repair(likely[0], frozenset(changed))


def _plausible(layout: Layout, flat: str) -> bool:
    """Tell whether a reading also keeps the habits of its issuer."""
    issuer = layout.part(flat, "issuer").rstrip(FILLER)
    nationality = layout.part(flat, "nationality").rstrip(FILLER)
    if not (issuers.known(issuer) and issuers.known(nationality)):
        return False
    if issuer != "KGZ":
        return True
    number = layout.part(flat, "document_number")
    found = kyrgyz.personal_number(
        layout.part(flat, "optional1"), layout.part(flat, "optional2")
    )
    sex, birth = layout.part(flat, "sex"), layout.part(flat, "birth_date")
    person_fits = not found or kyrgyz.agrees(found, sex=sex, birth_date=birth)
    return kyrgyz.usual_number(number) and person_fits


def _refused(layout: Layout, flat: str, error: Error) -> Repair:
    checks = [check.field for check in failing(layout, flat)]
    if not checks and error is not Error.AMBIGUOUS:
        printed = (layout.part(flat, n) for n in ("birth_date", "expiry_date"))
        if not all(dates.possible(text) for text in printed):
            error = Error.IMPOSSIBLE_DATE
    return Repair(flat, failing=tuple(checks), error=error)
