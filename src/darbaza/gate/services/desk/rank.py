"""What only rank may do: approve a contact, set a ground aside."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.custody import selectors as custody
from darbaza.custody import services as register
from darbaza.gate import asking, events
from darbaza.gate.services.desk import keeping
from darbaza.gate.states import Lift, State
from darbaza.kernel.errors import Forbidden, Invalid, NotFound
from darbaza.visits import services as visiting


@requires(Permission.GATE_DESK)
def propose_contact(
    draft_id: UUID,
    person_id: UUID,
    kinship: str,
    *,
    proof: str,
    by: Actor,
    at: datetime,
) -> None:
    """Propose somebody of the party as a contact of the prisoner."""
    with keeping.kept(draft_id, by=by, at=at) as state:
        if state.comer(person_id) is None or not state.prisoner:
            raise NotFound("person")
        register.propose_contact(
            UUID(state.prisoner), person_id, kinship, proof=proof, by=by, at=at
        )


@requires(Permission.GATE_DESK)
def approve_contact(
    draft_id: UUID,
    person_id: UUID,
    *,
    rank: Actor | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Approve a contact that waits, by the officer's own rank or a colleague's.

    Raises:
        Forbidden: The rank does not reach.
        NotFound: No contact waits.
    """
    with keeping.kept(draft_id, by=by, at=at) as state:
        if state.comer(person_id) is None or not state.prisoner:
            raise NotFound("person")
        row = custody.contact(UUID(state.prisoner), person_id, by=by)
        if row is None:
            raise NotFound("contact")
        register.approve_contact(row.pk, by=rank or by, at=at)


@requires(Permission.GATE_DESK)
def set_aside(
    draft_id: UUID,
    chosen: Collection[tuple[str, str]],
    reason: str,
    *,
    rank: Actor | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Set grounds aside, with a reason, by one's own rank or a colleague's.

    The colleague's key stays in the draft; their rights are asked again when the
    visit is registered.

    Args:
        draft_id: The draft.
        chosen: Pairs of ground code and person ("" for the visit as such).
        reason: Why.
        rank: Who answers, if not the officer.
        by: The officer.
        at: Now.

    Raises:
        Invalid: No reason, nothing chosen, or a ground that nobody may set aside.
        Forbidden: The rank does not reach.
    """
    if sum(c.isalnum() for c in reason) < 5:
        raise Invalid("override_without_reason", field="reason")
    if not chosen:
        raise Invalid("nothing_to_set_aside", field="grounds")
    answer = rank or by
    with keeping.kept(draft_id, by=by, at=at) as state:
        permissions = _liftable(state, draft_id, by, at)
        for code, person in chosen:
            permission = permissions.get((code, person))
            if permission is None:
                raise Invalid("ground_stands", field="grounds")
            if not answer.may(Permission(permission)):
                raise Forbidden("rank_too_low", permission=permission)
            state.lifts = [
                one for one in state.lifts if (one.code, one.person) != (code, person)
            ]
            state.lifts.append(Lift(code, reason.strip()[:300], person))
        if rank is not None:
            state.rank = str(rank.id)
        audit.record(
            events.SET_ASIDE,
            target=("draft", str(draft_id)),
            by=answer,
            at=at,
            codes=sorted({code for code, _person in chosen}),
            officer=by.name,
        )


@requires(Permission.GATE_DESK)
def take_back(draft_id: UUID, *, by: Actor, at: datetime) -> None:
    """Let every ground stand again."""
    with keeping.kept(draft_id, by=by, at=at) as state:
        state.lifts, state.rank = [], ""


def _liftable(
    state: State, draft_id: UUID, by: Actor, at: datetime
) -> dict[tuple[str, str], str]:
    wanted = asking.registration(state, draft_id, at=at, plain=True)
    if wanted is None:
        return {}
    verdict = visiting.decide(wanted, by=by, at=at)
    found = {(g.code, ""): g.lift for g in verdict.visit.blocking if g.lift}
    for person, decision in verdict.visitors.items():
        found |= {(g.code, str(person)): g.lift for g in decision.blocking if g.lift}
    return found
