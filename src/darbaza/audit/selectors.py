"""Read the record: history of one row, lists, and the proof that nothing changed."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from darbaza.audit import chains as walks
from darbaza.audit import texts
from darbaza.audit.models import Check, Event
from darbaza.audit.types import START, Anchor, Breach, Link
from darbaza.kernel.db import PreparedObjects

SHOWN = 50


def history(
    target_id: UUID | str, *, institutions: Collection[UUID]
) -> QuerySet[Event]:
    """Return the events about one record, newest first, in the given institutions."""
    return Event.objects.filter(
        target_id=str(target_id), institution_id__in=institutions
    ).order_by("-at", "-seq")


def last_events(
    target_id: UUID | str, *, institutions: Collection[UUID]
) -> list[Event]:
    """Return the newest 50 of ``history``: what a page shows below a record."""
    return _last.all(target=str(target_id), institutions=institutions)


_last = PreparedObjects(
    lambda target, institutions: history(target, institutions=institutions).only(
        "type", "at", "actor_name", "facts_json"
    )[:SHOWN]
)


def events(*, institutions: Collection[UUID]) -> QuerySet[Event]:
    """Return all events of the given institutions, newest first."""
    return Event.objects.filter(institution_id__in=institutions).order_by("-at", "-seq")


def event_text(code: str) -> str:
    """Return the words for an event code, in the language of the page."""
    return texts.text(code)


def event_texts() -> dict[str, str]:
    """Return the words of every event code that has any."""
    return {code: str(words) for code, words in texts.known().items()}


def chains() -> list[UUID]:
    """Return the institutions that have a chain."""
    ids = Event.objects.order_by("institution_id").values_list("institution_id")
    return [row[0] for row in ids.distinct()]


def heads() -> dict[UUID, Link]:
    """Return the newest link of every chain."""
    found = {}
    for institution_id in chains():
        rows = Event.objects.filter(institution_id=institution_id).order_by("-seq")
        seq, digest = rows.values_list("seq", "hash")[0]
        found[institution_id] = Link(seq, bytes(digest))
    return found


def breaches() -> Iterator[Breach]:
    """Walk every chain from its first link; yield the first broken link of each."""
    for institution_id in chains():
        breach = first_breach(institution_id)
        if breach:
            yield breach


def first_breach(
    institution_id: UUID, *, anchors: Collection[Anchor] = ()
) -> Breach | None:
    """Walk one chain; return where it first does not hold, or None.

    Args:
        institution_id: Whose chain.
        anchors: Heads that were printed or copied elsewhere before. A chain alone
            cannot show that its newest links were cut off; an anchor can.
    """
    for found in walks.walk(institution_id):
        if isinstance(found, Breach):
            return found
    return next(
        filter(None, (_anchor_breach(institution_id, a) for a in anchors)), None
    )


def progress(institution_id: UUID, after: Link) -> Link | Breach:
    """Check the next step of a chain behind ``after``; the same link at its end."""
    return next(walks.walk(institution_id, after), after)


def head(institution_id: UUID, *, before: datetime | None = None) -> Link:
    """Return the newest link of a chain, or the newest one before a moment."""
    rows = Event.objects.filter(institution_id=institution_id)
    if before is not None:
        rows = rows.filter(at__lt=before)
    row = rows.order_by("-seq").values_list("seq", "hash").first()
    return Link(row[0], bytes(row[1])) if row else START


def checks(*, institutions: Collection[UUID]) -> QuerySet[Check]:
    """Return the checks made of these chains, newest first."""
    rows = Check.objects.filter(institution_id__in=institutions)
    return rows.order_by("-started_at")


def _anchor_breach(institution_id: UUID, anchor: Anchor) -> Breach | None:
    row = (
        Event.objects.filter(institution_id=institution_id, seq=anchor.seq)
        .values_list("hash", flat=True)
        .first()
    )
    if row is None:
        return Breach(str(institution_id), anchor.seq, "tail")
    if bytes(row) != anchor.hash:
        return Breach(str(institution_id), anchor.seq, "anchor")
    return None
