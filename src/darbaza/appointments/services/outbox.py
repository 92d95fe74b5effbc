"""The outbox: texts go out one by one, outside any transaction, and never get lost.

A text is claimed before it goes. A process that is killed in between leaves the claim
behind; when it is old the text goes again, with the same id: at least once, and the
gateway can tell by the id that it has it already.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.appointments import events, sending
from darbaza.appointments.models import Message
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict, Invalid

State = Message.State
PAUSES = (5, 15, 60, 120, 240, 480)
"""Minutes before the next attempt; after the last one the text has failed."""
AT_ONCE = 20
"""Texts a round: with the slowest gateway it ends before its first claim is old."""
LOST = timedelta(minutes=10)
"""A text that is "being sent" for so long was cut off together with its process."""


@dataclass(frozen=True, slots=True)
class Round:
    """What a round did, and whether another one has something to do at once."""

    sent: int = 0
    not_sent: int = 0
    more: bool = False


@requires(Permission.APPOINTMENT_BOOK)
def send_due(*, by: Actor, at: datetime) -> Round:
    """Send what is due at the actor's institution; where texts are printed, nothing.

    The round ends with the first trouble that would strike every text alike: the rest
    waits without using up its attempts.

    Raises:
        RuntimeError: Called inside a transaction.
    """
    way = settings.DARBAZA_MESSAGES
    if way is None:
        return Round()
    sent = not_sent = 0
    while sent + not_sent < AT_ONCE and (row := _claimed(by, at)) is not None:
        trouble = _sent(way, row, by, at)
        sent, not_sent = sent + (trouble is None), not_sent + (trouble is not None)
        if trouble is not None and trouble.down:
            break
    return Round(sent, not_sent, more=sent + not_sent == AT_ONCE)


@requires(Permission.APPOINTMENT_PLAN)
def send_test(to: str, text: str, *, by: Actor, at: datetime) -> Message:
    """Send a text at once, to try the way; what came of it stands in the message.

    Raises:
        Conflict: ``messages_printed``: nothing leaves this house.
        Invalid: No address.
        RuntimeError: Called inside a transaction.
    """
    way = settings.DARBAZA_MESSAGES
    if way is None:
        raise Conflict("messages_printed")
    if not to.strip():
        raise Invalid("message_without_address", field="to")
    row = Message.objects.create(
        institution_id=by.institution_id,
        kind=Message.Kind.TEST,
        language=by.language,
        address=to.strip()[:120],
        text=text,
        due_at=at,
        state=State.SENDING,
        claimed_at=at,
        tries=len(PAUSES) + 1,  # nobody waits for it: it is not tried again
    )
    _sent(way, row, by, at)
    row.refresh_from_db()
    return row


@requires(Permission.APPOINTMENT_BOOK)
@transaction.atomic
def try_again(message_ids: Collection[UUID], *, by: Actor, at: datetime) -> int:
    """Let failed texts go once more, from the first attempt on; return how many.

    What was sent or told in the meantime stays as it is.
    """
    rows = _own(by).filter(pk__in=message_ids, state=State.FAILED)
    for row in (found := list(rows.select_for_update())):
        row.state, row.tries, row.due_at = State.WAITING, 0, at
        row.save(update_fields=["state", "tries", "due_at"])
        audit.record(events.MESSAGE_AGAIN, target=row, by=by, at=at)
    return len(found)


@requires(Permission.APPOINTMENT_BOOK)
@transaction.atomic
def tell(message_ids: Collection[UUID], *, by: Actor, at: datetime) -> int:
    """Tick off what was read out by telephone; it is not sent any more.

    Sent twice, it changes nothing.
    """
    open_ones = [State.WAITING, State.FAILED]
    rows = _own(by).filter(pk__in=message_ids, state__in=open_ones)
    for row in (found := list(rows.select_for_update())):
        row.state, row.settled_at = State.TOLD, at
        row.save(update_fields=["state", "settled_at"])
        audit.record(events.MESSAGE_TOLD, target=row, by=by, at=at)
    return len(found)


@requires(Permission.APPOINTMENT_BOOK)
@transaction.atomic
def note_printed(message_ids: Collection[UUID], *, by: Actor, at: datetime) -> None:
    """Record that these texts were printed with their telephone numbers."""
    keys = sorted(str(key) for key in message_ids)
    audit.record(events.LIST_PRINTED, target=None, by=by, at=at, messages=keys)


def _own(by: Actor) -> QuerySet[Message]:
    return Message.objects.filter(institution_id=by.institution_id)


@transaction.atomic(durable=True)
def _claimed(by: Actor, at: datetime) -> Message | None:
    """Take the next text in hand, unless another process has it already."""
    _drop_late(by, at)
    waiting = Q(state=State.WAITING, due_at__lte=at)
    cut_off = Q(state=State.SENDING, claimed_at__lt=at - LOST)
    due = _own(by).filter(waiting | cut_off).exclude(address="")
    row = due.order_by("due_at", "pk").first()
    if row is None:
        return None
    taken = due.filter(pk=row.pk, tries=row.tries).update(
        state=State.SENDING, claimed_at=at, tries=F("tries") + 1
    )
    row.tries += 1
    return row if taken else None


def _drop_late(by: Actor, at: datetime) -> None:
    """Drop what is of no use any more: the time to come is over."""
    _own(by).filter(state=State.WAITING, appointment__arrives_at__lte=at).update(
        state=State.DROPPED
    )


def _sent(
    way: sending.Way, row: Message, by: Actor, at: datetime
) -> sending.NotSentError | None:
    what = sending.Outgoing(row.pk, row.address, row.text, row.subject)
    trouble = sending.send(way, what)
    _settled(row, trouble, by, at)
    return trouble


@transaction.atomic(durable=True)
def _settled(
    row: Message, trouble: sending.NotSentError | None, by: Actor, at: datetime
) -> None:
    """Write down what became of a text that was claimed."""
    mine = _own(by).filter(pk=row.pk, state=State.SENDING, tries=row.tries)
    facts = {"kind": row.kind, "tries": row.tries}
    if trouble is None:
        if mine.update(state=State.SENT, settled_at=at, error=""):
            audit.record(events.MESSAGE_SENT, target=row, by=by, at=at, **facts)
    elif row.tries > len(PAUSES):
        if mine.update(state=State.FAILED, error=str(trouble)[:300]):
            facts |= {"trouble": trouble.code}
            audit.record(events.MESSAGE_FAILED, target=row, by=by, at=at, **facts)
    else:
        due = at + timedelta(minutes=PAUSES[row.tries - 1])
        mine.update(state=State.WAITING, due_at=due, error=str(trouble)[:300])
