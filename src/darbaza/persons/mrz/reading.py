"""Reading the zone of a photograph or scan: bytes in, document and cut-out zone out.

One worker process does the work (see ``worker``): kept warm, one image at a time, a
short queue, killed after a hard limit, started again when needed. Works without the
optional ``read`` requirements: every answer then has the error ``engine_missing``.
"""

import atexit
import json
import os
import socket
import subprocess
import sys
from base64 import b64decode
from dataclasses import dataclass, replace
from threading import BoundedSemaphore, Lock
from time import monotonic

from darbaza.persons.mrz import frames, transfer
from darbaza.persons.mrz.types import Document

MOST_BYTES = 25_000_000
HARD_LIMIT_SECONDS = 5.0
_START_SECONDS = 30.0
_QUEUE = 8
_NOTHING = Document()


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one image.

    ``crop_png`` shows the zone upright, empty where none was found. ``error`` is a
    code: that of the document, or ``engine_missing``, ``not_an_image``,
    ``too_many_bytes``, ``too_many_pixels``, ``too_small``, ``busy``, ``timeout``,
    ``crashed``. ``seconds`` is the time from call to answer, queue included.
    """

    document: Document = _NOTHING
    crop_png: bytes = b""
    seconds: float = 0.0
    error: str = ""


class Reader:
    """The one worker process and the queue in front of it. Safe to share by threads."""

    def __init__(
        self, *, limit_seconds: float = HARD_LIMIT_SECONDS, queue: int = _QUEUE
    ) -> None:
        self._limit = limit_seconds
        self._places = BoundedSemaphore(queue)
        self._turn = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None

    def read(self, data: bytes) -> Reading:
        """Read one JPEG, PNG, WebP, TIFF or the first page of a PDF; never raises."""
        start = monotonic()
        if len(data) > MOST_BYTES:
            return Reading(error="too_many_bytes")
        if not self._places.acquire(blocking=False):
            return Reading(error="busy")
        try:
            with self._turn:
                reading = self._asked(data)
        finally:
            self._places.release()
        return replace(reading, seconds=round(monotonic() - start, 3))

    def warm(self) -> str:
        """Start the worker ahead of need; return what hinders, or nothing."""
        with self._turn:
            try:
                return self._started()
            except (OSError, EOFError):
                self._stop()
                return "crashed"

    def close(self) -> None:
        """End the worker; a later ``read`` starts a new one."""
        with self._turn:
            self._stop()

    def _asked(self, data: bytes) -> Reading:
        try:
            if hindrance := self._started():
                return Reading(error=hindrance)
            return self._exchanged(data)
        except TimeoutError:
            self._stop()
            return Reading(error="timeout")
        except (OSError, EOFError):
            self._stop()
            return Reading(error="crashed")

    def _exchanged(self, data: bytes) -> Reading:
        assert self._channel is not None  # noqa: S101 - _started() saw to it
        self._channel.settimeout(self._limit)
        frames.send(self._channel, data)
        values = json.loads(frames.receive(self._channel))
        document = transfer.as_document(values["document"])
        return Reading(document, b64decode(values["crop"]), error=values["error"])

    def _started(self) -> str:
        """Have a worker that said hello; return why there is none."""
        if self._process is not None and self._process.poll() is None:
            return ""
        self._stop()
        ours, theirs = socket.socketpair()
        with theirs:
            self._channel = ours
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "darbaza.persons.mrz.worker",
                    str(theirs.fileno()),
                ],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                # Tesseract's own threads make it slower, not faster.
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )
        ours.settimeout(_START_SECONDS)
        hindrance = str(json.loads(frames.receive(ours))["error"])
        if hindrance:
            self._stop()
        return hindrance

    def _stop(self) -> None:
        if self._channel is not None:
            self._channel.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._channel = self._process = None


_READER = Reader()
atexit.register(_READER.close)


def read(data: bytes) -> Reading:
    """Read one image with the reader of this process; see ``Reader.read``."""
    return _READER.read(data)


def warm() -> str:
    """Start the reader of this process ahead of need; see ``Reader.warm``."""
    return _READER.warm()
