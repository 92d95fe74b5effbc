"""Lanes, windows and screens of the queue: set up, changed, taken out of use."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor, OneTime
from darbaza.audit import services as audit
from darbaza.gate import events
from darbaza.gate.models import Lane, Screen, Ticket, WindowLane
from darbaza.gate.selectors import queue
from darbaza.gate.types import LaneDraft, ScreenDraft
from darbaza.kernel import ids
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.sites import selectors as sites

SECRET_LENGTH = 20
OPEN = ("waiting", "called", "serving", "parked")


@requires(Permission.QUEUE_MANAGE)
@transaction.atomic
def set_lane(
    draft: LaneDraft, *, lane_id: UUID | None = None, by: Actor, at: datetime
) -> Lane:
    """Add a lane, or change the one with ``lane_id``; tickets keep their numbers.

    Raises:
        NotFound: No such lane here.
        Invalid: ``lane_letter``: not one or two capital letters.
        Conflict: ``lane_letter_taken``.
    """
    prefix = draft.prefix.strip().upper()
    if not 1 <= len(prefix) <= 2 or not prefix.isalpha():
        raise Invalid("lane_letter", field="letter")
    audit.lock(by.institution_id)
    same = queue.lanes(by=by).filter(prefix=prefix).first()
    if same is not None and same.pk != lane_id:
        raise Conflict("lane_letter_taken", field="letter", prefix=prefix)
    row = queue.lane(lane_id, by=by) if lane_id else Lane()
    row.institution_id, row.prefix, row.kind = by.institution_id, prefix, draft.kind
    row.position, row.head_start_minutes = draft.position, draft.head_start_minutes
    row.usual_minutes, row.target_minutes = draft.usual_minutes, draft.target_minutes
    row.late_return_minutes = draft.late_return_minutes
    for name, value in draft.names.as_fields().items():
        setattr(row, name, value)
    row.save()
    audit.record(
        events.LANE_SET, target=row, by=by, at=at, prefix=prefix,
        head_start=row.head_start_minutes, target_minutes=row.target_minutes,
    )  # fmt: skip
    return row


@requires(Permission.QUEUE_MANAGE)
@transaction.atomic
def close_lane(lane_id: UUID, *, on: date, by: Actor, at: datetime) -> None:
    """Take a lane out of use; what was measured stays.

    Raises:
        NotFound: No such lane here.
        Conflict: ``lane_in_use``: somebody of it waits today.
    """
    audit.lock(by.institution_id)
    row = queue.lane(lane_id, by=by)
    if Ticket.objects.filter(lane=row, day=on, state__in=OPEN).exists():
        raise Conflict("lane_in_use", name=row.name)
    row.closed_on = on
    row.save(update_fields=["closed_on"])
    audit.record(events.LANE_CLOSED, target=row, by=by, at=at, prefix=row.prefix)


@requires(Permission.QUEUE_MANAGE)
@transaction.atomic
def set_window(
    post_id: UUID, lane_ids: Collection[UUID], *, by: Actor, at: datetime
) -> None:
    """Say which lanes a window serves; none means every lane.

    Raises:
        NotFound: No such window or lane here.
    """
    audit.lock(by.institution_id)
    post = sites.post(post_id, by=by)
    wanted = set(lane_ids)
    known = set(queue.lanes(by=by).filter(pk__in=wanted).values_list("pk", flat=True))
    if post.institution_id != by.institution_id or known != wanted:
        raise NotFound("lane")
    WindowLane.objects.filter(post_id=post_id).exclude(lane_id__in=wanted).delete()
    there = WindowLane.objects.filter(post_id=post_id).values_list("lane_id", flat=True)
    WindowLane.objects.bulk_create(
        WindowLane(institution_id=by.institution_id, post_id=post_id, lane_id=key)
        for key in wanted - set(there)
    )
    audit.record(
        events.WINDOW_SET, target=("post", str(post_id)), by=by, at=at,
        lanes=sorted(str(key) for key in wanted),
    )  # fmt: skip


@requires(Permission.QUEUE_MANAGE)
@transaction.atomic
def add_screen(
    draft: ScreenDraft, *, request_id: UUID, by: Actor, at: datetime
) -> OneTime:
    """Add a kiosk or display; its secret is shown once, only the hash is kept.

    The same request again does nothing.

    Raises:
        NotFound: No such post here.
        Conflict: ``screen_name_taken``.
    """
    audit.lock(by.institution_id)
    if Screen.objects.filter(pk=request_id).exists():
        return OneTime(request_id, "")
    if queue.screens(by=by).filter(name=draft.name).exists():
        raise Conflict("screen_name_taken", field="name", name=draft.name)
    if draft.post_id is not None:
        post = sites.post(draft.post_id, by=by)
        if post.institution_id != by.institution_id:
            raise NotFound("post")
    secret = ids.random_code(SECRET_LENGTH)
    row = Screen.objects.create(
        id=request_id, institution_id=by.institution_id, name=draft.name,
        kind=draft.kind, post_id=draft.post_id, secret_hash=queue.secret_hash(secret),
        made_at=at, made_by=by.name,
    )  # fmt: skip
    audit.record(events.SCREEN_MADE, target=row, by=by, at=at, kind=row.kind)
    return OneTime(row.pk, secret)


@requires(Permission.QUEUE_MANAGE)
@transaction.atomic
def close_screen(screen_id: UUID, *, on: date, by: Actor, at: datetime) -> None:
    """Take a kiosk or display out of use: its secret opens nothing from now on.

    Raises:
        NotFound: No such screen here.
    """
    audit.lock(by.institution_id)
    row = queue.screens(by=by).filter(pk=screen_id).first()
    if row is None:
        raise NotFound("screen")
    row.closed_on = on
    row.save(update_fields=["closed_on"])
    audit.record(events.SCREEN_CLOSED, target=row, by=by, at=at, kind=row.kind)
