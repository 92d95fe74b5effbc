"""Readers and scales on a serial line; unplugged and plugged in again at any time."""

import errno
import time
from dataclasses import dataclass

import serial

from darbaza.agent import weights
from darbaza.agent.frames import Frames
from darbaza.agent.types import Outlet, Scan, Status, Stop

PAUSE = 0.15
"""Seconds without a byte that end a frame without ETX, or a line that stopped."""
RETRY = 1.0
ASK_EVERY = 0.5
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM})


@dataclass(slots=True)
class SerialReader:
    """A reader that sends STX, lines with CR, ETX; or lines and a pause."""

    port: str
    baud: int = 9600
    kind = "serial-reader"

    def run(self, out: Outlet, stop: Stop) -> None:
        """Read frames until told to stop."""
        while not stop.is_set():
            with _Line(self.port, self.baud, out) as line:
                frames = Frames()
                while not stop.is_set() and (data := line.read()) is not None:
                    for frame in frames.push(data) if data else frames.pause():
                        scan = Scan(frame.text, complete=frame.complete)
                        out.scan(scan)
                        out.state(Status.READY, frame.trouble)
                for frame in frames.pause():  # pulled out in the middle
                    out.scan(Scan(frame.text, complete=False))
            stop.wait(RETRY)


@dataclass(slots=True)
class SerialScale:
    """A scale that sends lines, by itself or when asked."""

    port: str
    baud: int = 9600
    ask: str = ""
    """Sent twice a second, such as ``SI``, to scales that speak only when asked."""
    kind = "serial-scale"

    def run(self, out: Outlet, stop: Stop) -> None:
        """Read weights until told to stop."""
        while not stop.is_set():
            with _Line(self.port, self.baud, out, self.ask) as line:
                lines = weights.Lines()
                while not stop.is_set() and (data := line.read()) is not None:
                    if not data:
                        lines.forget()
                    for text in lines.push(data.decode("latin-1")):
                        _weigh(text, out)
            stop.wait(RETRY)


def _weigh(text: str, out: Outlet) -> None:
    found = weights.weight(text)
    if found is None:
        out.state(Status.READY, "not_understood")
    else:
        out.state(Status.READY)
        out.weight(found)


class _Line:
    """An open port, or one that says why it is not open."""

    def __init__(self, port: str, baud: int, out: Outlet, ask: str = "") -> None:
        self._where, self._baud, self._out = port, baud, out
        self._ask = ask.encode("ascii") + b"\r\n" if ask else b""
        self._asked = 0.0
        self._port: serial.Serial | None = None

    def __enter__(self) -> "_Line":
        try:
            self._port = serial.Serial(self._where, self._baud, timeout=PAUSE)
        except (OSError, ValueError) as error:
            self._out.state(*_hindrance(error))
        else:
            self._out.state(Status.READY)
        return self

    def __exit__(self, *_ignored: object) -> None:
        if self._port is not None:
            self._port.close()

    def read(self) -> bytes | None:
        """Return what came, nothing after a pause, None where the line is gone."""
        if self._port is None:
            return None
        try:
            if self._ask and time.monotonic() - self._asked > ASK_EVERY:
                self._asked = time.monotonic()
                self._port.write(self._ask)
            return bytes(self._port.read(self._port.in_waiting or 1))
        except (OSError, TypeError):  # the latter where it is closed while it reads
            self._out.state(Status.WAITING, "not_plugged_in")
            return None


def _hindrance(error: Exception) -> tuple[Status, str]:
    if isinstance(error, ValueError):
        return Status.FAILED, "not_plugged_in"
    if getattr(error, "errno", None) in _FORBIDDEN:
        return Status.FAILED, "not_allowed"
    return Status.WAITING, "not_plugged_in"
