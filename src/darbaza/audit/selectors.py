"""Read the record: history of one row, lists, and the proof that nothing changed."""

from collections.abc import Collection, Iterator
from uuid import UUID

from django.db.models import QuerySet

from darbaza.audit import policies, texts
from darbaza.audit.models import Event
from darbaza.audit.types import START, Breach


def history(
    target_id: UUID | str, *, institutions: Collection[UUID]
) -> QuerySet[Event]:
    """Return the events about one record, newest first, in the given institutions."""
    return Event.objects.filter(
        target_id=str(target_id), institution_id__in=institutions
    ).order_by("-at", "-seq")


def events(*, institutions: Collection[UUID]) -> QuerySet[Event]:
    """Return all events of the given institutions, newest first."""
    return Event.objects.filter(institution_id__in=institutions).order_by("-at", "-seq")


def event_text(code: str) -> str:
    """Return the words for an event code, in the language of the page."""
    return texts.text(code)


def chains() -> list[UUID]:
    """Return the institutions that have a chain."""
    ids = Event.objects.order_by("institution_id").values_list("institution_id")
    return [row[0] for row in ids.distinct()]


def breaches() -> Iterator[Breach]:
    """Walk every chain from its first link; yield the first broken link of each."""
    for institution_id in chains():
        breach = first_breach(institution_id)
        if breach:
            yield breach


def first_breach(institution_id: UUID) -> Breach | None:
    """Walk one chain; return where it first does not hold, or None."""
    last = START
    rows = Event.objects.filter(institution_id=institution_id).order_by("seq")
    for event in rows.iterator(chunk_size=5_000):
        if event.seq != last.seq + 1:
            return Breach(str(institution_id), last.seq + 1, "gap")
        content = (
            event.type,
            str(event.actor_id),
            event.actor_name,
            event.target_kind,
            event.target_id,
            event.facts_json,
        )
        expected = policies.link_hash(
            last.hash,
            institution_id=institution_id,
            seq=event.seq,
            at=event.at,
            content=content,
        )
        if bytes(event.hash) != expected:
            return Breach(str(institution_id), event.seq, "hash")
        last = type(last)(event.seq, expected)
    return None
