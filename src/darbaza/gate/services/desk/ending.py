"""One keystroke: register with passes, or record the refusal; and undo within reach."""

from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.gate import asking, states
from darbaza.gate.models import Draft
from darbaza.gate.services import passes, stamps
from darbaza.gate.services.desk import keeping
from darbaza.gate.types import Issued
from darbaza.kernel.errors import Conflict, Invalid
from darbaza.visits import services as visiting
from darbaza.visits.types import Registration


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a draft, and the empty one that is in hand now."""

    visit_id: UUID
    status: str
    passes: int
    refused: int


@requires(Permission.GATE_DESK)
@transaction.atomic
def finish(
    draft_id: UUID, *, refuse: bool, language: str, by: Actor, at: datetime
) -> Ended:
    """Register the party of a draft, or record its refusal; sent again, once.

    Args:
        draft_id: The draft; its request id makes the step happen once.
        refuse: The officer refuses. Never without a ground that stands.
        language: Language of the family's paper.
        by: The officer.
        at: Now.

    Raises:
        NotFound: Not a draft of this officer.
        Invalid: Somebody is missing: no lead visitor, no prisoner, an open question.
        Conflict: The decision changed in between: the officer looks again.
    """
    draft = keeping.locked(draft_id, by=by)
    state = states.load(draft.state)
    if state.question is not None and not draft.done_at:
        raise Invalid("question_open", field="question")
    wanted = asking.registration(state, draft.request_id, at=draft.done_at or at)
    if wanted is None:
        raise Invalid("party_incomplete", field="prisoner")
    officer = _writing(by, language)
    answer = None if draft.done_at else asking.answering(state, by=by, at=at)
    if not draft.done_at:
        verdict = visiting.decide(wanted, by=officer, at=at, rank=answer)
        if verdict.takes_place and refuse:
            raise Conflict("nothing_to_refuse")
        if not verdict.takes_place and not refuse:
            raise Conflict("decision_changed")
    issued = _issue(state, wanted, officer, at, answer)
    done = issued.registered
    if not draft.done_at:
        _close(draft, at)
        goes_on = _go_on(draft, state, by, at)
        stamps.registered(draft, done.visit_id, goes_on=goes_on, by=by, at=at)
    refused = sum(not d for d in done.verdict.visitors.values())
    if done.status == "refused":
        refused = max(refused, 1)
    return Ended(done.visit_id, done.status, len(issued.passes), refused)


@requires(Permission.GATE_DESK)
def undo(visit_id: UUID, reason: str, *, by: Actor, at: datetime) -> None:
    """Cancel what was registered by mistake: entered in error, with the reason."""
    visiting.cancel(visit_id, "entered_in_error", reason=reason, by=by, at=at)


def _issue(
    state: states.State,
    wanted: Registration,
    by: Actor,
    at: datetime,
    answer: Actor | None,
) -> Issued:
    if not state.booked:
        return passes.register(wanted, by=by, at=at, rank=answer)
    done = visiting.arrive(UUID(state.booked), wanted, by=by, at=at, rank=answer)
    return passes.issue_passes(done, by=by, at=at)


def _close(draft: Draft, at: datetime) -> None:
    draft.done_at = draft.changed_at = at
    draft.save(update_fields=["done_at", "changed_at"])


def _go_on(draft: Draft, state: states.State, by: Actor, at: datetime) -> bool:
    """Take an empty draft in hand; goods entered before the visit lie in it.

    Returns:
        Whether there are such goods: the same people, under the same ticket.
    """
    fresh = keeping.empty_one(draft, by=by, at=at)
    if not state.parcel.lines:
        return False
    fresh.state, fresh.ticket = state.bringing().plain(), draft.ticket
    fresh.save(update_fields=["state", "ticket"])
    return True


def _writing(by: Actor, language: str) -> Actor:
    """Return the officer as one who writes the family's paper in its language.

    A request's actor is a lazy stand-in, which ``dataclasses.replace`` refuses.
    """
    values = {field.name: getattr(by, field.name) for field in fields(Actor)}
    return Actor(**values | {"language": language})
