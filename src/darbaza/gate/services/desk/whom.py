"""WHOM: the prisoner, the kind of visit, session and seat; or a booked visit."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.custody import selectors as custody
from darbaza.gate.services.desk import keeping
from darbaza.gate.states import State
from darbaza.kernel.errors import Conflict, Invalid
from darbaza.visits import selectors as visits
from darbaza.visits import services as visiting

KINDS = ("short", "long", "video", "lawyer", "official", "consular", "religious")


@requires(Permission.GATE_DESK)
def whom(draft_id: UUID, prisoner_id: UUID, *, by: Actor, at: datetime) -> None:
    """Choose the prisoner; the session now or next that suits comes along.

    Raises:
        NotFound: No such prisoner for this actor.
    """
    custody.prisoner(prisoner_id, by=by)
    with keeping.kept(draft_id, by=by, at=at) as state:
        state.prisoner, state.booked = str(prisoner_id), ""
        state.lifts, state.rank = [], ""
        _now_or_next(state, by, at)


@requires(Permission.GATE_DESK)
def forget_prisoner(draft_id: UUID, *, by: Actor, at: datetime) -> None:
    """Ask again whom they visit."""
    with keeping.kept(draft_id, by=by, at=at) as state:
        state.prisoner = state.session = state.seat = state.booked = state.rank = ""
        state.lifts = []


@requires(Permission.GATE_DESK)
def details(
    draft_id: UUID, wanted: Mapping[str, Any], *, by: Actor, at: datetime
) -> None:
    """Change kind, glass, session or seat.

    Args:
        draft_id: The draft.
        wanted: Any of ``kind``, ``closed``, ``slot`` (a session, or template/day) and
            ``seat``; what is not given stays.
        by: The officer.
        at: Now.

    Raises:
        Invalid: No such kind or slot.
        NotFound: A session of another institution.
    """
    kind = wanted.get("kind")
    if kind is not None and kind not in KINDS:
        raise Invalid("visit_kind_unknown", field="kind")
    with keeping.kept(draft_id, by=by, at=at) as state:
        if state.booked:
            raise Conflict("booked_visit_stands")
        changed = kind not in {None, state.kind}
        changed = changed or wanted.get("closed") not in {None, state.closed}
        state.kind = kind or state.kind
        state.closed = bool(wanted.get("closed", state.closed))
        if changed:
            state.lifts, state.rank = [], ""
            _now_or_next(state, by, at)
            return
        slot = wanted.get("slot")
        if slot is not None and slot != state.session:
            state.session, state.seat = _session(slot, by, at), ""
        elif "seat" in wanted:
            state.seat = str(wanted["seat"] or "")


@requires(Permission.GATE_DESK)
def take_booked(draft_id: UUID, visit_id: UUID, *, by: Actor, at: datetime) -> None:
    """Take the booked visit that the party came for: whom, when and where stand.

    Raises:
        NotFound: No such visit here.
        Conflict: It is not booked any more.
    """
    visit = visits.visit(visit_id, by=by)
    if visit.status != "booked" or visit.institution_id != by.institution_id:
        raise Conflict("visit_not_booked", status=visit.status)
    with keeping.kept(draft_id, by=by, at=at) as state:
        state.prisoner, state.kind = str(visit.prisoner_id), visit.kind
        state.closed, state.booked = visit.closed, str(visit.pk)
        state.session = str(visit.session_id or "")
        state.seat = str(visit.seat_id or "")
        state.lifts, state.rank = [], ""


def _now_or_next(state: State, by: Actor, at: datetime) -> None:
    state.session = state.seat = ""
    if not state.prisoner:
        return
    slot = visits.now_or_next(
        state.kind,
        prisoner_id=UUID(state.prisoner),
        closed=state.closed,
        at=at,
        by=by,
    )
    if slot is None:
        return
    if slot.session_id:
        state.session = str(slot.session_id)
    elif slot.template_id:
        made = visiting.session_for(slot.template_id, slot.day, by=by, at=at)
        state.session = str(made.pk)


def _session(slot: str, by: Actor, at: datetime) -> str:
    first, _slash, day = slot.partition("/")
    if not first:
        return ""
    try:
        row, on = UUID(first), date.fromisoformat(day) if day else None
    except ValueError:
        raise Invalid("slot_unknown", field="slot") from None
    if on is None:
        return str(visits.session(row, by=by).pk)
    return str(visiting.session_for(row, on, by=by, at=at).pk)
