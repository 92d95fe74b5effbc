"""Officers call tickets: next, again, aside, back, to another lane, gone."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.gate import events, queueing, states
from darbaza.gate.models import Draft, Ticket
from darbaza.gate.queueing import Place, State, Step
from darbaza.gate.selectors import queue
from darbaza.gate.services import drafts, stamps
from darbaza.gate.services.desk import keeping
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.sites import selectors as sites
from darbaza.visits import selectors as visits

BY_HAND = frozenset(
    {Step.CALLED_AGAIN, Step.NO_SHOW, Step.PARKED, Step.RETURNED, Step.DONE, Step.GONE}
)
"""What an officer may say of a ticket; the rest follows from the desk's work."""


@requires(Permission.QUEUE_CALL)
@transaction.atomic
def call_next(post_id: UUID, *, by: Actor, at: datetime) -> Ticket | None:
    """Call whoever is next at a window, None where nobody waits.

    Whoever was served at this window is done. Two windows never get the same ticket.

    Raises:
        NotFound: No such window here.
        Conflict: ``ticket_in_hand``: somebody is called here and has not come yet.
    """
    audit.lock(by.institution_id)
    _must_be_here(post_id, by)
    _finish_served(post_id, by, at)
    row = _next(post_id, by, at)
    return _called(row, post_id, by, at) if row else None


@requires(Permission.QUEUE_CALL)
@transaction.atomic
def call_ticket(ticket_id: UUID, post_id: UUID, *, by: Actor, at: datetime) -> Ticket:
    """Call one ticket out of its turn, at a window; the record says so.

    Raises:
        NotFound: No such ticket or window here.
        Conflict: ``ticket_in_hand``, or ``ticket_state``: it does not wait.
    """
    audit.lock(by.institution_id)
    _must_be_here(post_id, by)
    row = _locked(ticket_id, by)
    if row.window_id == post_id and row.state == State.CALLED:
        return row
    _finish_served(post_id, by, at)
    return _called(row, post_id, by, at)


@requires(Permission.QUEUE_CALL)
@transaction.atomic
def step_ticket(ticket_id: UUID, wanted: Step, *, by: Actor, at: datetime) -> Ticket:
    """Say of a ticket: called again, did not come, aside, back, done, gone.

    Back means to the old place: whoever waited keeps what they waited. Only who was
    called three times and did not come queues again by the rule of the lane.

    Raises:
        NotFound: No such ticket here.
        Invalid: No step of an officer.
        Conflict: ``ticket_state``: it may not follow what is.
    """
    if wanted not in BY_HAND:
        raise Invalid("ticket_step_unknown")
    audit.lock(by.institution_id)
    row = _locked(ticket_id, by)
    if wanted is Step.RETURNED and row.state == State.NO_SHOW:
        row.place_at = _place_again(row, at)
    stamps.advance(row, wanted, by=by, at=at)
    _let_go(row)
    _record(row, wanted, by, at)
    return row


def _place_again(row: Ticket, at: datetime) -> datetime:
    """Return the place of somebody who did not come when called, and now is here."""
    late_return = timedelta(minutes=row.lane.late_return_minutes)
    calls = row.events.filter(step__in=(Step.CALLED, Step.CALLED_AGAIN)).count()
    return queueing.place_again(
        row.place_at, calls=calls, at=at, late_return=late_return
    )


@requires(Permission.QUEUE_CALL)
@transaction.atomic
def move_ticket(ticket_id: UUID, lane_id: UUID, *, by: Actor, at: datetime) -> Ticket:
    """Move a ticket to another lane; it keeps its number and what it waited.

    Raises:
        NotFound: No such ticket or lane here.
        Conflict: ``ticket_state``: it has ended or is served.
    """
    audit.lock(by.institution_id)
    row, lane = _locked(ticket_id, by), queue.lane(lane_id, by=by)
    if row.lane_id == lane.pk and row.state == State.WAITING:
        return row
    row.lane = lane
    head_start = timedelta(minutes=lane.head_start_minutes)
    row.place_at = queueing.place_at(
        row.taken_at, head_start=head_start, due_at=row.due_at
    )
    stamps.advance(row, Step.MOVED, by=by, at=at)
    _let_go(row)
    _record(row, Step.MOVED, by, at)
    return row


@requires(Permission.QUEUE_CALL)
@transaction.atomic
def link_visit(ticket_id: UUID, visit_id: UUID, *, by: Actor, at: datetime) -> Ticket:
    """Say which visit came of a called number, where no desk did the work; once.

    Raises:
        NotFound: No such ticket or visit here.
        Conflict: ``ticket_state``: it is not called.
    """
    audit.lock(by.institution_id)
    row = _locked(ticket_id, by)
    visit = visits.visit(visit_id, by=by)
    if row.visit_id == visit.pk:
        return row
    if visit.institution_id != by.institution_id:
        raise NotFound("visit")
    stamps.advance(row, Step.ACCEPTED, by=by, at=at)
    row.visit_id = visit.pk
    stamps.note(row, Step.REGISTERED, by=by, at=at)
    stamps.advance(row, Step.DONE, by=by, at=at)
    _let_go(row)
    return row


def _must_be_here(post_id: UUID, by: Actor) -> None:
    post = sites.post(post_id, by=by)
    if post.institution_id != by.institution_id or post.closed_on:
        raise NotFound("post")


def _locked(ticket_id: UUID, by: Actor) -> Ticket:
    rows = Ticket.objects.select_related("lane", "window")
    row = rows.filter(pk=ticket_id, institution_id=by.institution_id).first()
    if row is None:
        raise NotFound("ticket")
    return row


def _finish_served(post_id: UUID, by: Actor, at: datetime) -> None:
    """Say that whoever was served here is done; of whoever did not come, ask.

    Another day's ticket stands in nobody's way.
    """
    rows = Ticket.objects.filter(
        institution_id=by.institution_id, window_id=post_id,
        state__in=queue.AT_A_WINDOW,
    )  # fmt: skip
    for row in rows:
        today = row.day == timezone.localdate(at)
        if row.state == State.CALLED and today:
            raise Conflict("ticket_in_hand", label=row.label)
        wanted = Step.DONE if row.state == State.SERVING else Step.GONE
        stamps.advance(row, wanted, by=by, at=at)
        _let_go(row)


def _next(post_id: UUID, by: Actor, at: datetime) -> Ticket | None:
    served = queue.window_lanes(post_id, by=by)
    line = [
        row
        for row in queue.waiting(by=by, at=at)
        if served is None or row.lane_id in served
    ]
    places = [Place(t.place_at, queue.in_time(t), t.number) for t in line]
    chosen = queueing.next_of(places, at=at)
    return line[places.index(chosen)] if chosen else None


def _called(row: Ticket, post_id: UUID, by: Actor, at: datetime) -> Ticket:
    row.window_id, row.called_at = post_id, row.called_at or at
    stamps.advance(row, Step.CALLED, by=by, at=at)
    waited = max(0, round((at - row.taken_at).total_seconds() / 60))
    audit.record(
        events.TICKET_CALLED, target=row, by=by, at=at,
        label=row.label, window=str(post_id), waited_minutes=waited,
    )  # fmt: skip
    _take_in_hand(row, post_id, by, at)
    return row


def _take_in_hand(row: Ticket, post_id: UUID, by: Actor, at: datetime) -> None:
    """Lay the draft of a ticket on the desk: the one begun before, or an empty one."""
    begun = Draft.objects.filter(ticket=row, user_id=by.id, done_at=None).first()
    if begun is not None:
        keeping.resume(begun.pk, by=by, at=at)
        return
    draft = drafts.open_draft(post_id=post_id, by=by, at=at)
    if draft.ticket is not None or not states.load(draft.state).empty:
        draft = keeping.empty_one(draft, by=by, at=at)
    draft.ticket, draft.post_id = row, post_id
    draft.save(update_fields=["ticket", "post"])


def _let_go(row: Ticket) -> None:
    """Take a ticket that is not called off the desks where nothing was begun."""
    if row.state == State.CALLED:
        return
    for draft in Draft.objects.filter(ticket=row, done_at=None):
        if states.load(draft.state).empty:
            draft.ticket = None
            draft.save(update_fields=["ticket"])


def _record(row: Ticket, wanted: Step, by: Actor, at: datetime) -> None:
    audit.record(
        events.TICKET_STEPPED, target=row, by=by, at=at,
        label=row.label, step=wanted.value, lane=row.lane.prefix,
    )  # fmt: skip
