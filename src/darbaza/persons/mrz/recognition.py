"""From a grey page to a document: find the zone, turn it, read it with two engines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from time import monotonic

import cv2
import numpy as np

from darbaza.persons.mrz import engines, finder, fusion
from darbaza.persons.mrz.alphabet import FILLER
from darbaza.persons.mrz.finder import Grey, Zone
from darbaza.persons.mrz.types import Document, Error, Trust

_WIDE = 9.0  # heights of a character beyond both ends, where glare hid the ends
_DATES = re.compile(r"[0-9OQDILZSGTB<]{6,8}[MFX<HNKE]{1,2}[0-9OQDILZSGTB]{6,8}")


@dataclass(frozen=True, slots=True)
class Recognised:
    """The document and the cut-out zone, upright and level, as it was read."""

    document: Document
    crop: Grey | None

    def crop_png(self) -> bytes:
        """Return the cut-out zone as PNG; empty if there is none."""
        return (
            b"" if self.crop is None else cv2.imencode(".png", self.crop)[1].tobytes()
        )


def warm() -> None:
    """Load both models. Raises FileNotFoundError where one is not installed."""
    cv2.setNumThreads(1)
    blank: Grey = np.full((finder.LINE_HEIGHT, 400), 255, np.uint8)
    engines.by_tesseract([blank])
    engines.by_recogniser([blank])


def recognise(grey: Grey, *, on: date, seconds: float) -> Recognised:
    """Read the zone of a page. Stops looking for a better one after ``seconds``."""
    until = monotonic() + seconds
    best = Recognised(Document(error=Error.NO_ZONE), None)
    for cuttings in _attempts(finder.zones(grey)):
        document = _read(cuttings, on=on)
        if fusion.rank(document) > fusion.rank(best.document):
            best = Recognised(document, finder.stacked(cuttings))
        if document.trust is not Trust.NONE or monotonic() > until:
            break
    return best


def _attempts(zones: list[Zone]) -> Iterator[list[Grey]]:
    """Yield what to read: first what shows its dates and therefore stands upright.

    One line by the quicker engine tells; in the wrong turn it would take both
    engines over all lines to find nothing.
    """
    doubtful = []
    for zone in zones:
        cuttings = zone.cuttings()
        # In every format the second line holds both dates, with the sex between.
        if _DATES.search(engines.by_recogniser(cuttings[1:2])[0]):
            yield cuttings
        else:
            doubtful.append(cuttings)
    yield from doubtful
    for zone in zones:
        yield zone.cuttings(reach=_WIDE)


def _read(cuttings: list[Grey], *, on: date) -> Document:
    first = engines.by_tesseract(cuttings)
    if not _promising(first, rows=len(cuttings)):
        return Document(error=Error.NO_ZONE)
    return fusion.fuse(first, engines.by_recogniser(cuttings), on=on)


def _promising(lines: list[str], *, rows: int) -> bool:
    """Tell whether text has the fillers and digits of a zone that stands upright."""
    text = "".join(lines)
    digits = sum(char.isdigit() for char in text)
    return len(text) > 20 * rows and FILLER in text and digits > 10
