"""A printer of port 9100 that stands in for a real one, and readers of what it got."""

import socket
import struct
import threading
from dataclasses import dataclass, field

from PIL import Image

from darbaza.sites.types import Target

READY = {b"\x10\x04\x01": b"\x12", b"\x10\x04\x02": b"\x12", b"\x10\x04\x04": b"\x12"}
"""A receipt printer that is on, shut and full of paper."""
NO_PAPER = {**READY, b"\x10\x04\x02": b"\x32", b"\x10\x04\x04": b"\x72"}
OPEN = {**READY, b"\x10\x04\x01": b"\x1a", b"\x10\x04\x02": b"\x16"}
PAUSED = {**READY, b"\x10\x04\x01": b"\x1a"}
LABELS_READY = (
    "\x02030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n"
    "\x02000,0,0,0,1,2,4,0,00000000,1,000\x03\r\n"
    "\x021234,0\x03\r\n"
)
LABELS_OUT = LABELS_READY.replace("030,0,", "030,1,", 1)
LABELS_OPEN = LABELS_READY.replace("000,0,0,0,1", "000,0,1,0,1", 1)


@dataclass
class StandIn:
    """Answers status questions as it is told, takes papers, or breaks off.

    Args:
        answers: What it says to which question; it is silent about all others.
        breaks_after: Bytes after which it throws the connection away.
        empties_after: Bytes after which it says that its paper has ended.
        delay: Seconds that it takes for a paper.
        crumbs: It answers in three pieces.
    """

    answers: dict[bytes, bytes] = field(default_factory=dict)
    breaks_after: int = 0
    empties_after: int = 0
    delay: float = 0.0
    crumbs: bool = False
    _papers: list[bytes] = field(default_factory=list)
    _open: bool = False

    def __enter__(self) -> "StandIn":
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        self._open = True
        return self

    def __exit__(self, *_error: object) -> None:
        self._open = False
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    @property
    def papers(self) -> list[bytes]:
        """What it has got, once it is through with all that was sent before."""
        if self._open:  # it serves one after the other: this empty call is the last
            with socket.create_connection(("127.0.0.1", self.port), 10) as last:
                last.shutdown(socket.SHUT_WR)
                last.recv(1)
        return self._papers

    def target(self, kind: str = "escpos", **changes: object) -> Target:
        """Return how our side reaches it."""
        return Target(kind, "network", "127.0.0.1", self.port, **changes)

    def _serve(self) -> None:
        while True:
            try:
                link, _address = self._listener.accept()
            except OSError:
                return
            with link:
                self._take(link)

    def _take(self, link: socket.socket) -> None:
        got = b""
        while piece := link.recv(4096):
            piece, answer = heard(piece, self.answers)
            got += piece
            if self.empties_after and len(got) > self.empties_after:
                self.answers = NO_PAPER
            for crumb in self._crumbs(answer):
                link.sendall(crumb)
                threading.Event().wait(0.02 if self.crumbs else 0)
            if self.breaks_after and len(got) > self.breaks_after:
                # No polite end: what a pulled cable or a power cut looks like.
                hard = struct.pack("ii", 1, 0)
                link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, hard)
                break
        if got:
            threading.Event().wait(self.delay)
            self._papers.append(got)

    def _crumbs(self, answer: bytes) -> list[bytes]:
        size = len(answer) // 3 + 1 if self.crumbs else len(answer)
        return [answer[n : n + size] for n in range(0, len(answer), size or 1)]


def heard(piece: bytes, answers: dict[bytes, bytes]) -> tuple[bytes, bytes]:
    """Take a question from the end of what came; return the rest and the answer."""
    for question, answer in answers.items():
        if piece.endswith(question):
            return piece.removesuffix(question), answer
    return piece, b""


def rasters(sent: bytes) -> list[Image.Image]:
    """Read the pictures of GS v 0 back, those before one cut joined to one page."""
    pages, strips, at = [], [], 0
    while at < len(sent):
        if sent[at : at + 3] == b"\x1dv0":
            width, height = struct.unpack("<HH", sent[at + 4 : at + 8])
            end = at + 8 + width * height
            strips.append((width, height, sent[at + 8 : end]))
            at = end
        elif sent[at : at + 2] == b"\x1dV":
            pages.append(_joined(strips))
            strips, at = [], at + 3
        elif sent[at : at + 2] in (b"\x1b@", b"\x1bd"):
            at += 2 if sent[at + 1 : at + 2] == b"@" else 3
        elif sent[at : at + 2] == b"\x10\x04":
            at += 3
        else:
            raise AssertionError(f"no command of ours: {sent[at : at + 8]!r}")
    assert not strips, "a picture without a cut"
    return pages


def _joined(strips: list[tuple[int, int, bytes]]) -> Image.Image:
    (width,) = {width for width, _height, _data in strips}
    height = sum(height for _width, height, _data in strips)
    data = b"".join(data for _width, _height, data in strips)
    black = Image.frombytes("1", (width * 8, height), data)
    return black.point(lambda dot: 255 - dot)  # these printers burn ones
