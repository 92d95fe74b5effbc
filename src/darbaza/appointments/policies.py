"""Arrival slots: where they lie, and how many families each may hold."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from darbaza.appointments.types import Kind, PlanDraft, Shape

BUSY_AT_MOST = 0.85
"""No stage is planned busier: above it the queue grows faster than it shrinks."""
EARLY_EXTRA = 0.75
"""So much of a slot is put on top of the first one (Bailey and Welch)."""
DOME = 0.3
"""Gaps are so much shorter at both ends than on average, longer in the middle."""
HOLD = timedelta(minutes=10)
KEPT_DAYS = 180
"""Settled messages, questions of strangers, and unused codes that ended, in days."""
OFFER_HOLD = timedelta(hours=12)
"""A family on the waiting list has so long to answer."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """Families that one slot can serve, and which stage sets the bound."""

    all: int
    parcels: int
    visits: int

    def of(self, kind: Kind) -> int:
        """Return the bound for one kind, every stage counted."""
        own = self.parcels if kind is Kind.PARCEL else self.visits
        return min(self.all, own)


def capacity(plan: PlanDraft) -> Capacity:
    """Return what the stages serve in a slot; at least one family each.

    The slowest stage counts: registration for everybody, then inspection for packages
    and search for visits, none busier than ``busy_percent``. Only the first slot of
    ``EARLY_EXTRA`` goes above it, on purpose.
    """

    def whole(officers: int, minutes: Decimal) -> int:
        share = plan.busy_percent / 100
        most = served(officers, float(minutes), plan.slot_minutes, share=share)
        return max(1, math.floor(most))

    return Capacity(
        whole(plan.clerks, plan.registration_minutes),
        whole(plan.inspectors, plan.inspection_minutes),
        whole(plan.searchers, plan.search_minutes),
    )


def served(
    officers: int, minutes: float, span: float, *, share: float = BUSY_AT_MOST
) -> float:
    """Return how many families a stage serves in ``span`` minutes.

    Args:
        officers: How many serve at the same time.
        minutes: What one family takes, on average.
        span: How long they serve, in minutes.
        share: The part of that time in which they are busy.
    """
    return share * officers * span / minutes


def slowest(plan: PlanDraft) -> str:
    """Return the stage that a slot fills first: registration, inspection or search."""
    found = capacity(plan)
    stages = {
        "registration": found.all, "inspection": found.parcels, "search": found.visits,
    }  # fmt: skip
    return min(stages, key=lambda name: stages[name])


def spread(most: int, slots: int, shape: Shape) -> list[int]:
    """Return the places of each slot of a run, ``most`` being an even slot's."""
    if shape is Shape.EARLY_EXTRA and slots:
        return [most + math.floor(EARLY_EXTRA * most), *[most] * (slots - 1)]
    if shape is Shape.DOME:
        ends = 1 / (1 - DOME)
        return [
            max(1, round(most * _density((n + 0.5) / slots) / ends))
            for n in range(slots)
        ]
    return [most] * slots


def _density(u: float) -> float:
    return 1 / (1 - DOME * math.cos(2 * math.pi * u))


def before_visit(
    starts_at: datetime, places: int, plan: PlanDraft
) -> list[tuple[datetime, int]]:
    """Return the arrival slots of a session, earliest first, with their places.

    Whole slots back from ``lead_minutes`` before it begins: as many as its places need
    in the plan's shape.
    """
    most = capacity(plan).of(Kind.VISIT)
    number = max(1, math.ceil(places / most))
    while sum(spread(most, number, plan.shape)) < places:
        number += 1
    step = timedelta(minutes=plan.slot_minutes)
    last = starts_at.astimezone(UTC) - timedelta(minutes=plan.lead_minutes)
    begins = [last - step * (number - 1 - n) for n in range(number)]
    return _placed(begins, spread(most, number, plan.shape), places)


def in_window(
    starts_at: datetime, ends_at: datetime, plan: PlanDraft
) -> list[tuple[datetime, int]]:
    """Return the whole slots of a window in which packages are taken.

    Of true time: where clocks are changed in it there are more or fewer of them.
    """
    starts_at, ends_at = starts_at.astimezone(UTC), ends_at.astimezone(UTC)
    step = timedelta(minutes=plan.slot_minutes)
    number = max(0, (ends_at - starts_at) // step)
    most = capacity(plan).of(Kind.PARCEL)
    begins = [starts_at + step * n for n in range(number)]
    return list(zip(begins, spread(most, number, plan.shape), strict=True))


def _placed(
    begins: Sequence[datetime], most: Sequence[int], places: int
) -> list[tuple[datetime, int]]:
    """Share the places of a session out, the earliest slots first."""

    def shared() -> Iterator[tuple[datetime, int]]:
        left = places
        for begin, bound in zip(begins, most, strict=True):
            yield begin, min(bound, left)
            left -= min(bound, left)

    return [slot for slot in shared() if slot[1]]
