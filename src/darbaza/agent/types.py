"""What drivers read and say."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Status(StrEnum):
    """How a device is doing."""

    READY = "ready"
    WAITING = "waiting"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Scan:
    """What a reader read."""

    text: str = ""
    """As it arrived, framing and line ends included; bytes as Latin-1."""
    image: bytes = b""
    source: str = "serial"
    complete: bool = True
    """False where it stopped in the middle or is mostly noise."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What a scale said."""

    grams: int = 0
    stable: bool = False
    over: bool = False


class Outlet(Protocol):
    """Where a driver gives what it read, and says how it is."""

    def scan(self, scan: Scan) -> None:
        """Give a scan; returns at once."""

    def weight(self, weight: Weight) -> None:
        """Give a weight; returns at once."""

    def state(self, status: Status, trouble: str = "") -> None:
        """Say how the device is; ``trouble`` is a code, empty where all is well."""


class Stop(Protocol):
    """Says when a driver must end; ``threading.Event`` is one."""

    def is_set(self) -> bool:
        """Whether to end."""

    def wait(self, timeout: float) -> bool:
        """Wait so many seconds, less where it is time to end."""


class Driver(Protocol):
    """Reads one device until it is told to stop; no fault of the device ends it."""

    kind: str

    def run(self, out: Outlet, stop: Stop) -> None:
        """Read and give, again and again."""
