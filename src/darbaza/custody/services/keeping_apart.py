"""Prisoners who must not meet: enter a pair, end it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.custody import events
from darbaza.custody.models import KeepApart, Prisoner
from darbaza.kernel.errors import Invalid, NotFound


@requires(Permission.PRISONER_MANAGE)
@transaction.atomic
def keep_apart(
    one_id: UUID,
    other_id: UUID,
    level: str,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> KeepApart:
    """Keep two prisoners of this institution apart; a pair stands once.

    A pair that stands already keeps its row; a new level or reason replaces the old.

    Raises:
        NotFound: One of the two is not held here.
        Invalid: The same prisoner twice, or no reason.
    """
    if one_id == other_id:
        raise Invalid("keep_apart_from_self", field="other")
    if not reason.strip():
        raise Invalid("say_why", field="reason")
    held = {"institution_id": by.institution_id, "status": Prisoner.Status.HELD}
    found = Prisoner.objects.filter(pk__in=(one_id, other_id), **held).count()
    if found < 2:
        raise NotFound("prisoner")
    first, second = sorted((one_id, other_id))
    wanted = {"level": level, "reason": reason.strip()[:300]}
    pair, made = KeepApart.objects.select_for_update().get_or_create(
        first_id=first,
        second_id=second,
        ended_at=None,
        defaults={
            "institution_id": by.institution_id,
            "recorded_at": at,
            "recorded_by": by.name,
            **wanted,
        },
    )
    same = all(getattr(pair, name) == value for name, value in wanted.items())
    if not made and same:
        return pair
    if not made:
        pair.level, pair.reason = wanted["level"], wanted["reason"]
        pair.save(update_fields=["level", "reason"])
    facts = {"first_id": first, "second_id": second, "level": level}
    audit.record(events.KEPT_APART, target=pair, by=by, at=at, **facts)
    return pair


@requires(Permission.PRISONER_MANAGE)
@transaction.atomic
def end_keep_apart(pair_id: UUID, *, by: Actor, at: datetime) -> KeepApart:
    """End the keeping apart of a pair; ended once.

    Raises:
        NotFound: No such pair here.
    """
    rows = KeepApart.objects.select_for_update()
    here = {"institution_id": by.institution_id}
    pair = rows.filter(pk=pair_id, **here).first()
    if pair is None:
        raise NotFound("keep_apart")
    if pair.ended_at is None:
        pair.ended_at, pair.ended_by = at, by.name
        pair.save(update_fields=["ended_at", "ended_by"])
        facts = {"first_id": pair.first_id, "second_id": pair.second_id}
        audit.record(events.KEEP_APART_ENDED, target=pair, by=by, at=at, **facts)
    return pair
