"""What the desk shows of a sending: its lines with their decisions, as they stand."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.gate import asking
from darbaza.gate.models import Draft
from darbaza.gate.states import Entered, Lift, Parcel, State
from darbaza.kernel.decisions import Decision, Effect, Ground
from darbaza.kernel.errors import DarbazaError
from darbaza.parcels import selectors as goods
from darbaza.parcels import services as parcels
from darbaza.parcels.types import Fate, LineVerdict, SendingVerdict


@dataclass(frozen=True, slots=True)
class Shown:
    """One line with its item and, once it is known to whom, its decision."""

    number: int
    entered: Entered
    item: Any
    decided: LineVerdict | None = None

    @property
    def effect(self) -> Effect:
        """The gravest effect; to be allowed until somebody decides."""
        return self.decided.decision.effect if self.decided else Effect.ALLOW

    @property
    def back(self) -> int:
        """Pieces that go back to the sender."""
        if self.decided is None or self.decided.fate is Fate.KEPT:
            return 0
        return self.entered.quantity - self.decided.taken

    @property
    def telling(self) -> Decision:
        """The grounds worth a word: those that ask for care or stand against."""
        grounds = self.decided.decision.grounds if self.decided else ()
        return Decision(tuple(g for g in grounds if g.effect > Effect.ALLOW))


@dataclass(frozen=True, slots=True)
class LiftableLine:
    """A ground against a sending or a line of it that rank may set aside, or has."""

    ground: Ground
    line: str
    name: str
    own_rank: bool
    lift: Lift | None = None


@dataclass(frozen=True, slots=True)
class ParcelDesk:
    """The right-hand column of the desk for a sending."""

    entered: Parcel
    lines: list[Shown]
    verdict: SendingVerdict | None = None
    most_g: int | None = None
    liftables: list[LiftableLine] = field(default_factory=list)
    bundles: list[Any] = field(default_factory=list)
    rank: Actor | None = None
    trouble: DarbazaError | None = None
    attempts: int = 0
    """Earlier findings at the sender, in any prison."""

    @property
    def grams(self) -> int:
        """What the scale says, else the sum of the lines."""
        return self.entered.weighed_g or self.summed

    @property
    def summed(self) -> int:
        """The sum of the lines."""
        return sum(line.entered.grams for line in self.lines)

    @property
    def newest_first(self) -> list[Shown]:
        """The lines, the one just entered under the box where it was typed."""
        return self.lines[::-1]

    @property
    def accepted(self) -> bool:
        """Whether Enter registers it; else F8 refuses."""
        return self.verdict is not None and self.verdict.accepted

    @property
    def by_rank(self) -> bool:
        """Whether a colleague must answer for what is set aside."""
        return any(not one.own_rank for one in self.liftables)

    @property
    def given_back(self) -> bool:
        """Whether anything goes back over the counter."""
        return any(line.back for line in self.lines)

    @property
    def kept(self) -> bool:
        """Whether anything is an offence and stays."""
        return any(
            line.decided and line.decided.fate is Fate.KEPT for line in self.lines
        )


@requires(Permission.GATE_DESK)
def parcel(row: Draft, state: State, *, by: Actor, at: datetime) -> ParcelDesk:
    """Return the sending of a draft, decided as it stands."""
    entered = state.parcel
    items = goods.items([UUID(line.item) for line in entered.lines], by=by)
    bare = [
        Shown(n, line, items[UUID(line.item)])
        for n, line in enumerate(entered.lines, start=1)
    ]
    bundles, attempts = goods.bundles(by=by), _attempts(state, by)
    wanted = asking.sending(state, row.request_id)
    if wanted is None:
        return ParcelDesk(entered, bare, bundles=bundles, attempts=attempts)
    rank, trouble = None, None
    try:
        rank = asking.answering_parcel(state, by=by, at=at)
        verdict = parcels.decide(wanted, by=by, at=at, rank=rank)
    except DarbazaError as error:
        return ParcelDesk(entered, bare, bundles=bundles, trouble=error)
    decided = verdict.lines or (None,) * len(bare)
    return ParcelDesk(
        entered,
        [
            Shown(s.number, s.entered, s.item, d)
            for s, d in zip(bare, decided, strict=True)
        ],
        verdict=verdict,
        most_g=_most(verdict),
        liftables=_liftables(row, state, bare, by, at),
        bundles=bundles,
        rank=rank,
        trouble=trouble,
        attempts=attempts,
    )


def _attempts(state: State, by: Actor) -> int:
    lead = state.lead
    if lead is None or not by.may(Permission.FINDING_SEE):
        return 0
    return goods.attempts_of(UUID(lead.person), by=by)


@requires(Permission.GATE_DESK)
def offered(text: str, *, by: Actor) -> list[Any]:
    """Return the goods that a half typed line may mean, likeliest first."""
    return goods.offered(text, by=by)


@requires(Permission.GATE_DESK)
def sent(sending_id: UUID, *, by: Actor) -> Any:
    """Return a sending just registered or refused.

    Raises:
        NotFound: Not of an institution that the actor sees.
    """
    return goods.sending(sending_id, by=by)


def _most(verdict: SendingVerdict) -> int | None:
    for ground in verdict.sending.grounds:
        if "most_g" in ground.figures:
            return int(ground.figures["most_g"])
    return None


def _liftables(
    row: Draft, state: State, lines: list[Shown], by: Actor, at: datetime
) -> list[LiftableLine]:
    """Return what may be set aside, of the decision without what was."""
    wanted = asking.sending(state, row.request_id, plain=True)
    if wanted is None:
        return []
    plain = parcels.decide(wanted, by=by, at=at)
    lifted = {(x.code, x.person): x for x in state.parcel.lifts}
    pairs = [(g, "", "") for g in plain.sending.blocking]
    for shown, one in zip(lines, plain.lines, strict=False):
        name = f"{shown.number}. {shown.entered.words or shown.item.name}"
        pairs += [(g, str(shown.number), name) for g in one.decision.blocking]
    return [
        LiftableLine(g, n, name, by.may(Permission(g.lift)), lifted.get((g.code, n)))
        for g, n, name in pairs
        if g.lift
    ]
