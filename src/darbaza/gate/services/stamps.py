"""Stamps of the way through the entrance, written where each thing happens."""

from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from darbaza.accounts.types import Actor
from darbaza.gate import queueing
from darbaza.gate.models import Draft, Ticket, TicketEvent
from darbaza.gate.queueing import State, Step
from darbaza.kernel.errors import Conflict


def note(row: Ticket, step: Step, *, by: Actor, at: datetime) -> None:
    """Write an event of a ticket; what counts once is written once."""
    if step in queueing.ONCE and row.events.filter(step=step).exists():
        return
    TicketEvent.objects.create(
        institution_id=row.institution_id, ticket=row, step=step.value, at=at,
        window_id=row.window_id, by_name=by.name,
    )  # fmt: skip


def advance(row: Ticket, step: Step, *, by: Actor, at: datetime) -> None:
    """Take a locked ticket one step further.

    Raises:
        Conflict: ``ticket_state``: the step may not follow what is.
    """
    after = queueing.follows(step, State(row.state))
    if after is None:
        raise Conflict("ticket_state", label=row.label, state=row.state)
    row.state = after.value
    row.save()
    note(row, step, by=by, at=at)


def accepted(draft: Draft, *, by: Actor, at: datetime) -> None:
    """Note that the first document of the party was accepted at the desk."""
    row = draft.ticket
    if row is None:
        return
    if row.state == State.CALLED:
        advance(row, Step.ACCEPTED, by=by, at=at)
    else:
        note(row, Step.ACCEPTED, by=by, at=at)


def registered(
    draft: Draft, visit_id: UUID, *, goes_on: bool, by: Actor, at: datetime
) -> None:
    """Link the visit that the desk registered; the ticket ends unless goods follow."""
    row = draft.ticket
    if row is None:
        return
    row.visit_id = visit_id
    row.save(update_fields=["visit"])
    note(row, Step.REGISTERED, by=by, at=at)
    if not goes_on:
        _end(row, by, at)


def handed_in(draft: Draft, sending_id: UUID, *, by: Actor, at: datetime) -> None:
    """Link the sending that the desk took; the ticket ends."""
    row = draft.ticket
    if row is None:
        return
    row.sending_id = sending_id
    row.save(update_fields=["sending"])
    note(row, Step.HANDED_IN, by=by, at=at)
    _end(row, by, at)


def _end(row: Ticket, by: Actor, at: datetime) -> None:
    if queueing.follows(Step.DONE, State(row.state)):
        advance(row, Step.DONE, by=by, at=at)


def seated(visit_id: UUID, *, by: Actor, at: datetime) -> None:
    """Note that the first of a party came in."""
    _note_visit(visit_id, Step.SEATED, by, at)


def left(visit_id: UUID, *, by: Actor, at: datetime) -> None:
    """Note that the last of a party has left."""
    visitors = apps.get_model("visits", "Visitor")._default_manager
    if not visitors.filter(visit_id=visit_id, status="inside").exists():
        _note_visit(visit_id, Step.LEFT, by, at)


def _note_visit(visit_id: UUID, step: Step, by: Actor, at: datetime) -> None:
    for row in Ticket.objects.filter(visit_id=visit_id):
        note(row, step, by=by, at=at)


@transaction.atomic
def searched(
    *, person_id: UUID | None, sending_id: UUID | None, by: Actor, at: datetime
) -> None:
    """Note that the search of a visitor, or of what somebody brought, has begun."""
    rows = Ticket.objects.filter(institution_id=by.institution_id)
    if sending_id is not None:
        found = rows.filter(sending_id=sending_id)
    elif person_id is not None:
        today = timezone.localdate(at)
        found = rows.filter(day=today, visit__visitors__person_id=person_id).distinct()
    else:
        return
    for row in found:
        note(row, Step.SEARCHED, by=by, at=at)
