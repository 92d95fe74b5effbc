"""What the gate reads: who is inside, passes, belongings, the shift."""

from darbaza.gate.selectors.belongings import (
    deposit,
    deposit_by_tag,
    free_lockers,
    held,
    held_of_visit,
    lockers,
)
from darbaza.gate.selectors.board import (
    calls_open,
    found_inside,
    inside_now,
    occupancy,
    outstanding,
    passages,
    running,
)
from darbaza.gate.selectors.passes import pass_by_code, passes_of
from darbaza.gate.selectors.people import (
    badges,
    evacuation,
    everyone_inside,
    last_passages,
    others_inside,
    passage,
    passages_inside,
    vehicle,
    vehicles,
    vehicles_inside,
)
from darbaza.gate.selectors.readers import pictures_wait, readers
from darbaza.gate.selectors.shift import shift
from darbaza.gate.selectors.shifts import (
    ended_shifts,
    handing_over,
    shift_of,
    shift_running,
    shifts,
)

__all__ = [
    "badges",
    "calls_open",
    "deposit",
    "deposit_by_tag",
    "ended_shifts",
    "evacuation",
    "everyone_inside",
    "found_inside",
    "free_lockers",
    "handing_over",
    "held",
    "held_of_visit",
    "inside_now",
    "last_passages",
    "lockers",
    "occupancy",
    "others_inside",
    "outstanding",
    "pass_by_code",
    "passage",
    "passages",
    "passages_inside",
    "passes_of",
    "pictures_wait",
    "readers",
    "running",
    "shift",
    "shift_of",
    "shift_running",
    "shifts",
    "vehicle",
    "vehicles",
    "vehicles_inside",
]
