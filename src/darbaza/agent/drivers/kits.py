"""Makers' kits: two methods to write, and everything else is the agent's.

A maker's kit is native and licensed, so none is in this repository. Whoever has one
writes a class with ``open`` and ``read`` and names it in ``agent.toml``::

    [[devices]]
    name = "full-page reader"
    driver = "vendor"
    kit = "acme_reader:Kit"
    options = { port = "usb" }
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from queue import Empty, Queue
from typing import Any, Protocol

from darbaza.agent.types import Outlet, Scan, Status, Stop

WAIT = 0.2
RETRY = 1.0


@dataclass(frozen=True, slots=True)
class Captured:
    """What a kit captured: the zone as text, a picture, or both."""

    text: str = ""
    image: bytes = b""
    chip: bool = False
    """Whether the text comes from the chip (DG1)."""


class Kit(Protocol):
    """What a maker's kit must offer."""

    def open(self) -> None:
        """Reach the device; raise OSError where it is not there."""

    def read(self, seconds: float) -> Captured | None:
        """Wait so long for a document; None where none came. OSError: it is gone."""


class StubKit:
    """A kit without a device: it delivers what it is told, for tests and teaching."""

    def __init__(self, says: Iterable[str] = ()) -> None:
        self._told: Queue[Captured | OSError] = Queue()
        for text in says:
            self.tell(Captured(text))

    def tell(self, captured: Captured | OSError) -> None:
        """Let the next ``read`` give this, or fail with it."""
        self._told.put(captured)

    def open(self) -> None:
        """There is nothing to reach."""

    def read(self, seconds: float) -> Captured | None:
        """Return what it was told."""
        try:
            said = self._told.get(timeout=seconds)
        except Empty:
            return None
        if isinstance(said, OSError):
            raise said
        return said


@dataclass(slots=True)
class KitDriver:
    """Runs a kit; opens it again when its device was gone."""

    kit: Any
    """``package.module:Class``, or the kit itself."""
    options: Mapping[str, Any] = field(default_factory=dict)
    kind = "vendor"

    def __post_init__(self) -> None:
        if isinstance(self.kit, str):
            self.kit = _made(self.kit, self.options)

    def run(self, out: Outlet, stop: Stop) -> None:
        """Read documents until told to stop."""
        while not stop.is_set():
            try:
                self.kit.open()
                out.state(Status.READY)
                while not stop.is_set():
                    self._give(self.kit.read(WAIT), out)
            except OSError:
                out.state(Status.WAITING, "not_plugged_in")
            except Exception:  # noqa: BLE001 - foreign code may not end the agent
                out.state(Status.FAILED, "kit_failed")
            stop.wait(RETRY)

    def _give(self, captured: Captured | None, out: Outlet) -> None:
        if captured is not None:
            source = "chip" if captured.chip else "vendor"
            out.scan(Scan(captured.text, captured.image, source=source))


def _made(name: str, options: Mapping[str, Any]) -> Any:
    module, _colon, kind = name.partition(":")
    try:
        return getattr(import_module(module), kind)(**options)
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        message = f"kit {name!r}: {error}"
        raise ValueError(message) from error
