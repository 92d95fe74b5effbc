"""Bytes to a printer and back: over the network or into a device file.

No wait is longer than ``WAIT`` seconds and no paper takes longer than ``WHOLE``.
"""

import errno
import os
import select
import socket
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from darbaza.sites.printing.faults import NotPrintedError
from darbaza.sites.types import Fault, Target

WAIT = 2.5
WHOLE = 10.0
ANSWER = 0.4
"""How long a question may stay without answer; many printers never answer."""
PIECE = 4096


class Channel(Protocol):
    """An open way to a printer."""

    def write(self, data: bytes) -> None:
        """Send everything, or raise NotPrintedError."""

    def ask(self, question: bytes, enough: int = 1) -> bytes:
        """Return what the printer answers within a moment; nothing from many.

        Args:
            question: A command that the printer answers even when it cannot print.
            enough: Bytes after which nothing more is waited for.
        """

    def finish(self) -> None:
        """Make sure as far as one can that the printer has taken everything."""


@contextmanager
def opened(target: Target) -> Iterator[Channel]:
    """Open the way to a printer and close it again.

    Raises:
        NotPrintedError: Why there is none.
    """
    by_cable = target.connection == "device"
    channel = Device(target.address) if by_cable else Network(target)
    try:
        yield channel
    finally:
        channel.close()


class Network:
    """A printer with an address on the network (port 9100)."""

    def __init__(self, target: Target) -> None:
        try:
            self._socket = socket.create_connection(
                (target.address, target.port), timeout=WAIT
            )
        except ConnectionRefusedError as error:
            raise NotPrintedError(Fault.REFUSED) from error
        except OSError as error:  # no way there, no answer
            raise NotPrintedError(Fault.UNREACHABLE) from error
        # A whole receipt would fit into the usual buffer of this computer, and a
        # printer that takes nothing would look like one that printed.
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, PIECE)

    def write(self, data: bytes) -> None:
        """Send everything piece by piece.

        Raises:
            NotPrintedError: It broke off, or the printer takes no more.
        """
        until = time.monotonic() + WHOLE
        for piece in _pieces(data):
            if time.monotonic() > until:
                raise NotPrintedError(Fault.BROKEN_OFF)
            try:
                self._socket.settimeout(WAIT)
                self._socket.sendall(piece)
            except OSError as error:
                raise NotPrintedError(Fault.BROKEN_OFF) from error

    def ask(self, question: bytes, enough: int = 1) -> bytes:
        """Return the answer of the printer, nothing where it gives none.

        Raises:
            NotPrintedError: The connection is gone.
        """
        said = b""
        try:
            self._socket.settimeout(ANSWER)
            self._socket.sendall(question)
            while len(said) < enough:
                piece = self._socket.recv(512)
                if not piece:
                    raise NotPrintedError(Fault.REFUSED)
                said += piece
        except TimeoutError:
            return said
        except OSError as error:
            raise NotPrintedError(Fault.REFUSED) from error
        return said

    def finish(self) -> None:
        """End our side and look whether the printer threw the rest away.

        Raises:
            NotPrintedError: It did.
        """
        try:
            self._socket.shutdown(socket.SHUT_WR)
            self._socket.settimeout(ANSWER)
            while self._socket.recv(512):
                pass
        except TimeoutError:
            return  # many printers never end their side
        except OSError as error:
            raise NotPrintedError(Fault.BROKEN_OFF) from error

    def close(self) -> None:
        """Leave the printer to others."""
        self._socket.close()


class Device:
    """A printer at a cable of the server, as a device file such as /dev/usb/lp0."""

    def __init__(self, path: str) -> None:
        flags = os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
        try:
            self._file = os.open(path, flags)
        except OSError as error:
            raise NotPrintedError(_of_device(error)) from error
        if not stat.S_ISCHR(os.fstat(self._file).st_mode):
            self.close()
            raise NotPrintedError(Fault.NO_DEVICE)

    def write(self, data: bytes) -> None:
        """Send everything as fast as the device takes it.

        Raises:
            NotPrintedError: It takes nothing, or it broke off.
        """
        until, begun = time.monotonic() + WHOLE, False
        for piece in _pieces(data):
            rest = piece
            while rest:
                done = self._some(rest) if time.monotonic() < until else 0
                if not done:
                    raise NotPrintedError(Fault.BROKEN_OFF if begun else Fault.SILENT)
                rest, begun = rest[done:], True

    def _some(self, data: bytes) -> int:
        """Write what the device takes now: nothing where it is full, or gone."""
        _read, ready, _wrong = select.select([], [self._file], [], WAIT)
        try:
            return os.write(self._file, data) if ready else 0
        except OSError:
            return 0

    def ask(self, question: bytes, enough: int = 1) -> bytes:
        """Return the answer of the printer, nothing where it gives none.

        Raises:
            NotPrintedError: It does not even take the question.
        """
        if not self._some(question):
            raise NotPrintedError(Fault.SILENT)
        said = b""
        while len(said) < enough:
            ready, _write, _wrong = select.select([self._file], [], [], ANSWER)
            piece = self._read() if ready else b""
            if not piece:
                break
            said += piece
        return said

    def _read(self) -> bytes:
        try:
            return os.read(self._file, 512)
        except OSError:  # it cannot speak, or is gone
            return b""

    def finish(self) -> None:
        """Do nothing: what the kernel took, the cable carries."""

    def close(self) -> None:
        """Leave the device to others."""
        os.close(self._file)


def _of_device(error: OSError) -> Fault:
    match error.errno:
        case errno.EACCES | errno.EPERM:
            return Fault.NOT_ALLOWED
        case errno.EBUSY:
            return Fault.BUSY
        case _:
            return Fault.NO_DEVICE


def _pieces(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), PIECE):
        yield data[start : start + PIECE]
