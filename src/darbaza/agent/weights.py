"""Lines of a scale into grams: the grammar of ``scale-core.js``, sign by sign.

Understood: MT-SICS (``S S   1.250 kg``, ``S D`` while it moves), the comma form of A&D
and CAS (``ST,GS,+  1.250kg``, ``US`` while it moves), and any line that holds one
number and kg or g. tests/vectors holds what both must make of the same line.
"""

import math
import re
from dataclasses import dataclass

from darbaza.agent.types import Weight

LONGEST = 64
_WEIGHT = re.compile(
    r"([+-]?)\s*([0-9]{1,6}(?:[.,][0-9]{1,4})?)\s*(kg|кг|g|г)(?![a-zа-я])",
    re.IGNORECASE,
)
_MOVING = re.compile(r"^\s*(US|S\s+D|D)\b|\?", re.ASCII)
_OVER = re.compile(r"\b(OL|OVER|S\s+\+|S\s+I)\s*$", re.ASCII)


def weight(line: str) -> Weight | None:
    """Return what one whole line says, None for anything that is no weight."""
    if len(line) > LONGEST:
        return None
    if _OVER.search(line):
        return Weight(over=True)
    found = _WEIGHT.search(line)
    if found is None:
        return None
    sign, number, unit = found.groups()
    factor = 1000 if unit.lower() in {"kg", "кг"} else 1
    # As JavaScript rounds, so that both give the same gram.
    grams = math.floor(float(number.replace(",", ".")) * factor + 0.5)
    return Weight(-grams if sign == "-" else grams, stable=not _MOVING.search(line))


@dataclass(slots=True)
class Lines:
    """Takes text as it comes; a line that stops in the middle is never given."""

    _held: str = ""

    def push(self, text: str) -> list[str]:
        """Return the lines that this text ends; one too long is cut."""
        found = []
        for sign in text:
            if sign in "\r\n":
                if self._held:
                    found.append(self._held)
                self._held = ""
            elif len(self._held) <= LONGEST:
                self._held += sign
        return found

    def forget(self) -> None:
        """Nothing came for a while: what began is not finished by something later."""
        self._held = ""
