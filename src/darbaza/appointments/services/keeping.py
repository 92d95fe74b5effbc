"""What time does to appointments: families come or do not, freed times are offered."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor, system
from darbaza.appointments import events, policies, selectors
from darbaza.appointments.models import (
    Access,
    Appointment,
    Ask,
    Hold,
    Message,
    Waiting,
)
from darbaza.appointments.services import booking, messages
from darbaza.appointments.types import Kind
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.parcels import selectors as parcels


@requires(Permission.QUEUE_TAKE)
@transaction.atomic
def come(appointment_id: UUID, *, by: Actor, at: datetime) -> Appointment:
    """Note that a family has come; again, nothing changes.

    Raises:
        NotFound: Not of the actor's institution.
    """
    row = booking.locked(appointment_id, by)
    if row.status == "booked":
        row.status, row.settled_at = "come", at
        row.save(update_fields=["status", "settled_at"])
        audit.record(
            events.COME, target=("appointment", str(row.pk)), by=by, at=at
        )  # fmt: skip
    return row


@requires(Permission.APPOINTMENT_BOOK)
@transaction.atomic
def miss(before: date, *, by: Actor, at: datetime) -> int:
    """Settle the appointments of days gone by to which nobody came; return how many.

    Whoever was registered without a number has come: visit or package say so.
    """
    rows = selectors.left_over(before, by=by).select_for_update(of=("self",))
    missed = 0
    for row in rows.select_related("visit"):
        came = _registered(row, by)
        row.status, row.settled_at = ("come" if came else "missed"), at
        row.save(update_fields=["status", "settled_at"])
        if not came:
            missed += 1
            audit.record(
                events.MISSED, target=("appointment", str(row.pk)), by=by, at=at
            )
    Waiting.objects.filter(
        institution_id=by.institution_id, state__in=["waiting", "offered"],
        last_day__lt=before,
    ).update(state="lapsed")  # fmt: skip
    return missed


def _registered(row: Appointment, by: Actor) -> bool:
    """Tell whether what an appointment was for has been done on its day."""
    if row.visit is not None:
        return row.visit.status in {"inside", "ended"}
    day = timezone.localdate(row.arrives_at)
    same = parcels.Filters(
        first=day, last=day + timedelta(days=1),
        prisoner_id=row.prisoner_id, sender_id=row.person_id,
    )  # fmt: skip
    handed_in = parcels.sendings(same, by=by).exclude(status="cancelled")
    return handed_in.exists()


@requires(Permission.APPOINTMENT_BOOK)
@transaction.atomic
def erase_old(*, by: Actor, at: datetime) -> int:
    """Erase what families wrote and were told once its term is over; return how many.

    Appointments stay: they are part of the record of who came.
    """
    before = at - timedelta(days=policies.KEPT_DAYS)
    here = {"institution_id": by.institution_id}
    settled = ["sent", "told", "dropped", "failed"]
    gone = [
        Message.objects.filter(**here, due_at__lt=before, state__in=settled),
        Ask.objects.filter(**here, asked_at__lt=before),
        Access.objects.filter(
            **here, revoked_at__lt=before, appointments=None, holds=None,
            waitings=None, messages=None,
        ),
    ]  # fmt: skip
    erased = sum(rows.delete()[0] for rows in gone)
    if erased:
        audit.record(events.ERASED, target=None, by=by, at=at, rows=erased)
    return erased


@requires(Permission.APPOINTMENT_BOOK)
@transaction.atomic
def offer_free(*, by: Actor, at: datetime) -> int:
    """Offer free times to who waits, longest first; return how many were offered.

    An offer that was not answered in time lets the next family have it.
    """
    over = Waiting.objects.filter(
        institution_id=by.institution_id, state="offered", hold__expires_at__lte=at
    )
    for row in over.filter(hold__used_at=None):
        row.state, row.hold = "lapsed", None
        row.save(update_fields=["state", "hold"])
    rows = Waiting.objects.filter(institution_id=by.institution_id, state="waiting")
    offered = 0
    for row in rows.select_related("access").order_by("put_at"):
        offered += _offered(row, at)
    return offered


@requires(Permission.APPOINTMENT_SERVE)
@transaction.atomic
def take_off(waiting_id: UUID, *, reason: str, by: Actor, at: datetime) -> Waiting:
    """Take a family off the waiting list; a time offered to it goes to the next.

    Raises:
        NotFound: Not of the actor's institution.
        Invalid: No reason.
        Conflict: ``waiting_over``.
    """
    if not reason.strip():
        raise Invalid("change_without_reason", field="reason")
    rows = Waiting.objects.filter(institution_id=by.institution_id, pk=waiting_id)
    row = rows.select_for_update().first()
    if row is None:
        raise NotFound
    if row.state not in {"waiting", "offered"}:
        raise Conflict("waiting_over")
    row.state = "withdrawn"
    row.save(update_fields=["state"])
    if row.hold_id:
        Hold.objects.filter(pk=row.hold_id, used_at=None).update(expires_at=at)
    audit.record(
        events.TAKEN_OFF, target=("waiting", str(row.pk)), by=by, at=at,
        reason=reason.strip(),
    )  # fmt: skip
    offer_free(by=system("appointments", row.institution_id), at=at)
    return row


def free_again(row: Appointment, *, at: datetime) -> None:
    """Offer what an appointment left behind to who waits."""
    offer_free(by=system("appointments", row.institution_id), at=at)


def _offered(row: Waiting, at: datetime) -> bool:
    own = Hold.objects.filter(access=row.access, kind=row.kind, used_at=None)
    if own.filter(expires_at__gt=at).exists():
        return False  # the family is just choosing for itself
    days = (row.last_day - row.first_day).days + 1
    found = booking.offers(
        row.access, Kind(row.kind), row.first_day, days, channel="family", at=at
    )  # fmt: skip
    if not found:
        return False
    request_id = uuid5(row.pk, f"{found[0].key} {at:%Y%m%d%H%M%S%f}")
    try:
        kept = booking.keep(
            row.access, found[0].key, channel="family",
            length=policies.OFFER_HOLD, request_id=request_id, at=at,
        )  # fmt: skip
    except Conflict:
        return False
    _note_offer(row, kept, at)
    return True


def _note_offer(row: Waiting, kept: Hold, at: datetime) -> None:
    row.state, row.hold = "offered", kept
    row.save(update_fields=["state", "hold"])
    audit.record(
        events.OFFERED, target=("waiting", str(row.pk)),
        by=system("appointments", row.institution_id), at=at,
    )  # fmt: skip
    messages.offer(row.access, kept, at=at)
