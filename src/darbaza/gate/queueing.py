"""Rules of the queue at the entrance: who is next, what may follow what, how long.

Plain Python: tickets as facts, the clock as an argument.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

EARLY = timedelta(minutes=5)
"""An appointment may be called so long before its time."""
LATE = timedelta(minutes=15)
"""Who comes later than this after the time of the appointment queues as all others."""
APPOINTMENT_HEAD_START = timedelta(minutes=60)
"""An appointment is called as if it had come so long before its time."""
CALLS_AT_MOST = 3
"""Who was called so often and did not come has lost the old place."""
TOO_OLD = timedelta(minutes=30)
"""A window that has called nobody for so long is not counted as open."""
SURE = (0.1, 0.9)
"""Of ten families eight should wait within the interval that the ticket names."""
ENOUGH = 20
"""From so many recent waits on, the interval follows from them."""
AT_FIRST = (0.4, 1.8)
"""Until then the wait may be so much shorter or longer than reckoned."""


class State(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    DONE = "done"
    NO_SHOW = "no_show"
    GONE = "gone"


class Step(StrEnum):
    """What happens to a ticket; each is an event that is never changed.

    ``registered`` stands for the whole work of the desk on a visit, ``handed_in`` for
    that on goods. Six of them are the stamps of ``STAMPS``.
    """

    TAKEN = "taken"
    CALLED = "called"
    CALLED_AGAIN = "called_again"
    ACCEPTED = "accepted"
    REGISTERED = "registered"
    SEARCHED = "searched"
    SEATED = "seated"
    HANDED_IN = "handed_in"
    LEFT = "left"
    MOVED = "moved"
    PARKED = "parked"
    RETURNED = "returned"
    NO_SHOW = "no_show"
    DONE = "done"
    GONE = "gone"


S = State
FOLLOWS: dict[Step, tuple[frozenset[State], State]] = {
    Step.CALLED: (frozenset({S.WAITING}), S.CALLED),
    Step.CALLED_AGAIN: (frozenset({S.CALLED}), S.CALLED),
    Step.ACCEPTED: (frozenset({S.CALLED}), S.SERVING),
    Step.MOVED: (frozenset({S.WAITING, S.CALLED, S.PARKED}), S.WAITING),
    Step.PARKED: (frozenset({S.CALLED, S.SERVING}), S.PARKED),
    Step.RETURNED: (frozenset({S.PARKED, S.NO_SHOW, S.CALLED}), S.WAITING),
    Step.NO_SHOW: (frozenset({S.CALLED}), S.NO_SHOW),
    Step.DONE: (frozenset({S.CALLED, S.SERVING, S.PARKED}), S.DONE),
    Step.GONE: (frozenset({S.WAITING, S.CALLED, S.PARKED}), S.GONE),
}
"""Each step with the states in which it may happen, and the state that follows."""

ONCE = frozenset(
    {
        Step.TAKEN,
        Step.ACCEPTED,
        Step.REGISTERED,
        Step.SEARCHED,
        Step.SEATED,
        Step.HANDED_IN,
        Step.LEFT,
    }
)
"""Steps that count only the first time: the first of a party is searched, and so on."""


def follows(step: Step, state: State) -> State | None:
    """Return the state after a step, None where the step may not happen now."""
    states, after = FOLLOWS[step]
    return after if state in states else None


@dataclass(frozen=True, slots=True)
class Place:
    """One waiting ticket, as far as the order asks."""

    at: datetime
    """As if it had come then; see ``place_at``."""
    due_at: datetime | None = None
    number: int = 0


def place_at(
    taken_at: datetime, *, head_start: timedelta, due_at: datetime | None = None
) -> datetime:
    """Return as of when a ticket queues: all are called in the order of this moment.

    A lane with a head start queues as if its people had come earlier by that; an
    appointment, as if it had come an hour before its time. So nobody is overtaken by
    anybody who comes later than that: priority has a bound, and no lane starves.
    """
    if due_at is None or taken_at > due_at + LATE:
        return taken_at - head_start
    return due_at - APPOINTMENT_HEAD_START


def place_again(
    place: datetime, *, calls: int, at: datetime, late_return: timedelta
) -> datetime:
    """Return as of when somebody queues who comes back after ``calls`` calls.

    Called less than three times, they keep their place; afterwards they queue as if
    they had come ``late_return`` before now, and never better than before.
    """
    if calls < CALLS_AT_MOST:
        return place
    return max(place, at - late_return)


def next_of(waiting: Sequence[Place], *, at: datetime) -> Place | None:
    """Return who is called next, None where nobody waits.

    An appointment before its time is called only where nobody else waits.
    """
    ready = [place for place in waiting if is_ready(place.due_at, at=at)]
    return min(ready or waiting, key=_order, default=None)


def is_ready(due_at: datetime | None, *, at: datetime) -> bool:
    """Tell whether somebody's time has come; without an appointment it always has."""
    return due_at is None or at >= due_at - EARLY


def ahead_of(place: Place, waiting: Sequence[Place]) -> int:
    """Return how many of those who wait are called before this one."""
    return sum(_order(other) < _order(place) for other in waiting)


def _order(place: Place) -> tuple[datetime, int]:
    return (place.at, place.number)


@dataclass(frozen=True, slots=True)
class Expected:
    """A wait as it is told to the family, in whole minutes."""

    low: int
    high: int
    reckoned: float
    """The figure in the middle, from which the interval is made."""

    def holds(self, minutes: float) -> bool:
        """Tell whether the true wait lay within."""
        return self.low <= minutes <= self.high


def expected_wait(
    *,
    ahead: int,
    windows: int,
    service_minutes: Sequence[float],
    usual_minutes: float,
    ratios: Sequence[float] = (),
) -> Expected:
    """Return how long somebody will wait, as an interval.

    Args:
        ahead: How many are called before.
        windows: How many windows call people now, 0 counts as one.
        service_minutes: What a window needed for each of those served last.
        usual_minutes: What it usually needs; used where nobody was served yet.
        ratios: Of recent tickets, the true wait against the reckoned one, each with
            one minute added; the interval holds eight of ten of them.
    """
    known = list(service_minutes) or [usual_minutes]
    mean = sum(known) / len(known)
    reckoned = (ahead + 0.5) * mean / max(1, windows)
    shares = AT_FIRST
    if len(ratios) >= ENOUGH:
        shares = (quantile(ratios, SURE[0]), quantile(ratios, SURE[1]))
    low = max(0, int((reckoned + 1) * shares[0] - 1))
    high = max(low + 1, int((reckoned + 1) * shares[1] - 1) + 1)
    return Expected(low, high, round(reckoned, 2))


def ratio(minutes: float, reckoned: float) -> float:
    """Return how much longer (above 1) or shorter a true wait was than reckoned."""
    return (minutes + 1) / (reckoned + 1)


def quantile(values: Sequence[float], share: float) -> float:
    """Return a quantile, between the values on both sides of it.

    Raises:
        ValueError: There are no values.
    """
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How often the interval on a ticket was right."""

    told: int
    right: int
    shorter: int
    """They waited less than was said."""
    longer: int

    @property
    def percent(self) -> int | None:
        """The share that was right, None where nobody was told anything."""
        return round(100 * self.right / self.told) if self.told else None


def accuracy(waits: Sequence[tuple[int, int, float]]) -> Accuracy:
    """Return how often intervals held: each with low, high and the true minutes."""
    shorter = sum(minutes < low for low, _high, minutes in waits)
    longer = sum(minutes > high for _low, high, minutes in waits)
    return Accuracy(len(waits), len(waits) - shorter - longer, shorter, longer)


def label(prefix: str, number: int) -> str:
    """Return what stands on the ticket and on the display, as ``V-017``."""
    return f"{prefix}-{number:03}"
