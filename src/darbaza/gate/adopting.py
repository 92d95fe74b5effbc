"""A what-if as the arrival plan: its figures, laid beside those in force."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from darbaza.appointments import policies
from darbaza.appointments.types import PlanDraft, Shape
from darbaza.gate.simulation import Scenario, slots
from darbaza.gate.texts import waiting as texts
from darbaza.pages import figures

CENT = Decimal("0.01")
KEPT = ("lead_minutes", "reminder_hours")


@dataclass(frozen=True, slots=True)
class Change:
    """One figure of the plan: what it is called, as it counts now, as it would."""

    label: str
    now: str
    then: str

    @property
    def changes(self) -> bool:
        """Whether it would be another one."""
        return self.now != self.then


def draft(scenario: Scenario, plan: Any, *, valid_from: date) -> PlanDraft | None:
    """Return the arrival plan of a what-if; None where it has no appointments.

    What a what-if does not ask for stays as the plan in force (or None) has it.
    """
    way, staff = scenario.plan, scenario.staff
    if way.appointments == "none":
        return None
    wanted = PlanDraft(
        valid_from,
        round(scenario.booking.slot_minutes),
        Shape(way.appointments),
        staff.clerks,
        staff.inspectors,
        staff.search_officers,
        _minutes(slots.registration(scenario, way)),
        _minutes(slots.inspection(scenario, way)),
        _minutes(scenario.minutes.search),
        round(policies.BUSY_AT_MOST * 100),
    )
    kept = {name: getattr(plan, name) for name in KEPT} if plan else {}
    return replace(wanted, **kept)


def _minutes(figure: float) -> Decimal:
    return max(CENT, Decimal(figure).quantize(CENT))


def changes(plan: Any, wanted: PlanDraft) -> list[Change]:
    """Return every figure of a plan beside that in force, if there is one."""
    lines = (
        (_("Minutes of a slot"), "slot_minutes"),
        (_("How places are spread"), "shape"),
        (_("Officers at registration"), "clerks"),
        (_("Officers at inspection"), "inspectors"),
        (_("Officers at the search"), "searchers"),
        (_("Minutes of a registration"), "registration_minutes"),
        (_("Minutes of an inspection"), "inspection_minutes"),
        (_("Minutes of a search"), "search_minutes"),
    )
    return [
        Change(
            label, _figure(getattr(plan, name, None)), _figure(getattr(wanted, name))
        )
        for label, name in lines
    ]


def _figure(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return str(texts.APPOINTMENTS[value])
    return figures.shortest(value)
