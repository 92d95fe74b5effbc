"""A reader and a scale without a device: on a pseudo-terminal, for tests and teaching.

Each act is something that devices do at a gate: a whole swipe, one that stops in the
middle, one that comes twice, noise, a plug pulled out.
"""

import os
import time
import tty
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

STX, ETX = b"\x02", b"\x03"
ZONE = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\r"
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10\r"
)
"""The specimen of ICAO Doc 9303, part 4: nobody's document."""
SHORT, LONG = 0.005, 0.4
"""Seconds between the signs of a typed line, and after a swipe."""

Act = Iterator[tuple[bytes, float]]
"""Bytes, and how long to wait after them."""


def _frame(zone: str) -> bytes:
    return STX + zone.encode("latin-1") + ETX


def _scan(zone: str) -> Act:
    data = _frame(zone)
    for start in range(0, len(data), 17):
        yield data[start : start + 17], SHORT
    yield b"", LONG


def _typed(zone: str) -> Act:
    for sign in zone.encode("latin-1"):
        yield bytes([sign]), SHORT
    yield b"", LONG


def _cut(zone: str) -> Act:
    yield _frame(zone)[: len(zone) * 2 // 3], LONG


def _cut_then_whole(zone: str) -> Act:
    yield _frame(zone)[:20], SHORT
    yield from _scan(zone)


def _repeat(zone: str) -> Act:
    yield _frame(zone) * 2, LONG


def _garbage(_zone: str) -> Act:
    yield bytes(0x80 + n * 37 % 0x80 for n in range(90)), LONG


def _plugged(_zone: str) -> Act:
    yield b"\x00\xff", LONG


def _damaged(zone: str) -> Act:
    yield _frame(zone.replace("8", "?", 1)), LONG


def _weigh(_zone: str) -> Act:
    for grams in (310, 870, 1_190):
        yield f"S D    {grams / 1000:6.3f} kg\r\n".encode("ascii"), 0.1
    for _n in range(3):
        yield b"S S     1.250 kg\r\n", 0.1


def _unstable(_zone: str) -> Act:
    for grams in range(900, 1_000, 10):
        yield f"US,GS,+{grams / 1000:7.3f}kg\r\n".encode("ascii"), 0.1


def _overload(_zone: str) -> Act:
    yield b"S +\r\n", LONG


def _weigh_cut(_zone: str) -> Act:
    yield b"S S     9.9", LONG
    yield b"S S     2.000 kg\r\n", LONG


ACTS: Mapping[str, Callable[[str], Act]] = {
    "scan": _scan,
    "typed": _typed,
    "cut": _cut,
    "cut-then-whole": _cut_then_whole,
    "repeat": _repeat,
    "garbage": _garbage,
    "plugged": _plugged,
    "damaged": _damaged,
    "weigh": _weigh,
    "unstable": _unstable,
    "overload": _overload,
    "weigh-cut": _weigh_cut,
}


class Terminal:
    """A pseudo-terminal under a path of its own, as a device that can be pulled out."""

    def __init__(self, link: Path) -> None:
        self.link = link
        self._ours = self._theirs = -1
        self.plug_in()

    def plug_in(self) -> None:
        """Be there."""
        self._ours, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        self.link.unlink(missing_ok=True)
        self.link.symlink_to(os.ttyname(self._theirs))

    def pull_out(self) -> None:
        """Be gone, in the middle of whatever it was."""
        self.link.unlink(missing_ok=True)
        for end in (self._ours, self._theirs):
            if end >= 0:
                os.close(end)
        self._ours = self._theirs = -1

    def play(self, act: str, zone: str = ZONE) -> None:
        """Play one act to its end."""
        for data, pause in ACTS[act](zone):
            if data:
                os.write(self._ours, data)
            time.sleep(pause)
