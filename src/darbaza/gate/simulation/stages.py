"""The way through the entrance: registration, then inspection, or search and visit.

Everybody is served in the order in which they come to a stage. At registration those
with an appointment go first; where there is an express window it serves those who are
known, and the other clerks help there when nobody else waits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush, heapreplace

from darbaza.gate.simulation.mornings import Morning
from darbaza.gate.simulation.scenario import Staff

EXPRESS_WINDOWS = 1


@dataclass(frozen=True, slots=True)
class Passed:
    """When each family of a morning was begun with at each stage, in minutes.

    Three lists in the order of the morning. For a parcel ``visit`` is the moment at
    which it was taken over, for a visit the moment at which the family sat down.
    """

    registration: list[float]
    second: list[float]
    visit: list[float]


def passed(morning: Morning, staff: Staff, *, express: bool) -> Passed:
    """Send everybody of a morning through the entrance."""
    windows = EXPRESS_WINDOWS if express and staff.clerks > EXPRESS_WINDOWS else 0
    begun = registered(morning, clerks=staff.clerks, express_windows=windows)
    ready = [at + m for at, m in zip(begun, morning.registration, strict=True)]
    second, visit = list(ready), list(ready)
    parcels = [n for n, is_parcel in enumerate(morning.parcel) if is_parcel]
    visits = [n for n, is_parcel in enumerate(morning.parcel) if not is_parcel]
    _serve(parcels, ready, morning.second, staff.inspectors, second)
    _serve(visits, ready, morning.second, staff.search_officers, second)
    for n in range(len(ready)):
        visit[n] = second[n] + morning.second[n]
    _serve(visits, list(visit), morning.visit, staff.seats, visit)
    return Passed(begun, second, visit)


def first_come(
    ready: Sequence[float], minutes: Sequence[float], servers: int
) -> list[float]:
    """Return when each is begun with, first come, first served.

    Args:
        ready: When each comes to the stage, ascending.
        minutes: How long each takes.
        servers: How many are served at the same time, 1 or more.
    """
    free = [0.0] * servers
    begun = []
    for at, long in zip(ready, minutes, strict=True):
        start = max(at, free[0])
        heapreplace(free, start + long)
        begun.append(start)
    return begun


def registered(morning: Morning, *, clerks: int, express_windows: int) -> list[float]:
    """Return when each family is called to a window."""
    begun = [0.0] * len(morning.arrivals)
    lanes: tuple[list[tuple[bool, int]], list[tuple[bool, int]]] = ([], [])
    own = morning.known if express_windows else [False] * len(begun)
    free = [(0.0, number) for number in range(clerks)]
    heapify(free)
    idle: list[int] = []
    coming, waiting = 0, len(begun)
    while waiting:
        now = morning.arrivals[coming] if coming < len(begun) else free[0][0]
        if free and free[0][0] <= now:
            now = free[0][0]
        while free and free[0][0] <= now:
            heappush(idle, heappop(free)[1])
        while coming < len(begun) and morning.arrivals[coming] <= now:
            heappush(lanes[own[coming]], (not morning.booked[coming], coming))
            coming += 1
        resting = []
        while idle:
            clerk = heappop(idle)
            lane = _lane(lanes, express=clerk < express_windows)
            if lane:
                family = heappop(lane)[1]
                begun[family] = now
                heappush(free, (now + morning.registration[family], clerk))
                waiting -= 1
            else:
                resting.append(clerk)
        idle = resting
    return begun


def _lane(
    lanes: tuple[list[tuple[bool, int]], list[tuple[bool, int]]], *, express: bool
) -> list[tuple[bool, int]]:
    """Return the queue from which a clerk calls next."""
    return lanes[1] if express or not lanes[0] else lanes[0]


def _serve(
    families: list[int],
    ready: list[float],
    minutes: list[float],
    servers: int,
    begun: list[float],
) -> None:
    """Write into ``begun`` when each of some families is begun with at a stage."""
    queue = sorted(families, key=ready.__getitem__)
    starts = first_come([ready[n] for n in queue], [minutes[n] for n in queue], servers)
    for family, start in zip(queue, starts, strict=True):
        begun[family] = start
