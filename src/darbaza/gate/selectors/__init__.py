"""What the gate reads: who is inside, passes, the shift so far."""

from darbaza.gate.selectors.board import inside_now, occupancy, outstanding
from darbaza.gate.selectors.passes import pass_by_code, passes_of

__all__ = ["inside_now", "occupancy", "outstanding", "pass_by_code", "passes_of"]
