"""The one way in which a place is kept and booked, whoever asks for it."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from darbaza.accounts.types import Actor, system
from darbaza.appointments import events, policies, selectors
from darbaza.appointments.models import Access, Appointment, Hold
from darbaza.appointments.services import messages
from darbaza.appointments.types import Kind, Offer, Wish
from darbaza.audit import services as audit
from darbaza.custody import selectors as custody
from darbaza.kernel import ids
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.parcels import selectors as parcels
from darbaza.visits import selectors as visits
from darbaza.visits import services as visiting
from darbaza.visits.types import Party, Registration, Verdict

DAY = timedelta(days=1)
MOST_PEOPLE = 10
ALLOWANCE = frozenset({"quota_used", "remand_permit_used"})
"""The only grounds of a refusal that a family is told; all others are one sentence."""


@dataclass(frozen=True, slots=True)
class _Made:
    """What an appointment is besides its time and its family."""

    channel: str
    request_id: UUID
    visit_id: UUID | None
    reference: str
    replaces: Appointment | None = None


def offers(
    access: Access, kind: Kind, first: date, days: int, *, channel: str, at: datetime
) -> list[Offer]:
    """Return the slots with a free place inside the channel's window of notice."""
    by, today = family_actor(access), timezone.localdate(at)
    soonest, latest = visits.notice_window(channel, today, by=by)
    first, end = max(first, today + soonest * DAY), today + (latest + 1) * DAY
    if first >= end or not _held_here(access):
        return []
    last = min(first + min(days, latest + 1) * DAY, end)
    found = selectors.slots(
        kind, first, last, prisoner_id=access.prisoner_id, by=by, at=at
    )
    return [offer for offer in found if offer.free and offer.arrives_at > at]


def keep(
    access: Access,
    offer_key: str,
    *,
    channel: str,
    length: timedelta = policies.HOLD,
    request_id: UUID,
    at: datetime,
) -> Hold:
    """Keep a place for a while; the same request again is the same hold.

    Raises:
        Invalid: ``slot_unknown``.
        Conflict: ``slot_full``, also where it is outside the window of notice.
    """
    audit.lock(access.institution_id)
    made = Hold.objects.filter(request_id=request_id).first()
    if made is not None:
        return made
    kind, day = _parsed(offer_key)
    Hold.objects.filter(access=access, kind=kind.value, used_at=None).update(
        expires_at=at
    )
    found = offers(access, kind, day, 1, channel=channel, at=at)
    offer = next((o for o in found if o.key == offer_key), None)
    if offer is None:
        raise Conflict("slot_full")
    return Hold.objects.create(
        institution_id=access.institution_id,
        access=access,
        kind=kind.value,
        arrives_at=offer.arrives_at,
        session_key=offer.session_key,
        visit_at=offer.visit_at,
        made_at=at,
        expires_at=at.astimezone(UTC) + length,
        request_id=request_id,
    )


def book(
    access: Access,
    hold_id: UUID,
    wish: Wish,
    *,
    channel: str,
    request_id: UUID,
    by: Actor,
    at: datetime,
) -> Appointment:
    """Make an appointment of a hold; the same request again is the same appointment.

    Raises:
        Conflict: ``hold_over``, ``no_allowance`` or ``not_here``.
        Invalid: ``party_too_large``, or the code of the list is none.
        NotFound: Not a hold of this family.
    """
    audit.lock(access.institution_id)
    if (made := Appointment.objects.filter(request_id=request_id).first()) is not None:
        return made
    hold = live_hold(access, hold_id, at)
    if not 0 <= wish.adults + wish.children < MOST_PEOPLE:
        raise Invalid("party_too_large", field="adults", most=MOST_PEOPLE)
    if wish.list_code:
        parcels.read_list(wish.list_code, by=family_actor(access))
    visit_id, reference = None, ids.reference()
    if hold.kind == Kind.VISIT.value:
        visit_id, reference = _visit(access, hold, channel, by, at)
    elif not _held_here(access):
        raise Conflict("not_here")
    new = _Made(channel, request_id, visit_id, reference)
    row = _write(access, hold, wish, new, by=by, at=at)
    audit.record(events.BOOKED, target=_target(row), by=by, at=at, kind=row.kind)
    messages.about(row, "booked", at=at)
    return row


def change(
    old: Appointment, hold_id: UUID, *, request_id: UUID, by: Actor, at: datetime
) -> Appointment:
    """Exchange an appointment for the place of a hold.

    Raises:
        Conflict: ``appointment_over``, ``hold_over``, ``no_allowance``, ``not_here``.
        NotFound: Not a hold of this family.
    """
    audit.lock(old.institution_id)
    if (made := Appointment.objects.filter(request_id=request_id).first()) is not None:
        return made
    old = locked(old.pk, by)
    access = old.access
    if old.status != "booked" or access is None:
        raise Conflict("appointment_over")
    hold = live_hold(access, hold_id, at)
    if hold.kind != old.kind:
        raise Conflict("hold_over")
    visit_id, reference = None, ids.reference()
    if old.visit_id is not None:
        visit_id, reference = _moved_visit(old, hold, by, at)
    settle(old, "moved", at)
    wish = Wish(old.adults, old.children, old.list_code)
    new = _Made(old.channel, request_id, visit_id, reference, old)
    row = _write(access, hold, wish, new, by=by, at=at)
    audit.record(events.MOVED, target=_target(old), by=by, at=at, to=str(row.pk))
    messages.about(row, "moved", at=at)
    return row


def call_off(
    row: Appointment, cause: str, *, reason: str, by: Actor, at: datetime
) -> Appointment:
    """Cancel an appointment and its visit; again, it stays as it is.

    Raises:
        Conflict: ``appointment_over``.
    """
    audit.lock(row.institution_id)
    row = locked(row.pk, by)
    if row.status == "cancelled":
        return row
    if row.status != "booked":
        raise Conflict("appointment_over")
    if row.visit_id is not None:
        visit = visits.visit(row.visit_id, by=by)
        if visit.status == "booked":
            visiting.cancel(row.visit_id, cause, reason=reason, by=by, at=at)
    row.cause = cause
    settle(row, "cancelled", at)
    audit.record(
        events.CANCELLED, target=_target(row), by=by, at=at, cause=cause, reason=reason
    )
    asked = cause == "by_institution"
    messages.about(row, "call_us" if asked else "cancelled", at=at)
    return row


def family_actor(access: Access) -> Actor:
    """Return who acts where a family books for itself."""
    return system("family", access.institution_id)


def acting(by: Actor, institution_id: UUID) -> Actor:
    """Return the actor as who acts at the institution of an appointment.

    The call centre serves families of every prison and may nothing else there; what it
    does through the rooms below is on the prison's record, under its name.
    """
    return replace(
        system(by.name, institution_id),
        id=by.id,
        sees=by.sees | {institution_id},
        language=by.language,
    )


def locked(appointment_id: UUID, by: Actor) -> Appointment:
    """Return an appointment of the actor's institution, locked.

    Raises:
        NotFound: There is none.
    """
    rows = Appointment.objects.select_for_update().filter(
        pk=appointment_id, institution_id=by.institution_id
    )
    row = rows.first()
    if row is None:
        raise NotFound
    return row


def live_hold(access: Access, hold_id: UUID, at: datetime) -> Hold:
    """Return a hold of this family that is not over.

    Raises:
        NotFound: None of this family.
        Conflict: ``hold_over``.
    """
    hold = Hold.objects.select_for_update().filter(pk=hold_id, access=access).first()
    if hold is None:
        raise NotFound
    if hold.used_at is not None or hold.expires_at <= at:
        raise Conflict("hold_over")
    return hold


def _visit(
    access: Access, hold: Hold, channel: str, by: Actor, at: datetime
) -> tuple[UUID, str]:
    session = _session(hold, by, at)
    newest = max(
        access.person.documents.all(), key=lambda d: d.seen_at, default=None
    )  # fmt: skip
    wanted = Registration(
        request_id=hold.request_id,
        prisoner_id=access.prisoner_id,
        kind="short",
        parties=(Party(access.person_id, "lead", newest.pk if newest else None),),
        session_id=session.pk,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
    )
    if not _held_here(access):
        raise Conflict("not_here")
    asked = replace(wanted, status="booked", source="booked")
    verdict = visiting.decide(asked, by=by, at=at)
    _must_take_place(verdict)
    windows = "family" if channel == "family" else "staff"
    done = visiting.book(wanted, channel=windows, by=by, at=at)
    return done.visit_id, done.reference


def _moved_visit(
    old: Appointment, hold: Hold, by: Actor, at: datetime
) -> tuple[UUID, str]:
    session = _session(hold, by, at)
    to = visiting.MoveTo(hold.request_id, session.pk)
    assert old.visit_id is not None  # noqa: S101 - the caller looked
    moved = visiting.move(old.visit_id, to, reason="family", by=by, at=at)
    if moved.registered is None:
        _must_take_place(moved.verdict)
        raise Conflict("not_here")
    return moved.registered.visit_id, moved.registered.reference


def _must_take_place(verdict: Verdict) -> None:
    """Turn every refusal but a used allowance into the one sentence for families."""
    if verdict.takes_place:
        return
    lead = verdict.visitors[verdict.lead]
    codes = {ground.code for ground in (*verdict.visit.blocking, *lead.blocking)}
    raise Conflict("no_allowance" if codes and codes <= ALLOWANCE else "not_here")


def _session(hold: Hold, by: Actor, at: datetime) -> Any:
    first, _slash, day = hold.session_key.partition("/")
    if not day:
        return visits.session(UUID(first), by=by)
    return visiting.session_for(UUID(first), date.fromisoformat(day), by=by, at=at)


def _write(
    access: Access, hold: Hold, wish: Wish, made: _Made, *, by: Actor, at: datetime
) -> Appointment:
    hold.used_at = at
    hold.save(update_fields=["used_at"])
    return Appointment.objects.create(
        institution_id=access.institution_id,
        kind=hold.kind,
        reference=made.reference,
        arrives_at=hold.arrives_at,
        visit_at=hold.visit_at,
        prisoner_id=access.prisoner_id,
        person_id=access.person_id,
        access=access,
        visit_id=made.visit_id,
        adults=wish.adults,
        children=wish.children,
        list_code=wish.list_code[:400],
        channel=made.channel,
        booked_at=at,
        booked_by=by.name,
        request_id=made.request_id,
        replaces=made.replaces,
    )


def settle(row: Appointment, status: str, at: datetime) -> None:
    """Say how an appointment ended."""
    row.status, row.settled_at = status, at
    row.save(update_fields=["status", "settled_at", "cause"])


def _target(row: Appointment) -> tuple[str, str]:
    return "appointment", str(row.pk)


def _held_here(access: Access) -> bool:
    """Tell whether the prisoner is still held where the code was given."""
    by = family_actor(access)
    try:
        prisoner = custody.prisoner(access.prisoner_id, by=by)
    except NotFound:
        return False
    return bool(
        prisoner.status == "held" and prisoner.institution_id == access.institution_id
    )


def _parsed(offer_key: str) -> tuple[Kind, date]:
    """Return kind and day of an offer's key.

    Raises:
        Invalid: ``slot_unknown``: it is none of ours.
    """
    parts = offer_key[:120].split("~")
    try:
        kind, day = Kind(parts[0]), date.fromisoformat(parts[1][:8])
    except (ValueError, IndexError) as error:
        raise Invalid("slot_unknown", field="slot") from error
    return kind, day
