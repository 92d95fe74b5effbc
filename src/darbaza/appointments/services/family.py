"""What a family does for itself with its code; answers that betray nothing."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from darbaza.accounts.permissions import for_oneself
from darbaza.appointments import events
from darbaza.appointments.models import Access, Appointment, Ask, Hold, Waiting
from darbaza.appointments.services import booking, codes, keeping
from darbaza.appointments.types import Kind, Offer, Wish, Words
from darbaza.audit import services as audit
from darbaza.kernel.errors import Invalid, NotFound

AHEAD_DAYS = 60


@for_oneself
def access(code: str, *, at: datetime) -> Access | None:
    """Return what a code opens, or None: one HMAC and one indexed read, whatever it is.

    Unknown, revoked and expired codes are not told apart.
    """
    rows = Access.objects.select_related("institution", "prisoner", "person")
    return rows.filter(
        code_key=codes.key_of(code),
        revoked_at=None,
        valid_to__gt=timezone.localdate(at),
    ).first()


@for_oneself
def again(access_id: UUID, *, at: datetime) -> Access | None:
    """Return what a code opened before, unless it has ended since."""
    rows = Access.objects.select_related("institution", "prisoner", "person")
    return rows.filter(
        pk=access_id, revoked_at=None, valid_to__gt=timezone.localdate(at)
    ).first()


@for_oneself
def offers(
    access: Access, kind: Kind, first: date, days: int, *, at: datetime
) -> list[Offer]:
    """Return the times that may be booked, from a day on."""
    return booking.offers(access, kind, first, days, channel="family", at=at)


@for_oneself
def next_possible(access: Access, kind: Kind, *, at: datetime) -> date | None:
    """Return the first day with a free time, None where there is none."""
    today = timezone.localdate(at)
    found = booking.offers(access, kind, today, AHEAD_DAYS, channel="family", at=at)
    return timezone.localdate(found[0].arrives_at) if found else None


@for_oneself
@transaction.atomic
def hold(access: Access, key: str, *, request_id: UUID, at: datetime) -> Hold:
    """Keep a time for ten minutes.

    Raises:
        Invalid: ``slot_unknown``.
        Conflict: ``slot_full``.
    """
    return booking.keep(access, key, channel="family", request_id=request_id, at=at)


@for_oneself
@transaction.atomic
def held(access: Access, hold_id: UUID, *, at: datetime) -> Hold:
    """Return a hold of this family that is not over.

    Raises:
        NotFound: None of this family.
        Conflict: ``hold_over``.
    """
    return booking.live_hold(access, hold_id, at)


@for_oneself
@transaction.atomic
def book(
    access: Access, hold_id: UUID, wish: Wish, *, request_id: UUID, at: datetime
) -> Appointment:
    """Book the time that is held.

    Raises:
        Conflict: ``hold_over``, ``no_allowance`` or ``not_here``.
        Invalid: ``party_too_large``.
        NotFound: Not a hold of this family.
    """
    row = booking.book(
        access, hold_id, wish, channel="family", request_id=request_id,
        by=booking.family_actor(access), at=at,
    )  # fmt: skip
    Waiting.objects.filter(access=access, kind=row.kind).exclude(
        state__in=["withdrawn", "lapsed"]
    ).update(state="booked")
    return row


@for_oneself
def appointments(access: Access, *, at: datetime) -> QuerySet[Appointment]:
    """Return the family's appointments to come, soonest first."""
    rows = Appointment.objects.filter(access=access, status="booked")
    return rows.filter(arrives_at__gt=at).order_by("arrives_at")


@for_oneself
def appointment(access: Access, appointment_id: UUID) -> Appointment:
    """Return one appointment of this family, in whatever state.

    Raises:
        NotFound: None of this family.
    """
    row = Appointment.objects.filter(access=access, pk=appointment_id).first()
    if row is None:
        raise NotFound
    return row


@for_oneself
@transaction.atomic
def move(
    access: Access,
    appointment_id: UUID,
    hold_id: UUID,
    *,
    request_id: UUID,
    at: datetime,
) -> Appointment:
    """Exchange an appointment for the time that is held.

    Raises:
        NotFound: None of this family.
        Conflict: ``appointment_over``, ``hold_over``, ``no_allowance``, ``not_here``.
    """
    old, by = appointment(access, appointment_id), booking.family_actor(access)
    row = booking.change(old, hold_id, request_id=request_id, by=by, at=at)
    keeping.free_again(old, at=at)
    return row


@for_oneself
@transaction.atomic
def cancel(access: Access, appointment_id: UUID, *, at: datetime) -> Appointment:
    """Cancel an appointment.

    Raises:
        NotFound: None of this family.
        Conflict: ``appointment_over``.
    """
    row, by = appointment(access, appointment_id), booking.family_actor(access)
    done = booking.call_off(row, "by_family", reason="family", by=by, at=at)
    keeping.free_again(done, at=at)
    return done


@for_oneself
@transaction.atomic
def wait(
    access: Access, kind: Kind, first_day: date, last_day: date, *, at: datetime
) -> Waiting:
    """Put the family on the waiting list; again, its days are changed.

    Raises:
        Invalid: ``end_not_after_start``.
    """
    if last_day < first_day:
        raise Invalid("end_not_after_start", field="last_day")
    audit.lock(access.institution_id)
    days = {"first_day": first_day, "last_day": last_day}
    rows = Waiting.objects.filter(access=access, kind=kind.value)
    row = rows.filter(state__in=["waiting", "offered"]).first()
    if row is not None:
        Waiting.objects.filter(pk=row.pk).update(**days)
        row.refresh_from_db()
        return row
    row = Waiting.objects.create(
        institution_id=access.institution_id,
        access=access,
        kind=kind.value,
        put_at=at,
        **days,
    )
    audit.record(
        events.WAITS, target=("waiting", str(row.pk)),
        by=booking.family_actor(access), at=at, kind=kind.value,
    )  # fmt: skip
    return row


@for_oneself
def waiting(access: Access) -> QuerySet[Waiting]:
    """Return what this family waits for, with the time that is offered."""
    rows = Waiting.objects.filter(access=access, state__in=["waiting", "offered"])
    return rows.select_related("hold")


@for_oneself
@transaction.atomic
def stop_waiting(access: Access, waiting_id: UUID) -> None:
    """Leave the waiting list; what is not there changes nothing."""
    Waiting.objects.filter(access=access, pk=waiting_id).update(state="withdrawn")


@for_oneself
@transaction.atomic
def ask(words: Words, *, institution_id: UUID, at: datetime) -> None:
    """Keep what somebody without a code wrote. Nothing is looked up: one insertion."""
    Ask.objects.create(
        institution_id=institution_id,
        name=words.name[:160],
        phone=words.phone[:40],
        about=words.about[:300],
        language=words.language,
        asked_at=at,
    )
