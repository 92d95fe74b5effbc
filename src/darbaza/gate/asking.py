"""What the desk asks of ``visits`` and ``parcels``: the draft as a registration."""

from datetime import datetime
from uuid import UUID

from darbaza.accounts import services as accounts
from darbaza.accounts.types import Actor
from darbaza.gate.states import Comer, State
from darbaza.parcels import types as parcels
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


def sending(
    state: State, request_id: UUID, *, language: str = "ky", plain: bool = False
) -> parcels.Registration | None:
    """Return what they bring as a registration, None while a part of it is missing.

    ``plain`` leaves out what was set aside: the grounds as they stand.
    """
    entered = state.parcel
    lead = None if entered.posted and entered.sender_name else state.lead
    if not state.prisoner or not (lead or (entered.posted and entered.sender_name)):
        return None
    lifts = () if plain else entered.lifts
    return parcels.Registration(
        prisoner_id=UUID(state.prisoner),
        channel=parcels.Channel(entered.channel),
        request_id=request_id,
        lines=tuple(
            parcels.Wanted(UUID(x.item), x.quantity, x.grams, x.words)
            for x in entered.lines
        ),
        sender_id=UUID(lead.person) if lead else None,
        document_id=_key(lead.document) if lead else None,
        sender_name="" if lead else entered.sender_name,
        weighed_g=entered.weighed_g,
        advice=entered.advice,
        language=language,
        overrides=tuple(
            parcels.OverrideRequest(
                x.code, x.reason, int(x.person) if x.person else None
            )
            for x in lifts
        ),
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


def answering_parcel(state: State, *, by: Actor, at: datetime) -> Actor | None:
    """Return who answers for what was set aside of a sending; as ``answering``."""
    parcel = state.parcel
    if not parcel.rank or not parcel.lifts:
        return None
    return accounts.colleague(UUID(parcel.rank), by=by, at=at)
