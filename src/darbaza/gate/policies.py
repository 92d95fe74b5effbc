"""Rules of the gate that need no database: whom to take, what may leave."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from darbaza.gate.types import Departure, DepositDraft, Stay
from darbaza.kernel.decisions import Decision, block, warn
from darbaza.persons.types import Hit, PersonDraft

CERTAIN = frozenset({"same_document", "personal_number_same"})
ADULT_YEARS = 18
OFFERED_AT_MOST = 9
"""As many as there are digits on a keyboard."""
PEOPLE_AT_MOST = 12
LINES_AT_MOST = 30
OF_ONE_KIND_AT_MOST = 99
LOCKERS_AT_ONCE = 300
ECHO = timedelta(seconds=15)
"""A badge read again so soon is the same reading twice."""
_RANGE = re.compile(
    r"(?P<prefix>\D{0,10})(?P<first>\d{1,4})(?:\s*[-–—]\s*(?P<last>\d{1,4}))?"
)


def taken_at_once(draft: PersonDraft, hits: Sequence[Hit]) -> Hit | None:
    """Return the one record that is surely this person, None where somebody must look.

    Sure is a document or personal number that only one record has, unless date of
    birth or sex speak against it: numbers are misread, and documents are lent.
    """
    sure = [hit for hit in hits if CERTAIN & set(hit.reasons)]
    if len(sure) != 1:
        return None
    hit = sure[0]
    if hit.birth_on and draft.birth_on and hit.birth_on != draft.birth_on:
        return None
    if {hit.sex, draft.sex} == {"F", "M"}:
        return None
    return hit


def minor(birth_on: date | None, *, on: date) -> bool:
    """Tell whether somebody is under 18 on a day; not known counts as grown."""
    if birth_on is None:
        return False
    eighteenth = (birth_on.year + ADULT_YEARS, birth_on.month, birth_on.day)
    return (on.year, on.month, on.day) < eighteenth


def part(*, wanted: str, is_minor: bool, has_lead: bool) -> str:
    """Return the part of the next person: the first adult leads."""
    if is_minor or wanted == "child":
        return "child"
    return "adult" if has_lead else "lead"


def locker_labels(text: str) -> list[str]:
    """Return the labels that "1-60, A7" means; [] where it cannot be read.

    At most 300 at once, and none of them empty or longer than 20 characters.
    """
    found: list[str] = []
    for part in text.split(","):
        match = _RANGE.fullmatch(part.strip())
        if match is None:
            return []
        prefix, first = match["prefix"], int(match["first"])
        last = int(match["last"] or first)
        if last < first or len(found) + last - first >= LOCKERS_AT_ONCE:
            return []
        found += [f"{prefix}{n}" for n in range(first, last + 1)]
    return list(dict.fromkeys(found))


def natural(label: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key that puts locker 2 before locker 10."""
    parts = (p for p in re.split(r"(\d+)", label) if p)
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts)


def deposit(draft: DepositDraft) -> Decision:
    """Say what stands against taking a deposit as it was typed."""
    grounds = []
    if not draft.items:
        grounds.append(block("deposit_empty"))
    if len(draft.items) > LINES_AT_MOST:
        grounds.append(block("deposit_too_long", most=LINES_AT_MOST))
    if any(not 1 <= item.count <= OF_ONE_KIND_AT_MOST for item in draft.items):
        grounds.append(block("deposit_too_many", most=OF_ONE_KIND_AT_MOST))
    if any(item.kind == "other" and not item.words for item in draft.items):
        grounds.append(block("deposit_other_unnamed"))
    return Decision(tuple(grounds))


def is_echo(last_at: datetime | None, *, at: datetime) -> bool:
    """Tell whether a badge went through only a moment before."""
    return last_at is not None and timedelta() <= at - last_at < ECHO


def leaving(stay: Stay, leaves: Departure) -> Decision:
    """Say what stands against a vehicle's leaving.

    Without a clear search nothing lifts it. Another driver, another load, other seals
    and people who stay behind need a reason, which then stands in the record.
    """
    odd = []
    if leaves.driver not in stay.drivers:
        odd.append("vehicle_other_driver")
    if leaves.load and _bare(leaves.load) != _bare(stay.load):
        odd.append("vehicle_other_load")
    if leaves.load and _bare(leaves.seals) != _bare(stay.seals):
        odd.append("vehicle_other_seals")
    if stay.people - leaves.people:
        odd.append("vehicle_people_inside")
    say = warn if explained(leaves.reason) else block
    grounds = [say(code) for code in odd]
    if not stay.searched_clear:
        grounds.insert(0, block("vehicle_not_searched"))
    return Decision(tuple(grounds))


def explained(reason: str) -> bool:
    """Tell whether a reason says anything: five letters or figures at least."""
    return sum(c.isalnum() for c in reason) >= 5


def _bare(text: str) -> str:
    return " ".join(text.casefold().split())
