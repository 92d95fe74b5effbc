"""The plan says how long before its time a family is reminded; clocks may change."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from darbaza.appointments import selectors, services
from darbaza.appointments.forms import PlanFigures
from darbaza.appointments.models import Access, Hold, Message
from darbaza.appointments.services import booking, family
from darbaza.appointments.types import Kind, PlanDraft
from darbaza.kernel.errors import Conflict, Invalid
from tests.appointments.families import DAY, NOW, Entrance
from tests.visits import builders

PLAN = PlanDraft(builders.MONDAY)
BERLIN = ZoneInfo("Europe/Berlin")
BEFORE_CHANGE = datetime(2026, 10, 25, 2, 55, tzinfo=BERLIN)
"""Five minutes before clocks go back to two."""


def adopt(place: Entrance, plan: PlanDraft) -> None:
    services.adopt(plan, by=place.chief, at=NOW)


@pytest.mark.parametrize(("hours", "before"), [(None, 20), (48, 48), (3, 3)])
def test_the_reminder_goes_out_as_the_plan_says(
    place: Entrance, hours: int | None, before: int
) -> None:
    if hours is not None:
        adopt(place, replace(PLAN, reminder_hours=hours))
    row = place.booked()
    due = Message.objects.get(kind="reminder").due_at
    assert row.arrives_at - due == timedelta(hours=before)


def test_no_hours_are_no_reminder(place: Entrance) -> None:
    adopt(place, replace(PLAN, reminder_hours=0))
    place.booked()
    assert list(Message.objects.values_list("kind", flat=True)) == ["booked"]


def test_the_plan_of_the_day_of_the_visit_counts(place: Entrance) -> None:
    adopt(place, replace(PLAN, valid_from=DAY, reminder_hours=30))
    adopt(place, replace(PLAN, valid_from=DAY + timedelta(days=1), reminder_hours=2))
    row = place.booked()
    due = Message.objects.get(kind="reminder").due_at
    assert row.arrives_at - due == timedelta(hours=30)


@pytest.mark.parametrize("hours", [-1, 169])
def test_hours_out_of_bounds_are_refused(place: Entrance, hours: int) -> None:
    with pytest.raises(Invalid, match="plan_figures"):
        adopt(place, replace(PLAN, reminder_hours=hours))


@pytest.mark.parametrize(
    ("typed", "fine"), [("0", True), ("168", True), ("169", False)]
)
def test_the_page_of_the_plan_asks_for_the_hours(typed: str, fine: bool) -> None:
    form = PlanFigures({"reminder_hours": typed})
    assert ("reminder_hours" not in form.errors) is fine


def held(access: Access, at: datetime) -> Hold:
    offer = family.offers(access, Kind.VISIT, DAY, 1, at=NOW)[0]
    ask = {"channel": "family", "request_id": uuid4(), "at": at}
    return booking.keep(access, offer.key, **ask)


def test_a_place_is_kept_for_ten_real_minutes_where_clocks_change(
    place: Entrance, monkeypatch: pytest.MonkeyPatch
) -> None:
    access = place.family()
    offer = family.offers(access, Kind.VISIT, DAY, 1, at=NOW)
    monkeypatch.setattr(booking, "offers", lambda *_args, **_more: offer)
    kept = held(access, BEFORE_CHANGE)
    kept.refresh_from_db()
    assert kept.expires_at.timestamp() - BEFORE_CHANGE.timestamp() == 600
    nine = timezone.localtime(kept.expires_at - timedelta(minutes=1), BERLIN)
    assert booking.live_hold(access, kept.pk, nine) == kept
    with pytest.raises(Conflict, match="hold_over"):
        booking.live_hold(access, kept.pk, timezone.localtime(kept.expires_at, BERLIN))


@pytest.mark.parametrize(
    ("day", "slots"),
    [
        (datetime(2026, 10, 24, tzinfo=BERLIN), 12),
        (datetime(2026, 10, 25, tzinfo=BERLIN), 16),
        (datetime(2027, 3, 28, tzinfo=BERLIN), 8),
    ],
)
def test_no_slot_is_lost_or_doubled_where_clocks_change(
    place: Entrance, settings, day: datetime, slots: int
) -> None:
    """Packages from one to four at night: clocks change at two or three."""
    settings.TIME_ZONE = "Europe/Berlin"
    place.hours.weekday = day.weekday()
    place.hours.starts_at = day.time().replace(hour=1)
    place.hours.ends_at = day.time().replace(hour=4)
    place.hours.valid_from = builders.MONDAY - timedelta(days=99)
    place.hours.save()
    with timezone.override(BERLIN):
        found = selectors.slots(
            Kind.PARCEL, day.date(), day.date() + timedelta(days=1),
            by=place.chief, at=NOW,
        )  # fmt: skip
    begins = [offer.arrives_at.timestamp() for offer in found]
    assert len(begins) == slots
    assert {b - a for a, b in pairwise(begins)} == {900.0}
    assert len({offer.key for offer in found}) == slots
