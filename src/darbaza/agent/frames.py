"""Bytes of a reader on a serial line into frames: STX, lines with CR, ETX; or a pause.

The page does the same with Web Serial (``serial-core.js``); tests/vectors holds what
both must make of the same bytes.
"""

from dataclasses import dataclass, field

STX, ETX = 0x02, 0x03
LONGEST = 4_096
"""Bytes; no reader sends more for one document."""
SHORTEST = 8
"""Printable signs; less is what a line says when it is plugged in."""
NOISE = 4
"""One unprintable byte in so many is a line at the wrong speed."""
_CONTROLS = frozenset({STX, ETX, 0x09, 0x0A, 0x0D})


@dataclass(frozen=True, slots=True)
class Frame:
    """One scan as it arrived."""

    text: str
    complete: bool = True
    trouble: str = ""
    """broke_off, unreadable, too_long, or empty."""


@dataclass(slots=True)
class Frames:
    """Takes bytes as they come, cut anywhere; gives whole frames."""

    _held: bytearray = field(default_factory=bytearray)
    _open: bool = False

    def push(self, data: bytes) -> list[Frame]:
        """Take bytes; return the frames that they end."""
        found: list[Frame] = []
        for byte in data:
            if byte == STX:
                found += self._ended(broken=self._open)
                self._open = True
            if len(self._held) <= LONGEST:
                self._held.append(byte)
            if byte == ETX:
                found += self._ended(broken=False)
        return found

    def pause(self) -> list[Frame]:
        """Nothing came for a while: what has no ETX ends here, or broke off."""
        return self._ended(broken=self._open)

    def _ended(self, *, broken: bool) -> list[Frame]:
        held, self._held, was_open = bytes(self._held), bytearray(), self._open
        self._open = False
        signs = sum(0x20 < byte < 0x7F for byte in held)
        if signs < SHORTEST and not (was_open and signs):
            return []
        trouble = _trouble(held, broken=broken)
        return [Frame(held.decode("latin-1"), not trouble, trouble)]


def _trouble(held: bytes, *, broken: bool) -> str:
    if len(held) > LONGEST:
        return "too_long"
    bad = sum(not 0x20 <= b < 0x7F and b not in _CONTROLS for b in held)
    if bad * NOISE > len(held):
        return "unreadable"
    return "broke_off" if broken else ""
