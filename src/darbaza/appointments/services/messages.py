"""What families are told: queued with the act it tells of, sent afterwards.

Texts name the institution, the time and what to bring: never the prisoner, never a
reason of security.
"""

from datetime import datetime, timedelta

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from darbaza.appointments.models import Access, Appointment, Hold, Message
from darbaza.pages import dates

BEFORE = timedelta(hours=20)
"""A reminder goes out so long before the time to come."""
TEXTS: dict[str, Promise] = {
    "booked": _(
        "Booked: %(day)s %(clock)s, %(place)s. Code %(reference)s. Bring your passport."
    ),
    "moved": _("New time: %(day)s %(clock)s, %(place)s. Code %(reference)s."),
    "cancelled": _("Cancelled: %(day)s %(clock)s, %(place)s."),
    "reminder": _(
        "Remember: %(day)s %(clock)s, %(place)s. Code %(reference)s. Bring your"
        " passport. You cannot come? Please cancel."
    ),
    "call_us": _("%(day)s %(clock)s, %(place)s: this cannot take place. Please call."),
    "offer": _(
        "A time is free: %(day)s %(clock)s, %(place)s. Book it with your code before"
        " %(until)s."
    ),
}


def about(row: Appointment, kind: str, *, at: datetime) -> None:
    """Queue a message about an appointment, and its reminder; drop older reminders."""
    if row.access is None:
        return
    Message.objects.filter(
        appointment_id__in=[row.pk, row.replaces_id], kind="reminder", state="waiting"
    ).update(state="dropped")
    _queue(row.access, row, kind, due=at)
    remind_at = row.arrives_at - BEFORE
    if kind in {"booked", "moved"} and remind_at > at:
        _queue(row.access, row, "reminder", due=remind_at)


def offer(access: Access, hold: Hold, *, at: datetime) -> None:
    """Queue the offer of a time that became free."""
    with translation.override(access.language):
        until = dates.clock(hold.expires_at)
        text = str(TEXTS["offer"]) % (_when(access, hold.arrives_at) | {"until": until})
    _keep(access, None, "offer", text, due=at)


def _queue(access: Access, row: Appointment, kind: str, *, due: datetime) -> None:
    with translation.override(access.language):
        figures = _when(access, row.arrives_at) | {"reference": row.reference}
        text = str(TEXTS[kind]) % figures
    _keep(access, row, kind, text, due=due)


def _keep(
    access: Access, row: Appointment | None, kind: str, text: str, *, due: datetime
) -> None:
    Message.objects.create(
        institution_id=access.institution_id,
        access=access,
        appointment=row,
        kind=kind,
        language=access.language,
        address=access.phone or access.email,
        text=text,
        due_at=due,
    )


def _when(access: Access, moment: datetime) -> dict[str, str]:
    return {
        "day": dates.short(timezone.localdate(moment)),
        "clock": dates.clock(moment),
        "place": access.institution.name,
    }
