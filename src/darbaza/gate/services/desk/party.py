"""The party: who leads, who is taken out, photographs, papers, privacy notice."""

from datetime import datetime
from uuid import UUID

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.gate.services.desk import keeping
from darbaza.gate.states import Comer, State
from darbaza.kernel.errors import Invalid, NotFound
from darbaza.persons import services as people

PAPERS = (
    "",
    "birth_certificate",
    "lawyer_licence",
    "warrant",
    "service_card",
    "letter",
)
"""Further papers that a rule asks for (``visits.policies.papers``)."""


@requires(Permission.GATE_DESK)
def drop(draft_id: UUID, person_id: UUID, *, by: Actor, at: datetime) -> None:
    """Take somebody out of the party; the next adult leads where the lead went."""
    with keeping.kept(draft_id, by=by, at=at) as state:
        gone = _comer(state, person_id)
        state.people.remove(gone)
        state.lifts = [one for one in state.lifts if one.person != gone.person]
        if gone.part == "lead":
            heir = next((c for c in state.people if c.part == "adult"), None)
            if heir:
                heir.part = "lead"
            state.booked = ""


@requires(Permission.GATE_DESK)
def lead(draft_id: UUID, person_id: UUID, *, by: Actor, at: datetime) -> None:
    """Make somebody the lead visitor."""
    with keeping.kept(draft_id, by=by, at=at) as state:
        chosen = _comer(state, person_id)
        for comer in state.people:
            if comer.part == "lead":
                comer.part = "adult"
        chosen.part = "lead"


@requires(Permission.GATE_DESK)
def paper(
    draft_id: UUID, person_id: UUID, shown: str, *, by: Actor, at: datetime
) -> None:
    """Note a further paper that somebody showed, or that it was none."""
    if shown not in PAPERS:
        raise Invalid("paper_unknown", field="paper")
    with keeping.kept(draft_id, by=by, at=at) as state:
        _comer(state, person_id).paper = shown


@requires(Permission.GATE_DESK)
def photograph(
    draft_id: UUID, person_id: UUID, data: bytes, *, by: Actor, at: datetime
) -> None:
    """Keep the photograph taken now: for this visit, and as the person's.

    Raises:
        Invalid: No picture, or too large.
    """
    with keeping.kept(draft_id, by=by, at=at) as state:
        comer = _comer(state, person_id)
        photo = people.store_photo(person_id, data, by=by, at=at)
        comer.photo = str(photo.pk)


@requires(Permission.GATE_DESK)
def give_notice(draft_id: UUID, person_id: UUID, *, by: Actor, at: datetime) -> None:
    """Stamp that somebody was shown the privacy notice."""
    with keeping.kept(draft_id, by=by, at=at) as state:
        _comer(state, person_id)
        people.give_notice(person_id, by=by, at=at)


def _comer(state: State, person_id: UUID) -> Comer:
    comer = state.comer(person_id)
    if comer is None:
        raise NotFound("person")
    return comer
