"""The clock of a played morning, as its people read it: faster than the true one."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

FOLDER = Path(__file__).parent / "clock"
"""Holds the ``sitecustomize`` that gives a process the same clock."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Shows ``shown`` at the true moment ``begins``; ``speed`` times as fast."""

    begins: float
    shown: datetime
    speed: float

    @classmethod
    def from_now(cls, shown: datetime, *, speed: float, within: float = 0.0) -> "Clock":
        """Return a clock that stands until ``within`` true seconds from now."""
        return cls(time.time() + within, shown, speed)

    def now(self) -> datetime:
        """Return what the clock shows."""
        passed = max(0.0, time.time() - self.begins)
        return self.shown.astimezone(UTC) + timedelta(seconds=passed * self.speed)

    def wait(self, moment: datetime) -> None:
        """Sleep until the clock shows a moment; not at all where it has passed."""
        left = (moment - self.now()).total_seconds() / self.speed
        if left > 0:
            time.sleep(left)

    def spend(self, minutes: float) -> None:
        """Sleep for so many minutes of the morning."""
        time.sleep(minutes * 60 / self.speed)

    def environment(self) -> dict[str, str]:
        """Return what gives a process of Python this clock."""
        told = f"{self.begins} {self.shown.timestamp()} {self.speed}"
        return {"PYTHONPATH": str(FOLDER), "DARBAZA_MORNING": told}
