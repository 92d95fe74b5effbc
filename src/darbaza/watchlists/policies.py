"""When a person is like an entry, and how that is remembered. No database.

A name alone is never enough: many people share one. A number is enough by itself, and
so is a name together with the date of birth. Nothing here refuses anybody.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from darbaza.persons import names
from darbaza.watchlists.types import Birth, Compared, Listed, Someone

DAY_NAME = 0.6
"""From here two names may be one person's, where the very day of birth agrees: few
are born on one day, so that a slip of the pen in the name may be looked at."""
SAME_NAME = 0.72
"""Where day and month of birth are turned round."""
NEAR_NAME = 0.8
"""Where only the year of birth is known, or about."""
SURE_NAME = 0.9
ABOUT = timedelta(days=2 * 365 + 1)
"""How far "about 1971" may be off."""
SHORTEST_NUMBER = 5
"""A shorter number of a document is shared by too many."""
LEFT_KEPT = timedelta(days=365)
"""What left a list is kept so long, to explain what was decided; then it is erased."""
_WEIGHT = {"same": 1.0, "turned": 0.95, "within": 0.9, "about": 0.85}
_LEAST = {
    "same": DAY_NAME,
    "turned": SAME_NAME,
    "within": NEAR_NAME,
    "about": NEAR_NAME,
}


def compared(one: Someone, listed: Listed) -> Compared | None:
    """Lay a person beside an entry; None where nothing makes them alike."""
    name, match = _nearest(one.names, listed.names)
    numbers = _numbers(one, listed)
    birth = birth_agrees(one.birth_on, listed.births)
    sex = _sex(one.sex, listed.sex)
    if not numbers and not _alike(match.score, birth, sex):
        return None
    score = 1.0 if numbers else match.score * _WEIGHT[birth]
    return Compared(
        round(score, 3),
        round(match.score, 3),
        (*numbers, _name(match.score), f"birth_date_{birth}", f"sex_{sex}"),
        tuple((reason.code, reason.a, reason.b) for reason in match.reasons),
        name,
    )


def birth_agrees(on: date | None, births: Iterable[Birth]) -> str:
    """Return how a date of birth agrees with the best of those that a list gives.

    One of same, turned (day and month), within (a month or years), about, differs,
    unknown (one side has none).
    """
    known = list(births)
    if on is None or not known:
        return "unknown"
    ways = [_agrees(on, one) for one in known]
    order = ("same", "turned", "within", "about", "differs")
    return min(ways, key=order.index)


def _agrees(on: date, birth: Birth) -> str:
    if birth.exact:
        if birth.first == on:
            return "same"
        turned = (birth.first.year, birth.first.day, birth.first.month)
        return "turned" if turned == (on.year, on.month, on.day) else "differs"
    if birth.first <= on <= birth.last:
        return "within"
    near = birth.first - ABOUT <= on <= birth.last + ABOUT
    return "about" if birth.about and near else "differs"


def _alike(name_score: float, birth: str, sex: str) -> bool:
    if birth not in _LEAST:
        return False
    return name_score >= (SURE_NAME if sex == "differs" else _LEAST[birth])


def _nearest(mine: Iterable[str], theirs: Iterable[str]) -> tuple[str, names.Match]:
    """Return the spelling of the list that is nearest, and how it compares."""
    folded = [names.fold(text) for text in mine]
    matches = [
        (text, names.compare(one, names.fold(text)))
        for text in theirs
        for one in folded
    ]
    nobody = ("", names.Match(0.0, same=False, reasons=()))
    return max(matches, key=lambda pair: pair[1].score, default=nobody)


def _numbers(one: Someone, listed: Listed) -> list[str]:
    found = []
    shared = {p.number for p in listed.papers} & one.numbers
    if any(len(number) >= SHORTEST_NUMBER for number in shared):
        found.append("document_same")
    if one.personal_number and one.personal_number == listed.personal_number:
        found.append("personal_number_same")
    return found


def _name(score: float) -> str:
    if score >= SURE_NAME:
        return "name_same"
    return "name_alike" if score >= DAY_NAME else "name_differs"


def _sex(mine: str, theirs: str) -> str:
    if "X" in {mine, theirs}:
        return "unknown"
    return "same" if mine == theirs else "differs"


def facts(listed: Listed) -> str:
    """Return the fingerprint of an entry: other facts, another fingerprint."""
    return _digest(asdict(listed))


def pair(one: Someone, listed: Listed, found: Compared) -> str:
    """Return the fingerprint of what somebody decides on.

    While it stays, a pair judged to be two people is not raised again. Further
    documents of the person change it only where a number agrees.
    """
    mine = asdict(one) | {"numbers": ""}
    theirs = asdict(listed) | {"remark": "", "listed_on": ""}
    return _digest([mine, theirs, found.reasons])


def _digest(value: Any) -> str:
    text = json.dumps(value, default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
