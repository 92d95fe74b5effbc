"""What happens next with a bag, and by when. Plain Python; nothing here blocks.

The clock of a sending begins when it is handed in: to whoever brought it, and to
the sausage in it, the hours at the counter count as well.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from darbaza.parcels.chain import Where

SOON = 0.75
"""From this share of its time on, a bag is said to be due soon."""


class Next(StrEnum):
    """What happens next with a bag."""

    INSPECT = "inspect"
    ROUND = "round"
    """Goes out on the next round of the prisoner's block."""
    HAND_OVER = "hand_over"
    """Is out on a round."""
    WAIT = "wait"
    """The prisoner is in hospital: it waits in the store."""
    SEND_ON = "send_on"
    """The file is in another institution: the bag goes there too."""
    COLLECT = "collect"
    """The prisoner was released: kept until somebody collects it."""
    TO_SENDER = "to_sender"
    DECIDE = "decide"
    """Kept under seal until somebody decides."""
    DONE = "done"


class Missed(StrEnum):
    """Why a bag comes back from a round."""

    ABSENT = "absent"
    """At work, in court, at the doctor: the next round tries again."""
    REFUSED = "refused"
    """The prisoner does not want it."""
    HOSPITAL = "hospital"
    TRANSFERRED = "transferred"
    RELEASED = "released"


class Alarm(StrEnum):
    """How a bag stands against its time."""

    NONE = "none"
    SOON = "soon"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a bag and its prisoner."""

    where: Where
    for_prisoner: bool
    """Goods for the prisoner; otherwise they go back to the sender, or are kept."""
    held: bool = True
    here: bool = True
    in_hospital: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """In how many hours an accepted sending is delivered."""

    ordinary: int | None = None
    perishable: int | None = None

    def due(self, handed_in_at: datetime, *, perishable: bool) -> datetime | None:
        """Return by when a bag should be delivered; None: no rule says anything."""
        hours = self.perishable if perishable else self.ordinary
        if hours is None:
            hours = self.ordinary
        return None if hours is None else handed_in_at + timedelta(hours=hours)


def next_of(facts: Facts) -> Next:
    """Say what happens next with a bag."""
    if facts.where in {Where.COUNTER, Where.INSPECTION}:
        return Next.INSPECT if facts.for_prisoner else Next.TO_SENDER
    if facts.where in {Where.HELD, Where.SEIZED}:
        return Next.DECIDE
    if facts.where not in {Where.STORE, Where.ROUND}:
        return Next.DONE
    if not facts.for_prisoner:
        return Next.TO_SENDER
    if facts.where is Where.ROUND:
        return Next.HAND_OVER
    return _of_stored(facts)


def _of_stored(facts: Facts) -> Next:
    if not facts.held:
        return Next.COLLECT
    if not facts.here:
        return Next.SEND_ON
    return Next.WAIT if facts.in_hospital else Next.ROUND


def alarm(handed_in_at: datetime, due: datetime | None, *, at: datetime) -> Alarm:
    """Say how a bag stands against its time."""
    if due is None:
        return Alarm.NONE
    if at > due:
        return Alarm.LATE
    if at - handed_in_at >= SOON * (due - handed_in_at):
        return Alarm.SOON
    return Alarm.NONE
