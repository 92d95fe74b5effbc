"""Dated sessions: made from the timetable when first needed, or by hand."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.visits import events
from darbaza.visits.models import Session, Template
from darbaza.visits.policies import timetable as policy
from darbaza.visits.selectors import house, slots


@dataclass(frozen=True, slots=True)
class SessionDraft:
    """A session made by hand, beside the weekly timetable."""

    kind: str
    room_id: UUID
    starts_at: datetime
    ends_at: datetime
    open_places: int
    closed_places: int


@requires(Permission.VISIT_REGISTER)
@transaction.atomic
def session_for(template_id: UUID, day: date, *, by: Actor, at: datetime) -> Session:
    """Return the dated session of a template, making it when first needed.

    Two desks that need it at once get the same one: the database lets it in once.

    Raises:
        NotFound: Not a template of this institution.
        Conflict: The template does not take place on that day.
    """
    rows = Template.objects.filter(pk=template_id, institution_id=by.institution_id)
    template = rows.first()
    if template is None:
        raise NotFound
    made = Session.objects.filter(
        template=template,
        starts_at__gte=slots.midnight(day),
        starts_at__lt=slots.midnight(day + slots.DAY),
    )
    for session in made[:1]:
        return session
    start = slots.moment_of(day, template.starts_at)
    ended = template.ended_at is not None and start >= template.ended_at
    if ended or not policy.takes_place(slots.plan_of(template), day):
        raise Conflict("no_session", day=day, at=at)
    same = {"template": template, "starts_at": start}
    try:
        with transaction.atomic():
            return Session.objects.create(
                **same,
                institution_id=template.institution_id,
                kind=template.kind,
                room_id=template.room_id,
                ends_at=start + timedelta(minutes=template.minutes),
                open_places=template.open_places,
                closed_places=template.closed_places,
            )
    except IntegrityError:  # another desk was quicker
        return Session.objects.get(**same)


@requires(Permission.TIMETABLE_MANAGE)
@transaction.atomic
def add_session(
    draft: SessionDraft, *, request_id: UUID, by: Actor, at: datetime
) -> Session:
    """Add one session by hand. The same request again returns the same session.

    Raises:
        NotFound: A room of another institution.
        Invalid: It ends before it starts, or has no place.
    """
    found = Session.objects.filter(pk=request_id, institution_id=by.institution_id)
    if row := found.first():
        return row
    if draft.ends_at <= draft.starts_at:
        raise Invalid("end_not_after_start", field="ends_at")
    if draft.open_places + draft.closed_places < 1:
        raise Invalid("session_without_places", field="open_places")
    house.ours("room", {draft.room_id}, by=by)
    row = Session.objects.create(
        pk=request_id,
        institution_id=by.institution_id,
        kind=draft.kind,
        room_id=draft.room_id,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        open_places=draft.open_places,
        closed_places=draft.closed_places,
    )
    audit.record(
        events.SESSION_ADDED, target=row, by=by, at=at, starts_at=row.starts_at
    )
    return row


@requires(Permission.TIMETABLE_MANAGE)
@transaction.atomic
def cancel_session(session_id: UUID, *, by: Actor, at: datetime) -> Session:
    """Cancel one dated session that nobody holds a place in. Again: no change.

    Raises:
        NotFound: Not a session of this institution.
        Conflict: Visits hold places in it; cancel or move them first.
    """
    rows = Session.objects.select_for_update(of=("self",))
    row = rows.filter(pk=session_id, institution_id=by.institution_id).first()
    if row is None:
        raise NotFound
    if row.cancelled_at is not None:
        return row
    held = row.visits.filter(status__in=slots.TAKING).count()
    if held:
        raise Conflict("session_in_use", visits=held)
    row.cancelled_at = at
    row.save(update_fields=["cancelled_at"])
    audit.record(events.SESSION_CANCELLED, target=row, by=by, at=at)
    return row
