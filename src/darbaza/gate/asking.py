"""What the desk asks of ``visits``: the draft as a registration, and who answers."""

from datetime import datetime
from uuid import UUID

from darbaza.accounts import services as accounts
from darbaza.accounts.types import Actor
from darbaza.gate.states import Comer, State
from darbaza.visits.types import OverrideRequest, Party, Registration


def registration(
    state: State, request_id: UUID, *, at: datetime, plain: bool = False
) -> Registration | None:
    """Return the party as a registration, None while a part of it is missing.

    ``plain`` leaves out what was set aside: the grounds as they stand.
    """
    if not state.prisoner or state.lead is None:
        return None
    lifts = (
        ()
        if plain
        else tuple(
            OverrideRequest(x.code, x.reason, UUID(x.person) if x.person else None)
            for x in state.lifts
        )
    )
    return Registration(
        request_id=request_id,
        prisoner_id=UUID(state.prisoner),
        kind=state.kind,
        parties=tuple(_party(c) for c in state.people),
        session_id=_key(state.session),
        seat_id=_key(state.seat),
        starts_at=at if not state.session else None,
        closed=state.closed,
        source="booked" if state.booked else "walk_in",
        overrides=lifts,
        replaces=_key(state.booked),
    )


def _party(comer: Comer) -> Party:
    return Party(
        person_id=UUID(comer.person),
        part=comer.part,
        document_id=_key(comer.document),
        photo_id=_key(comer.photo),
        paper=comer.paper,
        conditions=tuple(comer.conditions),
    )


def _key(text: str) -> UUID | None:
    return UUID(text) if text else None


def answering(state: State, *, by: Actor, at: datetime) -> Actor | None:
    """Return who answers for what was set aside, with the rights of this moment.

    Raises:
        Forbidden: The colleague has no role here any more.
    """
    if not state.rank or not state.lifts:
        return None
    return accounts.colleague(UUID(state.rank), by=by, at=at)
