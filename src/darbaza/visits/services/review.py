"""Booked visits that would be refused today: decide again, then cancel or keep.

A ban, a transfer, a release, an isolation or a closure may come after the booking.
Nothing is cancelled by itself: staff look at each case and leave a reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import selectors as record
from darbaza.audit import services as audit
from darbaza.kernel.decisions import Ground, block
from darbaza.kernel.errors import Invalid
from darbaza.visits import events, selectors
from darbaza.visits.models import Visit
from darbaza.visits.selectors import slots
from darbaza.visits.services import locking, moving, registration
from darbaza.visits.types import Registration

OWN = frozenset({"quota_used", "remand_permit_used"})
"""Grounds that a booked visit causes itself: it has used its own allowance."""


@dataclass(frozen=True, slots=True)
class Affected:
    """A booked visit, what now stands against it, and who kept it although."""

    visit: Visit
    against: tuple[Ground, ...]
    kept_by: str = ""
    kept_reason: str = ""


@requires(Permission.VISIT_REGISTER)
def affected(
    first: date, last: date, *, by: Actor, at: datetime, visits: int = 300
) -> list[Affected]:
    """Return booked visits of some days that would now be refused.

    Args:
        first: First day looked at.
        last: The day after the last.
        by: Who looks; only their own institution is decided on.
        at: Now.
        visits: At most this many visits are decided again.
    """
    rows = (
        Visit.objects.filter(
            institution_id=by.institution_id,
            status=Visit.Status.BOOKED,
            starts_at__gte=slots.midnight(first),
            starts_at__lt=slots.midnight(last),
        )
        .select_related("prisoner__person", "session__room")
        .prefetch_related("visitors__person")
        .order_by("starts_at", "reference")
    )
    closed = _closed(first, last, by)
    return list(_against(list(rows[:visits]), closed, by, at))


@requires(Permission.VISIT_CHANGE)
@transaction.atomic
def keep(visit_id: UUID, *, reason: str, by: Actor, at: datetime) -> Visit:
    """Leave a visit as it is although something stands against it, with the reason.

    It shows again when a further ground comes up.

    Raises:
        NotFound: No such visit in the actor's institution.
        Invalid: No reason.
    """
    visit = locking.locked_visit(visit_id, by=by)
    if not reason.strip():
        raise Invalid("change_without_reason", field="reason")
    codes = sorted({g.code for g in _grounds(visit, {}, by, at)})
    audit.record(events.KEPT, target=visit, by=by, at=at, codes=codes, reason=reason)
    return visit


def _against(
    visits: list[Visit], closed: dict[UUID, str], by: Actor, at: datetime
) -> Iterator[Affected]:
    kept = _kept([v.pk for v in visits], by)
    for visit in visits:
        against = _grounds(visit, closed, by, at)
        if not against:
            continue
        codes, who, why = kept.get(str(visit.pk), (frozenset(), "", ""))
        known = {g.code for g in against} - {"session_closed"} <= codes
        yield Affected(visit, against, who if known else "", why if known else "")


def _grounds(
    visit: Visit, closed: dict[UUID, str], by: Actor, at: datetime
) -> tuple[Ground, ...]:
    parties = moving.parties_of(visit)
    wanted = Registration(
        request_id=visit.pk,
        prisoner_id=visit.prisoner_id,
        kind=visit.kind,
        parties=parties,
        session_id=visit.session_id,
        seat_id=visit.seat_id,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        closed=visit.closed,
        status=Visit.Status.BOOKED.value,
        replaces=visit.pk,
    )
    verdict = registration.decide(wanted, by=by, at=at)
    lead = verdict.visitors[verdict.lead]
    found = [
        *verdict.visit.blocking,
        *lead.blocking,
        *(g for p, d in verdict.visitors.items() if p != verdict.lead
          for g in d.blocking),
    ]  # fmt: skip
    reason = closed.get(visit.session_id) if visit.session_id else None
    if reason is not None and all(g.code != "session_closed" for g in found):
        found.append(block("session_closed"))
    return tuple(g for g in found if g.code not in OWN)


def _closed(first: date, last: date, by: Actor) -> dict[UUID, str]:
    found = selectors.sessions_between(first, last, by=by)
    return {
        s.session_id: s.closing.reason if s.closing else ""
        for s in found
        if s.session_id and (s.closing or s.cancelled)
    }


def _kept(visits: list[UUID], by: Actor) -> dict[str, tuple[frozenset[str], str, str]]:
    rows = record.events(institutions=[by.institution_id]).filter(
        type=events.KEPT.code, target_id__in=[str(key) for key in visits]
    )
    # Newest first: going backwards, the newest word stands.
    return {
        row.target_id: (
            frozenset(row.facts["codes"]), row.actor_name, row.facts["reason"]
        )
        for row in reversed(rows)
    }  # fmt: skip
