"""What families are told: queued with the act it tells of, sent afterwards.

Texts name the institution, the time and what to bring: never the prisoner, never a
reason of security.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone, translation

from darbaza.accounts.types import system
from darbaza.appointments import selectors, sending, wording
from darbaza.appointments.models import Access, Appointment, Hold, Message
from darbaza.appointments.selectors.slots import draft_of

MUST_HEAR = frozenset({"call_us", "moved"})
"""Without a telephone these stand on the list of texts all the same."""


def about(row: Appointment, kind: str, *, at: datetime) -> None:
    """Queue a message about an appointment, and its reminder; drop older reminders."""
    if row.access is None:
        return
    Message.objects.filter(
        appointment_id__in=[row.pk, row.replaces_id], kind="reminder", state="waiting"
    ).update(state="dropped")
    _queue(row.access, row, kind, due=at)
    if kind in {"booked", "moved"}:
        _remind(row.access, row, at=at)


def _remind(access: Access, row: Appointment, *, at: datetime) -> None:
    """Queue the reminder, as long before as the plan of the day says."""
    day, by = timezone.localdate(row.arrives_at), system("messages", row.institution_id)
    plan = draft_of(selectors.plan(on=day, by=by), day)
    due = row.arrives_at - timedelta(hours=plan.reminder_hours)
    if plan.reminder_hours and due > at:
        _queue(access, row, "reminder", due=due)


def offer(access: Access, hold: Hold, *, at: datetime) -> None:
    """Queue the offer of a time that became free."""
    facts = _facts(access, hold.kind, hold.arrives_at, until=hold.expires_at)
    _keep(access, None, "offer", facts, due=at)


def _queue(access: Access, row: Appointment, kind: str, *, due: datetime) -> None:
    facts = _facts(access, row.kind, row.arrives_at, reference=row.reference)
    _keep(access, row, kind, facts, due=due)


def _keep(
    access: Access,
    row: Appointment | None,
    kind: str,
    facts: wording.Facts,
    *,
    due: datetime,
) -> None:
    to = address(access)
    if not to and kind not in MUST_HEAR:
        return
    Message.objects.create(
        institution_id=access.institution_id,
        access=access,
        appointment=row,
        kind=kind,
        language=access.language,
        address=to,
        text=wording.text(kind, facts, access.language),
        due_at=due,
    )


def address(access: Access) -> str:
    """Return where texts go by the chosen way: a mailbox, or a telephone."""
    by_mail = isinstance(settings.DARBAZA_MESSAGES, sending.Mailbox)
    return access.email if by_mail else access.phone


def _facts(
    access: Access,
    kind: str,
    arrives_at: datetime,
    *,
    reference: str = "",
    until: datetime | None = None,
) -> wording.Facts:
    house = access.institution
    with translation.override(access.language):
        place = house.name
    return wording.Facts(
        kind, place, house.code, house.phone, arrives_at, reference, until
    )
