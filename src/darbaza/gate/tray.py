"""What a local agent brought to a post, until the page that waits there takes it.

Kept in memory and for seconds only: a scan is worthless once its visitor has gone, it
may not come up for the next one, and nothing personal is stored. There is one server
process (ADR 6), so its memory is enough. Plain Python.
"""

from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock
from uuid import UUID

from darbaza.gate.arrivals import AgentState, Brought, DeviceState, Weighed

FRESH = timedelta(seconds=8)
"""How old a scan or a weight may be when it is taken."""
WATCHED = timedelta(seconds=12)
"""How long after its last look a page counts as open."""
HEARD = timedelta(seconds=30)
"""How long after its last word an agent counts as running."""
AT_MOST, KNOWN_AT_MOST, POSTS_AT_MOST = 6, 64, 256
_LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)

Place = tuple[UUID, UUID]
"""Institution and post."""


@dataclass(slots=True)
class _Tray:
    scans: deque[Brought] = field(default_factory=lambda: deque(maxlen=AT_MOST))
    weight: Weighed | None = None
    known: OrderedDict[UUID, None] = field(default_factory=OrderedDict)
    looked_at: datetime = _LONG_AGO
    state: AgentState | None = None


class Trays:
    """The trays of all posts. Safe to share by threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._trays: dict[Place, _Tray] = {}

    def put(self, place: Place, scan: Brought) -> bool:
        """Lay a scan into a tray; False where its identifier was there before."""
        with self._lock:
            tray = self._tray(place)
            if scan.id in tray.known:
                return False
            _know(tray, scan.id)
            tray.scans.append(scan)
            return True

    def weigh(self, place: Place, weight: Weighed) -> bool:
        """Lay a weight into a tray, in the place of the one before."""
        with self._lock:
            tray = self._tray(place)
            if weight.id in tray.known:
                return False
            _know(tray, weight.id)
            tray.weight = weight
            return True

    def take(
        self, place: Place, wanted: Callable[[Brought], bool], at: datetime
    ) -> list[Brought]:
        """Take the fresh scans that are wanted, oldest first; drop the old ones."""
        with self._lock:
            tray = self._tray(place)
            fresh = [scan for scan in tray.scans if at - scan.at <= FRESH]
            taken = [scan for scan in fresh if wanted(scan)]
            tray.scans.clear()
            tray.scans.extend(scan for scan in fresh if scan not in taken)
            return taken

    def take_weight(self, place: Place, at: datetime) -> Weighed | None:
        """Take the newest weight, where it is fresh."""
        with self._lock:
            tray = self._tray(place)
            weight, tray.weight = tray.weight, None
            return weight if weight and at - weight.at <= FRESH else None

    def holds(
        self, place: Place, wanted: Callable[[Brought], bool], at: datetime
    ) -> bool:
        """Say whether something fresh and wanted lies there."""
        with self._lock:
            scans = self._tray(place).scans
            return any(at - scan.at <= FRESH and wanted(scan) for scan in scans)

    def look(self, place: Place, at: datetime) -> None:
        """Note that a page waits at this post."""
        with self._lock:
            self._tray(place).looked_at = at

    def watched(self, place: Place, at: datetime) -> bool:
        """Say whether a page waits at this post."""
        with self._lock:
            return at - self._tray(place).looked_at <= WATCHED

    def report(
        self, place: Place, devices: tuple[DeviceState, ...], at: datetime
    ) -> None:
        """Keep what an agent says about its devices."""
        with self._lock:
            self._tray(place).state = AgentState(devices, at)

    def state(self, place: Place, at: datetime) -> AgentState | None:
        """Return what the agent of a post said last, where that is not long ago."""
        with self._lock:
            state = self._tray(place).state
            return state if state and at - state.heard_at <= HEARD else None

    def forget(self) -> None:
        """Empty every tray."""
        with self._lock:
            self._trays.clear()

    def _tray(self, place: Place) -> _Tray:
        tray = self._trays.setdefault(place, _Tray())
        while len(self._trays) > POSTS_AT_MOST:  # no house has so many
            del self._trays[next(iter(self._trays))]
        return tray


def _know(tray: _Tray, key: UUID) -> None:
    tray.known[key] = None
    while len(tray.known) > KNOWN_AT_MOST:
        tray.known.popitem(last=False)


TRAYS = Trays()
