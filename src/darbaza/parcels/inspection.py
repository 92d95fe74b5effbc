"""What looking into a bag, searching a person and a finding must respect.

Plain Python: facts in, a decision or codes of rules out. Kinds of search that nobody
may do to a visitor (Nelson Mandela Rules 52 and 60) have no word here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from darbaza.kernel.decisions import Decision, Ground, block

OUTER = "outer"
"""By hand over the clothes: by an officer of the same sex only."""
PHONE = "phone"
AGAIN = "offence.phone_again"
"""What the law says about a second case with a telephone."""


@dataclass(frozen=True, slots=True)
class Looked:
    """One look into a bag, as the officer reports it."""

    kind: str
    result: str
    legal_mail: bool = False
    goods: bool = True
    """The bag holds goods for the prisoner, so a clear result stores it."""
    device: str = ""
    note: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Searched:
    """One search of a person, as the officer reports it."""

    kind: str
    consent: bool
    person_sex: str
    officer_sex: str
    reason: str = ""


def may_look(one: Looked) -> Decision:
    """Decide whether a look into a bag may be recorded so."""
    return Decision(tuple(_look(one)))


def _look(one: Looked) -> Iterator[Ground]:
    if one.legal_mail and one.kind == "manual":
        yield block("letter_stays_closed")
    if one.kind in {"xray", "dog"} and not one.device:
        yield block("device_missing")
    if one.result != "clear" and not one.note:
        yield block("say_what_was_seen")
    if one.result == "clear" and one.goods and not one.place:
        yield block("place_missing")


def may_search(one: Searched) -> Decision:
    """Decide whether a search may be done so; who does not consent is not searched."""
    return Decision(tuple(_search(one)))


def _search(one: Searched) -> Iterator[Ground]:
    if not one.reason:
        yield block("search_reason_missing")
    if one.consent and one.kind == OUTER and one.officer_sex != one.person_sex:
        yield block("officer_of_the_same_sex")


def rules_of(offence: str, earlier: Iterable[str]) -> list[str]:
    """Return the codes of the rules that speak about a finding.

    Args:
        offence: What was found: a telephone, or another banned item.
        earlier: The offences of earlier attempts by the same person.
    """
    codes = [f"offence.{offence}"]
    if offence == PHONE and PHONE in set(earlier):
        codes.append(AGAIN)
    return codes
