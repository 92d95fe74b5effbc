"""Rules of the desk that need no database: whom to take at once, who leads."""

from collections.abc import Sequence
from datetime import date

from darbaza.persons.types import Hit, PersonDraft

CERTAIN = frozenset({"same_document", "personal_number_same"})
ADULT_YEARS = 18
OFFERED_AT_MOST = 9
"""As many as there are digits on a keyboard."""
PEOPLE_AT_MOST = 12


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
