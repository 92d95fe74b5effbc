"""Where a bag is, where it may go next, and whether its chain of custody has a gap.

Nothing disappears between two states: a bag is always in exactly one, every step names
who gave it and who took it, and what is kept as evidence carries a seal from the moment
it is kept. Plain Python; the rows are in ``models``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from darbaza.kernel.decisions import Decision, Ground, block


class Where(StrEnum):
    """Where a bag is."""

    COUNTER = "counter"
    INSPECTION = "inspection"
    STORE = "store"
    ROUND = "round"
    """Out of the store, with the officer who delivers."""
    DELIVERED = "delivered"
    """With the prisoner, against a signature."""
    BACK = "back"
    """With the sender again, or posted back."""
    HELD = "held"
    """Kept until somebody decides."""
    SEIZED = "seized"
    """Kept as evidence, with a protocol."""
    INVESTIGATOR = "investigator"
    DESTROYED = "destroyed"
    SENT_ON = "sent_on"
    """To the institution where the prisoner is now."""
    EMPTIED = "emptied"
    """A correction put its goods elsewhere: nothing lies in it."""


FIRST = Where.COUNTER
ENDS = frozenset(
    {Where.DELIVERED, Where.BACK, Where.INVESTIGATOR, Where.DESTROYED, Where.SENT_ON,
     Where.EMPTIED}
)  # fmt: skip
NEXT: Mapping[Where, frozenset[Where]] = MappingProxyType(
    {
        Where.COUNTER: frozenset(
            {Where.INSPECTION, Where.BACK, Where.HELD, Where.EMPTIED}
        ),
        Where.INSPECTION: frozenset(
            {Where.STORE, Where.BACK, Where.HELD, Where.SEIZED, Where.EMPTIED}
        ),
        Where.STORE: frozenset(
            {Where.ROUND, Where.BACK, Where.INSPECTION, Where.SENT_ON, Where.HELD,
             Where.SEIZED, Where.DESTROYED, Where.EMPTIED}
        ),
        Where.ROUND: frozenset({Where.DELIVERED, Where.STORE}),
        Where.HELD: frozenset(
            {Where.BACK, Where.STORE, Where.SEIZED, Where.DESTROYED}
        ),
        Where.SEIZED: frozenset({Where.INVESTIGATOR, Where.DESTROYED}),
        **dict.fromkeys(ENDS, frozenset()),
    }
)  # fmt: skip
RELEASED = (Where.SEIZED, Where.HELD)
"""The one way out of evidence that leads back: what seized it, under the same protocol
or order, was withdrawn."""
OPEN = frozenset({Where.COUNTER, Where.INSPECTION, Where.STORE})
"""Here a bag lies in the house without a seal, and its goods may be counted again."""
SEALED = frozenset({Where.HELD, Where.SEIZED})
"""Here a bag carries a seal and lies in a named place."""
BY_TWO = frozenset({Where.SEIZED, Where.INVESTIGATOR, Where.DESTROYED})
"""Steps that a second person confirms."""
ON_ORDER = frozenset({Where.SEIZED, Where.DESTROYED})
"""Steps that rest on a numbered protocol or order."""
SIGNED = frozenset({Where.DELIVERED, Where.BACK, Where.INVESTIGATOR})
"""Steps that whoever receives signs for."""


@dataclass(frozen=True, slots=True)
class Step:
    """One hand-over of a bag."""

    to: Where
    at: datetime
    giver: str
    """Who gave it: the same person who took it in the step before."""
    taker: str
    witness: str = ""
    seal: str = ""
    """Number of the seal that is on it after the step."""
    broken: str = ""
    """Number of the seal that was opened for the step."""
    place: str = ""
    order: str = ""
    signed: bool = False
    withdrawn: bool = False
    """The seizure under protocol or order ``order`` was withdrawn: why it may be."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that a chain does not explain; ``number`` is the step, from 0."""

    code: str
    number: int


def plain(row: Any) -> Step:
    """Return a row of the chain as a step."""
    return Step(
        Where(row.to), row.at, row.giver, row.taker, row.witness, row.seal, row.broken,
        row.place, row.order, row.signed, row.withdrawn,
    )  # fmt: skip


def may_move(steps: Sequence[Step], step: Step) -> Decision:
    """Decide whether a bag may take this step after those."""
    return Decision(tuple(_way(steps, step)) + tuple(_papers(steps, step)))


def _way(steps: Sequence[Step], step: Step) -> Iterator[Ground]:
    if not steps:
        if step.to is not FIRST:
            yield block("chain_begins_at_counter", to=step.to)
        return
    last = steps[-1]
    named = step.withdrawn and step.order == last.order
    released = named and (last.to, step.to) == RELEASED
    if step.to not in NEXT[last.to] and not released:
        yield block("no_way_there", now=last.to, to=step.to)
    if step.at < last.at:
        yield block("before_the_last_step")
    if step.giver != last.taker:
        yield block("not_in_these_hands", holder=last.taker)


def _papers(steps: Sequence[Step], step: Step) -> Iterator[Ground]:
    if step.to in SEALED and not (step.seal and step.place):
        yield block("seal_or_place_missing")
    two = step.to in BY_TWO or step.withdrawn
    if two and step.witness in {"", step.giver, step.taker}:
        yield block("second_person_missing")
    if (step.to in ON_ORDER or step.withdrawn) and not step.order:
        yield block("protocol_missing")
    if (step.to in SIGNED or step.withdrawn) and not step.signed:
        yield block("signature_missing")
    seal = steps[-1].seal if steps else ""
    if seal and seal not in {step.seal, step.broken}:
        yield block("seal_not_accounted_for", seal=seal)


def gaps(steps: Sequence[Step]) -> list[Gap]:
    """Return every gap of a chain as it stands, for the report on it."""
    found = [
        Gap(ground.code, number)
        for number, step in enumerate(steps)
        for ground in may_move(steps[:number], step).blocking
    ]
    found += [
        Gap("same_moment_in_two_hands", number + 1)
        for number, (before, after) in enumerate(pairwise(steps))
        if before.at == after.at and before.taker != after.taker
    ]
    return sorted(found, key=lambda gap: gap.number)


def where(steps: Sequence[Step]) -> Where | None:
    """Return where a bag is; None before it was taken in."""
    return steps[-1].to if steps else None


def may_hand_on(part: str, now: Where, to: Where) -> Decision:
    """Decide whether a bag of this part may be handed on so, by an officer's hand.

    Goods reach the store through an inspection, which takes that step itself; what was
    kept as evidence never goes back over the counter.
    """
    grounds = []
    if part == "kept" and to in {Where.BACK, Where.STORE}:
        grounds.append(block("kept_never_goes_back"))
    if now is Where.INSPECTION and to is Where.STORE:
        grounds.append(block("store_after_inspection"))
    return Decision(tuple(grounds))
