"""The arrival plan and the hours for packages: local staff own them."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.appointments import events
from darbaza.appointments.models import HandIn, Plan
from darbaza.appointments.types import HandInDraft, PlanDraft
from darbaza.audit import services as audit
from darbaza.kernel.errors import Invalid, NotFound


@requires(Permission.APPOINTMENT_PLAN)
@transaction.atomic
def adopt(plan: PlanDraft, *, by: Actor, at: datetime) -> Plan:
    """Let a plan count from its day on; earlier ones stay to be read.

    Raises:
        Invalid: ``plan_figures``: a stage without officers or without time.
    """
    officers = (plan.clerks, plan.inspectors, plan.searchers)
    minutes = (plan.registration_minutes, plan.inspection_minutes, plan.search_minutes)
    if min(officers) < 1 or min(minutes) <= 0 or not 5 <= plan.slot_minutes <= 120:
        raise Invalid("plan_figures")
    if not 1 <= plan.busy_percent <= 100 or not 0 <= plan.reminder_hours <= 168:
        raise Invalid("plan_figures")
    row = Plan.objects.create(
        institution_id=by.institution_id,
        made_at=at,
        made_by=by.name,
        **asdict(plan) | {"shape": plan.shape.value},
    )
    audit.record(
        events.PLAN_ADOPTED, target=("plan", str(row.pk)), by=by, at=at,
        valid_from=str(plan.valid_from), shape=plan.shape.value,
        officers=list(officers), slot_minutes=plan.slot_minutes,
    )  # fmt: skip
    return row


@requires(Permission.APPOINTMENT_PLAN)
@transaction.atomic
def add_hand_in(hours: HandInDraft, *, by: Actor, at: datetime) -> HandIn:
    """Add weekly hours in which packages are taken.

    Raises:
        Invalid: ``hours_wrong``: they end before they begin.
    """
    if hours.ends_at <= hours.starts_at or not 0 <= hours.weekday <= 6:
        raise Invalid("hours_wrong", field="ends_at")
    row = HandIn.objects.create(institution_id=by.institution_id, **asdict(hours))
    audit.record(
        events.HOURS_ADDED, target=("hand_in", str(row.pk)), by=by, at=at,
        weekday=hours.weekday, starts=str(hours.starts_at), ends=str(hours.ends_at),
    )  # fmt: skip
    return row


@requires(Permission.APPOINTMENT_PLAN)
@transaction.atomic
def end_hand_in(hand_in_id: UUID, *, on: date, by: Actor, at: datetime) -> HandIn:
    """Take no packages in these hours from a day on; bookings stay, to be reviewed.

    Raises:
        NotFound: Not of the actor's institution.
    """
    rows = HandIn.objects.filter(institution_id=by.institution_id, pk=hand_in_id)
    row = rows.first()
    if row is None:
        raise NotFound
    if row.valid_to is None:
        row.valid_to = max(on, row.valid_from)
        row.save(update_fields=["valid_to"])
        audit.record(
            events.HOURS_ENDED, target=("hand_in", str(row.pk)), by=by, at=at,
            on=str(row.valid_to),
        )  # fmt: skip
    return row
