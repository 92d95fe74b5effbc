"""What the gate reads: who is inside, passes, the shift so far."""

from darbaza.gate.selectors.board import (
    calls_open,
    evacuation,
    found_inside,
    inside_now,
    occupancy,
    outstanding,
    passages,
    running,
)
from darbaza.gate.selectors.passes import pass_by_code, passes_of
from darbaza.gate.selectors.shift import shift

__all__ = [
    "calls_open",
    "evacuation",
    "found_inside",
    "inside_now",
    "occupancy",
    "outstanding",
    "pass_by_code",
    "passages",
    "passes_of",
    "running",
    "shift",
]
