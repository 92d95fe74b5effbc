"""The timetable in the hands of local staff: every change counts at once.

The key of a new row is the request id of the form that asked for it, so that a form
sent twice makes one row.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.visits import events
from darbaza.visits.models import Closure, Session, Template
from darbaza.visits.policies import timetable as policy
from darbaza.visits.selectors import house, slots

FIELDS = (
    "name_ky", "name_ru", "name_en", "kind", "room_id", "weekday", "starts_at",
    "minutes", "every_weeks", "open_places", "closed_places", "valid_from", "valid_to",
    "blocks_included",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """A row of the weekly timetable. ``valid_to`` is the day after the last."""

    name_ky: str
    name_ru: str
    name_en: str
    kind: str
    room_id: UUID
    weekday: int
    starts_at: time
    minutes: int
    open_places: int
    closed_places: int
    valid_from: date
    valid_to: date | None = None
    every_weeks: int = 1
    blocks: frozenset[UUID] = frozenset()
    blocks_included: bool = True


@dataclass(frozen=True, slots=True)
class ClosureDraft:
    """Days to close, of the institution or of one room or one template."""

    starts_on: date
    ends_on: date
    reason: str
    room_id: UUID | None = None
    template_id: UUID | None = None


@requires(Permission.TIMETABLE_MANAGE)
@transaction.atomic
def add_template(
    draft: TemplateDraft, *, request_id: UUID, by: Actor, at: datetime
) -> Template:
    """Add a row to the weekly timetable.

    Raises:
        NotFound: A room or block of another institution.
        Invalid: No place at all, no length, a weekday out of the week.
    """
    found = Template.objects.filter(pk=request_id, institution_id=by.institution_id)
    if row := found.first():
        return row
    _check(draft, by)
    row = Template(pk=request_id, institution_id=by.institution_id)
    _fill(row, draft)
    audit.record(events.TEMPLATE_ADDED, target=row, by=by, at=at, **_facts(row))
    return row


@requires(Permission.TIMETABLE_MANAGE)
@transaction.atomic
def change_template(
    template_id: UUID, draft: TemplateDraft, *, by: Actor, at: datetime
) -> Template:
    """Change a row of the timetable at once.

    Dated sessions that nobody uses follow the change. A session with visits keeps its
    day and time; only its number of places follows.

    Raises:
        NotFound: Not a template, room or block of this institution.
        Invalid: See ``add_template``.
        Conflict: The template has ended.
    """
    row = _template(template_id, by)
    if row.ended_at is not None:
        raise Conflict("template_ended")
    _check(draft, by)
    before = _facts(row)
    _fill(row, draft)
    after = _facts(row)
    if before == after:
        return row
    _reshape(row, at)
    audit.record(
        events.TEMPLATE_CHANGED, target=row, by=by, at=at, before=before, after=after
    )
    return row


@requires(Permission.TIMETABLE_MANAGE)
@transaction.atomic
def end_template(template_id: UUID, *, by: Actor, at: datetime) -> Template:
    """End a row of the timetable now; sessions with visits stay. Again: no change.

    Raises:
        NotFound: Not a template of this institution.
    """
    row = _template(template_id, by)
    if row.ended_at is not None:
        return row
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    _reshape(row, at)
    audit.record(events.TEMPLATE_ENDED, target=row, by=by, at=at)
    return row


@requires(Permission.TIMETABLE_MANAGE)
@transaction.atomic
def close(draft: ClosureDraft, *, request_id: UUID, by: Actor, at: datetime) -> Closure:
    """Close some days: who and why is kept. Visits already booked show as affected.

    Raises:
        NotFound: A room or template of another institution.
        Invalid: No reason, or the last day before the first.
    """
    found = Closure.objects.filter(pk=request_id, institution_id=by.institution_id)
    if row := found.first():
        return row
    if not draft.reason.strip():
        raise Invalid("change_without_reason", field="reason")
    if draft.ends_on <= draft.starts_on:
        raise Invalid("end_not_after_start", field="ends_on")
    if draft.template_id:
        _template(draft.template_id, by)
    if draft.room_id:
        house.ours("room", {draft.room_id}, by=by)
    row = Closure.objects.create(
        pk=request_id,
        institution_id=by.institution_id,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        reason=draft.reason.strip(),
        room_id=draft.room_id,
        template_id=draft.template_id,
        closed_by=by.name,
        closed_at=at,
    )
    audit.record(
        events.CLOSED,
        target=row,
        by=by,
        at=at,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        room=row.room_id,
        template=row.template_id,
        reason=row.reason,
    )
    return row


@requires(Permission.TIMETABLE_MANAGE)
@transaction.atomic
def reopen(closure_id: UUID, *, by: Actor, at: datetime) -> Closure:
    """Take a closure back; it stays on record. Again: no change.

    Raises:
        NotFound: Not a closure of this institution.
    """
    rows = Closure.objects.select_for_update(of=("self",))
    row = rows.filter(pk=closure_id, institution_id=by.institution_id).first()
    if row is None:
        raise NotFound
    if row.reopened_at is None:
        row.reopened_at, row.reopened_by = at, by.name
        row.save(update_fields=["reopened_at", "reopened_by"])
        audit.record(events.REOPENED, target=row, by=by, at=at)
    return row


def _template(template_id: UUID, by: Actor) -> Template:
    rows = Template.objects.select_for_update(of=("self",))
    row = rows.filter(pk=template_id, institution_id=by.institution_id).first()
    if row is None:
        raise NotFound
    return row


def _check(draft: TemplateDraft, by: Actor) -> None:
    if not 0 <= draft.weekday <= 6:
        raise Invalid("weekday_unknown", field="weekday")
    if draft.minutes < 1 or draft.every_weeks < 1:
        raise Invalid("template_too_short", field="minutes")
    if draft.open_places + draft.closed_places < 1:
        raise Invalid("session_without_places", field="open_places")
    if draft.valid_to is not None and draft.valid_to <= draft.valid_from:
        raise Invalid("end_not_after_start", field="valid_to")
    house.ours("room", {draft.room_id}, by=by)
    house.ours("block", draft.blocks, by=by)


def _fill(row: Template, draft: TemplateDraft) -> None:
    for name in FIELDS:
        setattr(row, name, getattr(draft, name))
    row.save()
    row.blocks.set(draft.blocks)  # type: ignore[arg-type] # keys do


def _facts(row: Template) -> dict[str, Any]:
    facts = {name: str(getattr(row, name)) for name in FIELDS}
    return {**facts, "blocks": sorted(str(b.pk) for b in row.blocks.all())}


def _reshape(row: Template, at: datetime) -> None:
    """Let the coming dated sessions follow their template."""
    plan = slots.plan_of(row)
    holding = Count("visits", filter=Q(visits__status__in=slots.TAKING))
    coming = Session.objects.filter(template=row, starts_at__gt=at)
    for session in coming.annotate(holding=holding, ever=Count("visits")):
        day = timezone.localdate(session.starts_at)
        if row.ended_at is None and policy.takes_place(plan, day):
            _follow(session, row, moved=not session.holding)
        elif not session.ever:
            session.delete()  # nobody ever used it; the timetable would make it anew
        elif not session.holding:
            session.cancelled_at = at
            session.save(update_fields=["cancelled_at"])


def _follow(session: Session, row: Template, *, moved: bool) -> None:
    session.open_places, session.closed_places = row.open_places, row.closed_places
    session.cancelled_at = None
    if moved:
        day = timezone.localdate(session.starts_at)
        session.starts_at = slots.moment_of(day, row.starts_at)
        session.ends_at = session.starts_at + timedelta(minutes=row.minutes)
        session.kind, session.room_id = row.kind, row.room_id
    session.save()
