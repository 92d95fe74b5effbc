"""The record as the actor may read it."""

from datetime import datetime, time
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from darbaza.accounts import selectors as accounts
from darbaza.accounts.permissions import SEES_ALL, Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import selectors as audit
from darbaza.kernel.errors import NotFound
from darbaza.kernel.ids import NOWHERE
from darbaza.web.types import Chain, Wanted

if TYPE_CHECKING:
    from darbaza.audit.models import Check, Event


@requires(Permission.AUDIT_SEE)
def events(wanted: Wanted, *, by: Actor) -> "QuerySet[Event]":
    """Return the events that the actor may read and asked for, newest first."""
    rows = audit.events(institutions=_readable(by))
    if wanted.institution_id:
        rows = rows.filter(institution_id=wanted.institution_id)
    if wanted.on:
        first = timezone.make_aware(datetime.combine(wanted.on, time.min))
        last = timezone.make_aware(datetime.combine(wanted.on, time.max))
        rows = rows.filter(at__gte=first, at__lte=last)
    if wanted.type:
        rows = rows.filter(type=wanted.type)
    if wanted.who:
        rows = rows.filter(actor_name__icontains=wanted.who)
    if wanted.record:
        word = wanted.record
        rows = rows.filter(Q(target_id=word) | Q(target_kind=word.lower()))
    return rows


@requires(Permission.AUDIT_SEE)
def chains(*, by: Actor, before: datetime | None = None) -> list[Chain]:
    """Return the chains that the actor may read, with head and last check.

    Args:
        by: Who asks.
        before: Give the head as it was before this moment, for a printed day.
    """
    places = accounts.seen_places(by=by)
    found = []
    for institution_id in sorted(_readable(by)):
        head = audit.head(institution_id, before=before)
        place = places.get(institution_id)
        if head.seq == 0:
            continue
        last = audit.checks(institutions=[institution_id]).first()
        found.append(
            Chain(
                institution_id,
                place.name(by.language) if place else "",
                place.code if place else "0",
                head.seq,
                head.hash.hex(),
                last.pk if last else None,
                last.finished_at.isoformat() if last and last.finished_at else "",
                last.problem if last else "",
            )
        )
    return found


@requires(Permission.AUDIT_SEE)
def check(check_id: UUID, *, by: Actor) -> "Check":
    """Return one walk along a chain.

    Raises:
        NotFound: There is none, or not for this actor.
    """
    row = audit.checks(institutions=_readable(by)).filter(pk=check_id).first()
    if row is None:
        raise NotFound(kind="check")
    return row


def _readable(by: Actor) -> frozenset[UUID]:
    """Return the institutions whose record is open to the actor.

    The chain of the service itself (unknown sign-in names and the like) is for those
    who manage users and for headquarters.
    """
    service = by.may(Permission.USER_MANAGE) or bool(SEES_ALL & by.roles)
    return by.sees | {NOWHERE} if service else by.sees - {NOWHERE}
