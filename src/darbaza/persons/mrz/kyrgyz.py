"""The Kyrgyz personal number: sex, day of birth, serial; no published check digit.

Fourteen digits: 1 for a woman or 2 for a man, DDMMYYYY, five more.
"""

import re
from datetime import date

from darbaza.persons.mrz.types import Document

_RUN = re.compile(r"(?<![0-9])[0-9]{14}(?![0-9])")
_NUMBER = re.compile(r"[A-Z]{2}[0-9]{7}")
_OLDEST = 125
_SEXES = {"1": "F", "2": "M"}


def personal_number(*optional: str) -> str:
    """Return the one run of fourteen digits among the optional fields, or nothing."""
    runs = {run for text in optional for run in _RUN.findall(text)}
    return runs.pop() if len(runs) == 1 else ""


def born_on(number: str) -> date | None:
    """Return the day of birth that a personal number tells, with its century."""
    try:
        return date(int(number[5:9]), int(number[3:5]), int(number[1:3]))
    except ValueError:
        return None


def agrees(
    number: str, *, sex: str, birth_date: str, latest: date | None = None
) -> bool:
    """Tell whether sex and birth date (YYMMDD) of the zone are those of the number.

    What the zone leaves open (``<``, X) contradicts nothing. Nobody is born after the
    ``latest`` day, where one is given, or much more than a hundred years before.
    """
    born = born_on(number)
    if born and latest and not (latest.year - _OLDEST <= born.year and born <= latest):
        return False
    sex_fits = sex not in {"M", "F"} or _SEXES.get(number[:1]) == sex
    dates_fit = not birth_date.isdigit() or (
        born is not None and f"{born:%y%m%d}" == birth_date
    )
    return sex_fits and dates_fit


def usual_number(number: str) -> bool:
    """Tell whether a document number is two letters and seven digits."""
    return _NUMBER.fullmatch(number) is not None


def own(document: Document) -> bool:
    """Tell whether a document is a Kyrgyz passport or identity card of a citizen."""
    same = document.issuer == document.nationality == "KGZ"
    return same and document.document_code[:1] in {"P", "I"}
