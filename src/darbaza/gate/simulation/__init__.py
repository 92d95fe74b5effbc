"""What-if for one entrance: waits of families today and with appointments.

Plain Python: no Django, no database. See docs/waiting-times.md for what is assumed and
what may be promised. The doors are the names below.
"""

from darbaza.gate.simulation.outcome import Comparison, Outcome, compare, simulate
from darbaza.gate.simulation.scenario import (
    APPOINTMENTS,
    STAGES,
    TODAY,
    Scenario,
    Staff,
    UnusableError,
    Way,
    bounds,
    read,
)
from darbaza.gate.simulation.slots import Slot, slot_plan
from darbaza.gate.simulation.staffing import Cure, Target, cure, smallest_staff

__all__ = [
    "APPOINTMENTS",
    "STAGES",
    "TODAY",
    "Comparison",
    "Cure",
    "Outcome",
    "Scenario",
    "Slot",
    "Staff",
    "Target",
    "UnusableError",
    "Way",
    "bounds",
    "compare",
    "cure",
    "read",
    "simulate",
    "slot_plan",
    "smallest_staff",
]
