"""Write down what happened, in the same transaction as the change itself."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any, Protocol
from uuid import UUID

from django.db import connection, transaction

from darbaza.audit import policies, selectors
from darbaza.audit.models import Check, Event
from darbaza.audit.types import START, Breach, Erasure, EventType, Link
from darbaza.kernel import db, ids
from darbaza.kernel.actors import Author

READ = EventType("record.read", Erasure.UNLINK)
READ_ONCE_IN = timedelta(hours=1)

# PostgreSQL: one writer a chain until its commit. SQLite: the write lock does it.
_LOCK = db.Statement("SELECT pg_advisory_xact_lock(hashtextextended(%(chain)s, 0))")
_HEAD = db.Statement(
    "SELECT seq, hash FROM audit_event WHERE institution_id = %(chain)s"
    " ORDER BY seq DESC LIMIT 1"
)


class Target(Protocol):
    """Anything with a key; its class gives the kind."""

    @property
    def pk(self) -> Any: ...


def record(
    type: EventType,  # noqa: A002 - the field's own word
    *,
    target: Target | tuple[str, str] | None,
    by: Author,
    at: datetime,
    **facts: Any,
) -> Link:
    """Append one event to the chain of the actor's institution; return the new link.

    Args:
        type: A declared event type.
        target: The row it is about, a pair (kind, id), or None.
        by: Who did it.
        at: When, aware.
        facts: Codes, figures and ids; never free text about a person's health.

    Raises:
        RuntimeError: Called outside a transaction: the event could outlive its change.
    """
    if not connection.in_atomic_block:
        message = f"{type.code} must be recorded inside the transaction of its change"
        raise RuntimeError(message)
    return append(
        head(by.institution_id), type, target=target, by=by, at=at, facts=facts
    )


def head(institution_id: UUID) -> Link:
    """Return the newest link of a chain, and keep other writers away until commit."""
    lock(institution_id)
    rows = _HEAD({"chain": institution_id})
    return Link(rows[0][0], bytes(rows[0][1])) if rows else START


def append(
    newest: Link,
    type: EventType,  # noqa: A002 - the field's own word
    *,
    target: Target | tuple[str, str] | None,
    by: Author,
    at: datetime,
    facts: dict[str, Any],
) -> Link:
    """Append an event behind ``newest``, which the caller read under the chain's lock.

    The gate reads it with its one combined query; everyone else uses ``record``.
    """
    kind, key = _target(target)
    text = policies.facts_text(facts)
    content = (type.code, str(by.id), by.name, kind, key, text)
    link = Link(
        newest.seq + 1,
        policies.link_hash(
            newest.hash,
            institution_id=by.institution_id,
            seq=newest.seq + 1,
            at=at,
            content=content,
        ),
    )
    _insert()(
        id=ids.new_id(),
        institution_id=by.institution_id,
        seq=link.seq,
        at=at,
        type=type.code,
        actor_id=by.id,
        actor_name=by.name,
        target_kind=kind,
        target_id=key,
        facts_json=text,
        hash=link.hash,
    )
    return link


@cache
def _insert() -> db.Insert:
    return db.Insert(Event)


def lock(institution_id: UUID) -> None:
    """Keep other writers of this chain away until commit, before reading facts.

    On PostgreSQL whoever decides on what they read (the last seat, the last visit)
    takes this lock first. On SQLite the write lock of the transaction is enough.
    """
    if connection.vendor == "postgresql":
        _LOCK({"chain": str(institution_id)}, rows=False)


def _target(target: Target | tuple[str, str] | None) -> tuple[str, str]:
    if target is None:
        return "", ""
    if isinstance(target, tuple):
        return target
    return target.__class__.__name__.lower(), str(target.pk)


@transaction.atomic
def start_check(institution_id: UUID, *, by: Author, at: datetime) -> Check:
    """Begin a walk along one chain; ``continue_check`` takes its steps."""
    return Check.objects.create(
        institution_id=institution_id,
        started_at=at,
        started_by=by.name,
        total=selectors.head(institution_id).seq,
        hash=START.hash,
    )


@transaction.atomic
def continue_check(check: Check, *, at: datetime) -> Check:
    """Take the next step of a walk (20,000 links); finished already: nothing."""
    if check.finished_at:
        return check
    after = Link(check.done, bytes(check.hash))
    found = selectors.progress(check.institution_id, after)
    if isinstance(found, Breach):
        check.done, check.problem, check.finished_at = found.seq, found.problem, at
    else:
        check.done, check.hash = found.seq, found.hash
        if found.seq < check.total and found == after:
            check.problem, check.finished_at = "tail", at
        elif found.seq >= check.total:
            check.finished_at = at
    check.save()
    return check


def record_read(
    kind: str, target: UUID | str, *, by: Author, at: datetime
) -> Link | None:
    """Record that somebody opened a sensitive record, once an hour for each.

    Has its own short transaction; looks first without one, so that reading the same
    record again writes nothing.

    Args:
        kind: Kind of record: "person", "prisoner" and so on.
        target: Its key.
        by: Who reads.
        at: When, aware.

    Returns:
        The new link; None where the read is on record already.
    """
    same = Event.objects.filter(
        target_id=str(target),
        at__gt=at - READ_ONCE_IN,
        type=READ.code,
        target_kind=kind,
        actor_id=by.id,
        institution_id=by.institution_id,
    )
    if same.exists():
        return None
    facts = {}
    session = getattr(by, "staff_session_id", None)
    if session:
        facts["staff_session"] = str(session)
    with transaction.atomic():
        return record(READ, target=(kind, str(target)), by=by, at=at, **facts)
