"""In and out of everybody who is no visitor: by badge, by hand, put right by reason."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.gate import events, policies
from darbaza.gate.models import Badge, Category, Passage, Vehicle
from darbaza.gate.types import BadgeDraft, Moved, PassageDraft
from darbaza.kernel.errors import Conflict, Invalid, NotFound

COPIED = (
    "institution_id", "category", "badge_id", "name", "document", "organisation",
    "purpose", "place", "card", "key", "vehicle_id", "drives", "came_in_at",
    "came_in_by",
)  # fmt: skip


@requires(Permission.GATE_SET_UP)
@transaction.atomic
def add_badge(draft: BadgeDraft, *, by: Actor, at: datetime) -> Badge:
    """Add a badge; the same once more is the badge that is there.

    Raises:
        Invalid: No number, no name, or no such category.
        Conflict: ``badge_number_taken``: somebody else has that number.
    """
    if not draft.number or not draft.name:
        raise Invalid("badge_incomplete", field="name" if draft.number else "number")
    _must_be_category(draft.category)
    audit.lock(by.institution_id)
    here = Badge.objects.filter(institution_id=by.institution_id, closed_on=None)
    known = here.filter(number=draft.number).first()
    if known is not None:
        if known.name == draft.name:
            return known
        raise Conflict(
            "badge_number_taken", field="number", number=draft.number, name=known.name
        )
    row = Badge.objects.create(
        institution_id=by.institution_id,
        number=draft.number,
        name=draft.name,
        category=draft.category,
        organisation=draft.organisation,
        valid_until=draft.valid_until,
    )
    audit.record(events.BADGE_ADDED, target=row, by=by, at=at, category=row.category)
    return row


@requires(Permission.GATE_SET_UP)
@transaction.atomic
def close_badge(badge_id: UUID, *, on: date, by: Actor, at: datetime) -> Badge:
    """Close a badge: it opens no way in any more; whoever is inside still gets out.

    Raises:
        NotFound: No such badge here.
    """
    audit.lock(by.institution_id)
    row = Badge.objects.filter(pk=badge_id, institution_id=by.institution_id).first()
    if row is None:
        raise NotFound("badge")
    if row.closed_on is None:
        row.closed_on = on
        row.save(update_fields=["closed_on"])
        audit.record(events.BADGE_CLOSED, target=row, by=by, at=at, closed_on=on)
    return row


@requires(Permission.GATE_PASSAGE)
@transaction.atomic
def scan_badge(number: str, *, request_id: UUID, by: Actor, at: datetime) -> Moved:
    """Let the bearer of a badge in, or out where they are inside.

    The same request, or the same badge again within seconds, is one step.

    Raises:
        Conflict: ``badge_unknown``; on the way in ``badge_closed``, ``badge_expired``.
    """
    audit.lock(by.institution_id)
    badge = _badge(number, by)
    rows = Passage.objects.filter(badge=badge, annulled_at=None)
    last = rows.order_by("-came_in_at", "-id").first()
    if last is not None:
        moved = last.left_at or last.came_in_at
        same = request_id in {last.request_id, last.left_request}
        if same or policies.is_echo(moved, at=at):
            return Moved(last, "out" if last.left_at else "in", again=True)
        if last.left_at is None:
            return Moved(_leave(last, request_id, by, at), "out")
    _must_open(badge, at)
    row = _enter(
        Passage(
            badge=badge, name=badge.name, category=badge.category,
            organisation=badge.organisation, key=f"badge:{badge.pk}",
        ), request_id, by, at,
    )  # fmt: skip
    return Moved(row, "in")


@requires(Permission.GATE_PASSAGE)
@transaction.atomic
def come_in(
    draft: PassageDraft, *, request_id: UUID, by: Actor, at: datetime
) -> Passage:
    """Let in somebody whom the officer typed; the same request again is one.

    Raises:
        Invalid: No name or no such category.
        Conflict: ``inside_already``.
    """
    audit.lock(by.institution_id)
    known = Passage.objects.filter(request_id=request_id).first()
    if known is not None:
        if known.institution_id != by.institution_id:
            raise NotFound("passage")
        return known
    return enter(draft, request_id=request_id, by=by, at=at)


def enter(
    draft: PassageDraft,
    *,
    request_id: UUID,
    vehicle: Vehicle | None = None,
    drives: bool = False,
    by: Actor,
    at: datetime,
) -> Passage:
    """Write somebody in; the caller holds the lock and asked for the permission."""
    if not draft.name:
        raise Invalid("passage_without_name", field="name")
    _must_be_category(draft.category)
    row = Passage(
        name=draft.name, category=draft.category, document=draft.document,
        organisation=draft.organisation, purpose=draft.purpose, place=draft.place,
        card=draft.card, key=draft.key, vehicle=vehicle, drives=drives,
    )  # fmt: skip
    return _enter(row, request_id, by, at)


@requires(Permission.GATE_PASSAGE)
@transaction.atomic
def go_out(passage_id: UUID, *, request_id: UUID, by: Actor, at: datetime) -> Passage:
    """Let somebody out; the same request again is one.

    Raises:
        NotFound: No such passage here.
        Conflict: ``left_before`` or ``passage_annulled``: they are not inside.
    """
    audit.lock(by.institution_id)
    row = _passage(passage_id, by)
    if row.left_request == request_id:
        return row
    _must_be_inside(row)
    return _leave(row, request_id, by, at)


@requires(Permission.GATE_PASSAGE)
@transaction.atomic
def undo(
    passage_id: UUID, reason: str, *, request_id: UUID, by: Actor, at: datetime
) -> Passage:
    """Put a wrong step right: who never came in is struck out, who never left is in.

    The wrong row stays, annulled with the reason. Of somebody who left by mistake a
    new row tells that they are inside since they came.

    Returns:
        The row that counts now: the annulled one, or the new one.

    Raises:
        NotFound: No such passage here.
        Invalid: No reason.
        Conflict: ``passage_annulled`` before, or ``inside_already`` once more.
    """
    if not policies.explained(reason):
        raise Invalid("passage_undo_reason", field="reason")
    audit.lock(by.institution_id)
    row = _passage(passage_id, by)
    if row.annulled_request == request_id:
        return Passage.objects.filter(corrects=row).first() or row
    if row.annulled_at is not None:
        raise Conflict("passage_annulled", at=row.annulled_at, by=row.annulled_by)
    if row.left_at is not None:
        _must_not_be_inside(row)
    row.annulled_at, row.annulled_by = at, by.name
    row.annulled_reason, row.annulled_request = reason.strip()[:300], request_id
    row.save()
    wrong = "out" if row.left_at else "in"
    audit.record(events.PASSAGE_ANNULLED, target=row, by=by, at=at, way=wrong)
    if row.left_at is None:
        return row
    kept = {name: getattr(row, name) for name in COPIED}
    return Passage.objects.create(**kept, corrects=row, request_id=request_id)


def leave_with(row: Passage, request_id: UUID, *, by: Actor, at: datetime) -> None:
    """Write somebody out together with a vehicle; the caller holds the lock."""
    _leave(row, request_id, by, at)


def _enter(row: Passage, request_id: UUID, by: Actor, at: datetime) -> Passage:
    row.institution_id = by.institution_id
    _must_not_be_inside(row)
    row.came_in_at, row.came_in_by, row.request_id = at, by.name, request_id
    row.save(force_insert=True)
    audit.record(events.CAME_IN, target=row, by=by, at=at, category=row.category)
    return row


def _leave(row: Passage, request_id: UUID, by: Actor, at: datetime) -> Passage:
    row.left_at, row.left_by, row.left_request = at, by.name, request_id
    row.save(update_fields=["left_at", "left_by", "left_request"])
    audit.record(events.WENT_OUT, target=row, by=by, at=at, category=row.category)
    return row


def _must_not_be_inside(row: Passage) -> None:
    inside = Passage.objects.filter(
        institution_id=row.institution_id, key=row.key, left_at=None, annulled_at=None
    ).first()
    if inside is not None:
        raise Conflict(
            "inside_already", field="name", name=inside.name, since=inside.came_in_at
        )


def _must_be_inside(row: Passage) -> None:
    if row.annulled_at is not None:
        raise Conflict("passage_annulled", at=row.annulled_at, by=row.annulled_by)
    if row.left_at is not None:
        raise Conflict("left_before", name=row.name, at=row.left_at)


def _must_be_category(category: str) -> None:
    if category not in Category.values:
        raise Invalid("passage_category", field="category")


def _must_open(badge: Badge, at: datetime) -> None:
    today = timezone.localdate(at)
    if badge.closed_on is not None and badge.closed_on <= today:
        raise Conflict("badge_closed", name=badge.name, on=badge.closed_on)
    if badge.valid_until is not None and badge.valid_until < today:
        raise Conflict("badge_expired", name=badge.name, on=badge.valid_until)


def _badge(number: str, by: Actor) -> Badge:
    """Return the badge of a number: the open one, or the one closed last."""
    rows = Badge.objects.filter(institution_id=by.institution_id, number=number)
    found = rows.filter(closed_on=None).first() or rows.order_by("-closed_on").first()
    if found is None:
        raise Conflict("badge_unknown", field="number", number=number)
    return found


def _passage(passage_id: UUID, by: Actor) -> Passage:
    rows = Passage.objects.filter(pk=passage_id, institution_id=by.institution_id)
    row = rows.select_related("vehicle").first()
    if row is None:
        raise NotFound("passage")
    return row
