"""Keep what was found about a person: raise, raise again, or note that it is gone.

For this room's own services, inside their transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.audit.types import EventType
from darbaza.watchlists import events
from darbaza.watchlists.index import Found
from darbaza.watchlists.models import Likeness, Sighting

Status = Likeness.Status
JUDGED = (Status.SAME, Status.ANOTHER)
ALERTING = (Status.OPEN, Status.UNSURE, Status.SAME)
_COMPARED = ("entry_id", "score", "name_score", "reasons", "parts", "name", "pair")


@dataclass(frozen=True, slots=True)
class Where:
    """Where a person was compared, and when."""

    occasion: str
    institution_id: UUID
    by: Actor
    at: datetime


def keep(person_id: UUID, found: Sequence[Found], where: Where) -> int:
    """Bring a person's likenesses up to date; return how many were raised."""
    rows = Likeness.objects.select_for_update().filter(person_id=person_id)
    known = {(row.watchlist_id, row.reference): row for row in rows}
    raised = 0
    for one in found:
        row = known.pop((one.list_id, one.listed.reference), None)
        event = _take(row, one) if row else events.RAISED
        row = row or _new(person_id, one, where)
        if event:
            row.status, row.raised_at = Status.OPEN, where.at
            raised += 1
        if event is not events.RAISED:
            row.save()
        if row.status in ALERTING:
            _see(row, where)
        if event:
            _record(event, row, where)
    for row in known.values():
        if row.status in ALERTING:
            row.status = Status.GONE
            row.save(update_fields=["status"])
            _record(events.GONE, row, where)
    return raised


def _take(row: Likeness, one: Found) -> EventType | None:
    """Put what was found now into a row; return the event where it is to be judged."""
    other = row.pair != one.pair
    for name, value in _values(one).items():
        setattr(row, name, value)
    again = row.status == Status.GONE or (other and row.status in JUDGED)
    return events.RAISED_AGAIN if again else None


def _new(person_id: UUID, one: Found, where: Where) -> Likeness:
    return Likeness.objects.create(
        institution_id=where.by.institution_id,
        watchlist_id=one.list_id,
        reference=one.listed.reference,
        person_id=person_id,
        raised_at=where.at,
        **_values(one),
    )


def _values(one: Found) -> dict[str, object]:
    compared = one.compared
    values = (
        one.entry_id, compared.score, compared.name_score, list(compared.reasons),
        [list(part) for part in compared.parts], compared.name[:200], one.pair,
    )  # fmt: skip
    return dict(zip(_COMPARED, values, strict=True))


def _see(row: Likeness, where: Where) -> None:
    Sighting.objects.get_or_create(
        likeness=row,
        institution_id=where.institution_id,
        defaults={
            "occasion": where.occasion,
            "seen_at": where.at,
            "seen_by": where.by.name,
        },
    )


def _record(event: EventType, row: Likeness, where: Where) -> None:
    facts = {
        "list_id": row.watchlist_id,
        "person_id": row.person_id,
        "score": row.score,
    }
    audit.record(
        event, target=row, by=where.by, at=where.at, reasons=row.reasons, **facts
    )
