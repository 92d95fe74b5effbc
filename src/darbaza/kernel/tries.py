"""How often somebody may ask a page that stands open to everybody.

Kept in the memory of the one server process (ADR 6): nothing about a stranger is
written down, an honest look writes nothing at all, and after a restart everybody begins
anew. A code of 40 bits stays out of reach all the same.
"""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

KEYS_AT_MOST = 20_000
"""More addresses than this, and those that were quiet longest are forgotten."""


class Tries:
    """Failed tries by key; ``full`` once there were ``most`` of them ``within``."""

    def __init__(self, *, most: int, within: timedelta) -> None:
        self._most, self._within = most, within
        self._times: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def full(self, key: str, *, at: datetime) -> bool:
        """Tell whether a key has used up its tries."""
        with self._lock:
            times = self._times.get(key, deque())
            while times and at - times[0] >= self._within:
                times.popleft()
            return len(times) >= self._most

    def note(self, key: str, *, at: datetime) -> None:
        """Count a failed try."""
        with self._lock:
            times = self._times.setdefault(key, deque(maxlen=self._most))
            times.append(at)
            self._times.move_to_end(key)
            while len(self._times) > KEYS_AT_MOST:
                self._times.popitem(last=False)

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._times.clear()
