"""Rules about people: what a number looks like, who may be whom. No database."""

import re
from datetime import date

from darbaza.kernel.decisions import Decision, block, warn
from darbaza.persons.types import Likeness

SAME_NAME = 0.72
"""From here two names may be one person's name (``names.comparing.THRESHOLD``)."""
SURE_NAME = 0.9

_LOOKALIKE = str.maketrans("АВЕКМНОРСТУХІ", "ABEKMHOPCTYXI")
_JOINTS = re.compile(r"[\s\-–—№#./]+")
_PERSONAL_NUMBER = re.compile(r"\d{14}")


def document_number(typed: str) -> str:
    """Return a document number as it is stored and compared.

    Upper case; no spaces, hyphens, dots or number signs; Cyrillic letters that look
    like Latin ones become Latin where the number is otherwise of Latin letters and
    digits ("АС 1234567" typed with the wrong layout).
    """
    plain = _JOINTS.sub("", typed.upper())
    latin = plain.translate(_LOOKALIKE)
    return latin if latin.isascii() else plain


def personal_number_valid(number: str) -> bool:
    """Tell whether a Kyrgyz personal number has its shape: 14 digits, or is empty.

    The last digit is not checked: its rule is not published.
    """
    return not number or bool(_PERSONAL_NUMBER.fullmatch(number))


def same_person_reasons(likeness: Likeness) -> tuple[str, ...]:
    """Return every reason for and against, as codes, the weightiest first."""
    reasons = []
    if likeness.same_document:
        reasons.append("same_document")
    number = _pair(*likeness.personal_number)
    if number:
        reasons.append(f"personal_number_{number}")
    reasons.append(_name_reason(likeness.name_score))
    birth = _pair(*likeness.birth_on)
    if birth == "differs" and _day_month_turned(*likeness.birth_on):
        birth = "turned"
    if birth:
        reasons.append(f"birth_date_{birth}")
    if "X" not in likeness.sex and likeness.sex[0] != likeness.sex[1]:
        reasons.append("sex_differs")
    return (*reasons, *likeness.name_reasons)


def probable_duplicate(likeness: Likeness) -> bool:
    """Tell whether two records should be offered to a supervisor as one person.

    Never on a name alone: many people share a name. A different personal number
    speaks against, whatever else agrees.
    """
    numbers = _pair(*likeness.personal_number)
    if numbers == "differs":
        return False
    if likeness.same_document or numbers == "same":
        return likeness.name_score >= 0.3
    birth = _pair(*likeness.birth_on)
    turned = _day_month_turned(*likeness.birth_on)
    return likeness.name_score >= SAME_NAME and (birth == "same" or turned)


def may_merge(likeness: Likeness, *, held_twice: bool = False) -> Decision:
    """Decide on making one record of two; give every ground."""
    grounds = []
    if _pair(*likeness.personal_number) == "differs":
        grounds.append(block("merge_personal_numbers_differ"))
    if held_twice:
        grounds.append(block("merge_two_open_files"))
    if likeness.name_score < SAME_NAME:
        score = round(likeness.name_score, 2)
        grounds.append(warn("merge_names_differ", score=score))
    first, second = likeness.birth_on
    if _pair(first, second) == "differs":
        grounds.append(warn("merge_birth_dates_differ", kept=first, absorbed=second))
    if "X" not in likeness.sex and likeness.sex[0] != likeness.sex[1]:
        grounds.append(warn("merge_sex_differs"))
    return Decision(tuple(grounds))


def _name_reason(score: float) -> str:
    if score >= SURE_NAME:
        return "name_same"
    return "name_alike" if score >= SAME_NAME else "name_differs"


def _pair(first: object, second: object) -> str:
    if not first or not second:
        return ""
    return "same" if first == second else "differs"


def _day_month_turned(first: date | None, second: date | None) -> bool:
    if not first or not second or first == second:
        return False
    return (first.year, first.day, first.month) == (
        second.year,
        second.month,
        second.day,
    )
