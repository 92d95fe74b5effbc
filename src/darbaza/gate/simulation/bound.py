"""A wait that no way of working can beat, for the given arrivals and service times.

Each stage alone, reached as early as possible, with one machine as fast as all its
servers together that always does what takes the shortest rest. Such a machine has at
every moment as few people in it as any rule can reach (Schrage 1968). Of those, only as
many as there are servers can be served in truth; all others wait.
"""

from collections.abc import Iterable
from heapq import heappop, heappush

from darbaza.gate.simulation.mornings import Morning
from darbaza.gate.simulation.scenario import Staff

NEVER = float("inf")


def least_wait(morning: Morning, staff: Staff) -> float:
    """Return minutes that the families of a morning wait in all, at the very least.

    The stage that makes them wait longest counts: waiting before it is part of it.
    """
    families = list(
        zip(
            morning.arrivals,
            morning.registration,
            morning.second,
            morning.visit,
            morning.parcel,
            strict=True,
        )
    )
    return max(
        _least([(at, a) for at, a, _b, _c, _p in families], staff.clerks),
        _least([(at + a, b) for at, a, b, _c, p in families if p], staff.inspectors),
        _least(
            [(at + a, b) for at, a, b, _c, p in families if not p],
            staff.search_officers,
        ),
        _least([(at + a + b, c) for at, a, b, c, p in families if not p], staff.seats),
    )


def _least(jobs: Iterable[tuple[float, float]], servers: int) -> float:
    """Return the waiting of one stage: jobs are (earliest moment, minutes)."""
    coming = sorted(jobs, reverse=True)
    rests: list[float] = []
    waited, now = 0.0, 0.0
    while coming or rests:
        if not rests:
            now = max(now, coming[-1][0])
        while coming and coming[-1][0] <= now:
            heappush(rests, coming.pop()[1] / servers)
        rest = heappop(rests)
        step = min(rest, coming[-1][0] - now if coming else NEVER)
        waited += step * max(0, len(rests) + 1 - servers)
        now += step
        if step < rest:
            heappush(rests, rest - step)
    return waited
