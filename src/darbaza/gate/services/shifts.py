"""The shift at the entrance: opened, handed over with two signatures, closed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.audit.types import EventType
from darbaza.gate import events, policies, selectors
from darbaza.gate.models import Shift
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound

Counted = Mapping[str, tuple[int, str]]
"""By code of a figure: what whoever takes over counted, and why it differs.

A figure that is not there was counted by nobody, and the record says so.
"""


@requires(Permission.SHIFT_HAND_OVER)
@transaction.atomic
def open_shift(*, request_id: UUID, by: Actor, at: datetime) -> Shift:
    """Open the shift where none is open; the same request again is one.

    Raises:
        Conflict: ``shift_open_already``: by whom and since when.
    """
    audit.lock(by.institution_id)
    known = Shift.objects.filter(request_id=request_id).first()
    if known is not None:
        return _mine(known, by)
    running = Shift.objects.filter(institution_id=by.institution_id, ended_at=None)
    there = running.first()
    if there is not None:
        raise Conflict("shift_open_already", name=there.officer, since=there.opened_at)
    row = _begin(by, request_id, at)
    audit.record(events.SHIFT_OPENED, target=row, by=by, at=at)
    return row


@requires(Permission.SHIFT_HAND_OVER)
@transaction.atomic
def hand_over(
    shift_id: UUID,
    counted: Counted,
    *,
    taking: Actor,
    note: str = "",
    request_id: UUID,
    by: Actor,
    at: datetime,
) -> Shift:
    """End a shift and begin the next one at once; both officers have signed.

    The figures of the system are taken in this very transaction and kept beside what
    was counted by hand. The same request again is one hand-over.

    Args:
        shift_id: The shift that ends.
        counted: What the incoming officer counted, by code of the figure.
        taking: The incoming officer, who gave name and password.
        note: Anything else that must be known.
        request_id: The client's key of this step.
        by: The outgoing officer.
        at: Now.

    Returns:
        The shift that begins.

    Raises:
        NotFound: No such shift here.
        Forbidden: The incoming officer may not have a shift here.
        Invalid: Both are the same, or a difference without a reason.
        Conflict: ``shift_ended``: it was handed over or closed before.
    """
    audit.lock(by.institution_id)
    row = _shift(shift_id, by)
    if row.end_request == request_id and hasattr(row, "before"):
        return row.before
    if taking.id == by.id or taking.name == by.name:
        raise Invalid("shift_to_oneself", field="username")
    if taking.institution_id != by.institution_id or not taking.may(
        Permission.SHIFT_HAND_OVER
    ):
        raise Forbidden("shift_not_theirs")
    _end(row, counted, request_id, by, at)
    row.taken_by, row.note = taking.name, note.strip()[:1000]
    row.save()
    after = _begin(taking, request_id, at, after=row)
    _record(events.SHIFT_HANDED_OVER, row, by, at, taken_by=str(taking.id))
    return after


@requires(Permission.SHIFT_HAND_OVER)
@transaction.atomic
def close_shift(
    shift_id: UUID,
    counted: Counted,
    *,
    note: str = "",
    request_id: UUID,
    by: Actor,
    at: datetime,
) -> Shift:
    """End a shift that nobody takes over: the entrance closes for the day.

    Raises:
        NotFound: No such shift here.
        Invalid: A difference without a reason.
        Conflict: ``shift_ended``: it was handed over or closed before.
    """
    audit.lock(by.institution_id)
    row = _shift(shift_id, by)
    if row.end_request == request_id:
        return row
    _end(row, counted, request_id, by, at)
    row.note = note.strip()[:1000]
    row.save()
    _record(events.SHIFT_CLOSED, row, by, at)
    return row


def _end(
    row: Shift, counted: Counted, request_id: UUID, by: Actor, at: datetime
) -> None:
    if row.ended_at is not None:
        raise Conflict(
            "shift_ended", at=row.ended_at, by=row.handed_by, to=row.taken_by or "–"
        )
    row.figures = _figures(counted, by, at)
    row.end_request, row.ended_at, row.handed_by = request_id, at, by.name


def _figures(counted: Counted, by: Actor, at: datetime) -> list[dict[str, Any]]:
    found = []
    for figure in selectors.handing_over(by=by, at=at):
        number, reason = counted.get(figure.code, (None, ""))
        differs = number not in {None, figure.count}
        if differs and not policies.explained(reason):
            raise Invalid(
                "shift_difference", field=f"reason_{figure.code}",
                count=figure.count, counted=number,
            )  # fmt: skip
        found.append(
            {
                "code": figure.code,
                "count": figure.count,
                "counted": number,
                "reason": reason.strip()[:300] if differs else "",
            }
        )
    return found


def _begin(
    officer: Actor, request_id: UUID, at: datetime, after: Shift | None = None
) -> Shift:
    return Shift.objects.create(
        institution_id=officer.institution_id,
        opened_at=at,
        officer_id=officer.id,
        officer=officer.name,
        request_id=request_id,
        after=after,
    )


def _record(
    event: EventType, row: Shift, by: Actor, at: datetime, **facts: Any
) -> None:
    counts = {one["code"]: [one["count"], one["counted"]] for one in row.figures}
    audit.record(event, target=row, by=by, at=at, figures=counts, **facts)


def _shift(shift_id: UUID, by: Actor) -> Shift:
    rows = Shift.objects.select_for_update().filter(institution_id=by.institution_id)
    row = rows.filter(pk=shift_id).first()
    if row is None:
        raise NotFound("shift")
    return row


def _mine(row: Shift, by: Actor) -> Shift:
    if row.institution_id != by.institution_id:
        raise NotFound("shift")
    return row
