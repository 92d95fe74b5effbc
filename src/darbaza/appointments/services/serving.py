"""Staff and call centre book, change and cancel for a family that calls or comes."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.appointments import events, selectors
from darbaza.appointments.models import Access, Appointment, Ask
from darbaza.appointments.services import booking, keeping
from darbaza.appointments.types import Kind, Offer, Wish
from darbaza.audit import services as audit
from darbaza.kernel.errors import Invalid, NotFound


@requires(Permission.APPOINTMENT_SERVE)
def offers_for(
    access_id: UUID | None, kind: Kind, on: date, *, by: Actor, at: datetime
) -> list[Offer]:
    """Return the free times of a day that staff may book for a family.

    Raises:
        NotFound: No such code for this actor.
    """
    rows = Access.objects.filter(institution_id__in=by.sees, revoked_at=None)
    access = rows.filter(pk=access_id).first() if access_id else None
    if access is None:
        raise NotFound
    return booking.offers(access, kind, on, 1, channel="staff", at=at)


@requires(Permission.APPOINTMENT_BOOK)
@transaction.atomic
def book_for(
    access_id: UUID, key: str, wish: Wish, *, request_id: UUID, by: Actor, at: datetime
) -> Appointment:
    """Book a time for a family with a code, through the staff's window of notice.

    Raises:
        NotFound: No such code in the actor's institution.
        Invalid: ``slot_unknown``, ``party_too_large``.
        Conflict: ``slot_full``, ``no_allowance`` or ``not_here``.
    """
    access = selectors.access_of(access_id, by=by)
    if access.revoked_at is not None:
        raise NotFound
    if (made := Appointment.objects.filter(request_id=request_id).first()) is not None:
        return made
    kept = booking.keep(access, key, channel="staff", request_id=request_id, at=at)
    return booking.book(
        access, kept.pk, wish, channel="staff", request_id=request_id, by=by, at=at
    )


@requires(Permission.APPOINTMENT_SERVE)
def served(appointment_id: UUID, *, by: Actor) -> Appointment:
    """Return an appointment for whoever helps a family on the telephone.

    Raises:
        NotFound: Not for this actor.
    """
    return _served(appointment_id, by)


@requires(Permission.APPOINTMENT_SERVE)
@transaction.atomic
def cancel(
    appointment_id: UUID,
    *,
    reason: str,
    by_family: bool = True,
    by: Actor,
    at: datetime,
) -> Appointment:
    """Cancel an appointment, with the reason for the record.

    Raises:
        NotFound: Not of the actor's institution.
        Invalid: No reason.
        Conflict: ``appointment_over``.
    """
    if not reason.strip():
        raise Invalid("change_without_reason", field="reason")
    row = _served(appointment_id, by)
    there = booking.acting(by, row.institution_id)
    cause = "by_family" if by_family else "by_institution"
    done = booking.call_off(row, cause, reason=reason.strip(), by=there, at=at)
    keeping.free_again(done, at=at)
    return done


@requires(Permission.APPOINTMENT_SERVE)
@transaction.atomic
def move(
    appointment_id: UUID, key: str, *, request_id: UUID, by: Actor, at: datetime
) -> Appointment:
    """Move an appointment to another time, through the staff's window of notice.

    Raises:
        NotFound: Not of the actor's institution.
        Invalid: ``slot_unknown``.
        Conflict: ``appointment_over``, ``slot_full``, ``no_allowance``, ``not_here``.
    """
    row = _served(appointment_id, by)
    there = booking.acting(by, row.institution_id)
    if (made := Appointment.objects.filter(request_id=request_id).first()) is not None:
        return made
    if row.access is None:
        raise NotFound
    kept = booking.keep(row.access, key, channel="staff", request_id=request_id, at=at)
    done = booking.change(row, kept.pk, request_id=request_id, by=there, at=at)
    keeping.free_again(row, at=at)
    return done


@requires(Permission.APPOINTMENT_SERVE)
@transaction.atomic
def look_up(
    reference: str, phone_end: str, *, by: Actor, at: datetime
) -> Appointment | None:
    """Return an appointment by reference and the last four figures of the telephone.

    That it was looked up is on record, found or not.
    """
    bare = "".join(c for c in reference.upper() if c.isalnum())[:8]
    rows = Appointment.objects.filter(
        institution_id__in=by.sees, reference=f"{bare[:3]}-{bare[3:]}"
    ).select_related("institution", "access")
    figures = "".join(c for c in phone_end if c.isdigit())[-4:]
    row = next((r for r in rows if _phone_ends(r, figures)), None)
    target = ("appointment", str(row.pk)) if row else None
    audit.record(events.LOOKED_UP, target=target, by=by, at=at, found=bool(row))
    return row


@requires(Permission.APPOINTMENT_SERVE)
@transaction.atomic
def answer_ask(ask_id: UUID, answer: str, *, by: Actor, at: datetime) -> Ask:
    """Close what somebody without a code wrote, with what was answered.

    Raises:
        NotFound: Not for this actor.
        Invalid: No answer.
    """
    row = Ask.objects.filter(institution_id__in=by.sees, pk=ask_id).first()
    if row is None:
        raise NotFound
    if not answer.strip():
        raise Invalid("change_without_reason", field="answer")
    if row.answered_at is None:
        row.answered_at, row.answered_by = at, by.name
        row.answer = answer.strip()[:300]
        row.save(update_fields=["answered_at", "answered_by", "answer"])
        audit.record(events.ASK_ANSWERED, target=("ask", str(row.pk)), by=by, at=at)
    return row


@requires(Permission.SHIFT_REPORT)
@transaction.atomic
def note_exported(day: date, kind: str, rows: int, *, by: Actor, at: datetime) -> None:
    """Put on record that the appointments of a day were taken as a file."""
    audit.record(
        events.DAY_EXPORTED, target=None, by=by, at=at,
        day=day.isoformat(), format=kind, rows=rows,
    )  # fmt: skip


def _served(appointment_id: UUID, by: Actor) -> Appointment:
    rows = Appointment.objects.filter(institution_id__in=by.sees, pk=appointment_id)
    row = rows.select_related("access", "institution").first()
    if row is None:
        raise NotFound
    return row


def _phone_ends(row: Appointment, figures: str) -> bool:
    phone = row.access.phone if row.access else ""
    own = "".join(c for c in phone if c.isdigit())
    return len(figures) == 4 and own.endswith(figures)
