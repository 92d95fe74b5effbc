"""Stop-watch timings of the paper process: what the promise is measured against."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.gate import events
from darbaza.gate.models import Timing
from darbaza.gate.selectors import queue
from darbaza.gate.types import TimingDraft
from darbaza.kernel.errors import Invalid, NotFound

LONGEST = 12 * 3600
"""Seconds; nothing at an entrance takes longer than its day."""


@requires(Permission.QUEUE_MANAGE)
@transaction.atomic
def enter_timing(
    draft: TimingDraft, *, request_id: UUID, by: Actor, at: datetime
) -> Timing:
    """Enter one family's times; the same request again is one.

    Raises:
        NotFound: No such lane here.
        Invalid: ``timing_empty``, ``timing_too_long`` or ``timing_in_future``.
    """
    audit.lock(by.institution_id)
    known = Timing.objects.filter(request_id=request_id).first()
    if known is not None:
        if known.institution_id != by.institution_id:
            raise NotFound("timing")
        return known
    _must_be_possible(draft, at)
    row = Timing.objects.create(
        institution_id=by.institution_id, on=draft.on,
        lane=queue.lane(draft.lane_id, by=by), wait_seconds=draft.wait,
        desk_seconds=draft.desk, to_search_seconds=draft.to_search,
        search_seconds=draft.search, entered_at=at, entered_by=by.name,
        request_id=request_id,
    )  # fmt: skip
    audit.record(events.TIMING_ENTERED, target=row, by=by, at=at, on=draft.on)
    return row


def _must_be_possible(draft: TimingDraft, at: datetime) -> None:
    times = (draft.wait, draft.desk, draft.to_search, draft.search)
    timed = [seconds for seconds in times if seconds is not None]
    if not timed:
        raise Invalid("timing_empty", field="wait")
    if any(not 0 <= seconds <= LONGEST for seconds in timed):
        raise Invalid("timing_too_long", field="wait")
    if draft.on > timezone.localdate(at):
        raise Invalid("timing_in_future", field="on")
