"""From a grey page to a document: find the zone, turn it, read it with two engines."""

import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from time import monotonic, process_time

import cv2
import numpy as np

from darbaza.persons.mrz import cutting, engines, finder, fusion
from darbaza.persons.mrz.alphabet import FILLER
from darbaza.persons.mrz.cutting import Grey, Zone
from darbaza.persons.mrz.types import Document, Error, Trust

_WIDE = 9.0  # heights of a character beyond both ends, where glare hid the ends
_DOUBTED_AT_MOST = 2  # a second look makes some sure; a third hardly any
_WORK_SECONDS = 2.5  # of the processor
_BESIDE = ThreadPoolExecutor(max_workers=1)
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


@dataclass(slots=True)
class _Shot:
    """The cut-out lines of a zone, and what the engines have made of them so far."""

    cuttings: list[Grey]
    _texts: dict[int, str] = field(default_factory=dict)
    _beside: Future[list[str]] | None = None

    def begin(self) -> Future[list[str]]:
        """Let Tesseract read beside us: no engine holds Python's lock meanwhile."""
        if self._beside is None:
            self._beside = _BESIDE.submit(engines.by_tesseract, self.cuttings)
        return self._beside

    def recognised(self, row: int) -> str:
        if row not in self._texts:
            self._texts[row] = engines.by_recogniser(self.cuttings[row])
        return self._texts[row]


def warm() -> None:
    """Load both models. Raises FileNotFoundError where one is not installed."""
    cv2.setNumThreads(1)
    blank: Grey = np.full((cutting.LINE_HEIGHT, 400), 255, np.uint8)
    engines.by_tesseract([blank])
    engines.by_recogniser(blank)


def recognise(grey: Grey, *, on: date, seconds: float) -> Recognised:
    """Read the zone of a page.

    Stops looking for a better one after ``seconds``, or sooner after much work: a
    page without a zone shall not keep the queue waiting.
    """
    until, spent = monotonic() + seconds, process_time() + _WORK_SECONDS
    best = Recognised(Document(error=Error.NO_ZONE), None)
    doubted = 0
    for shot in _attempts(finder.zones(grey)):
        document = _read(shot, on=on)
        if fusion.rank(document) > fusion.rank(best.document):
            best = Recognised(document, cutting.stacked(shot.cuttings))
        doubted += document.trust is Trust.COMPARE
        enough = document.trust is Trust.SURE or doubted == _DOUBTED_AT_MOST
        if enough or monotonic() > until or process_time() > spent:
            break
    return best


def _attempts(zones: list[Zone]) -> Iterator[_Shot]:
    """Yield what to read: first what shows its dates and therefore stands upright.

    One line by one engine tells; in the wrong turn it would take both engines over
    all lines to find nothing. Lines off the grid that show no dates are no zone.
    """
    doubtful = []
    for place, zone in enumerate(zones):
        shot = _Shot(zone.cuttings())
        if place == 0:
            shot.begin()  # mostly it is the one, and the second core is idle
        # In every format the second line holds both dates, with the sex between.
        if _DATES.search(shot.recognised(1)):
            yield shot
        elif zone.on_grid:
            doubtful.append(shot)
    yield from doubtful
    for zone in zones:
        if zone.on_grid:
            yield _Shot(zone.cuttings(reach=_WIDE))


def _read(shot: _Shot, *, on: date) -> Document:
    waiting = shot.begin()
    second = [shot.recognised(row) for row in range(len(shot.cuttings))]
    first = waiting.result()
    if not _promising(first, second, rows=len(second)):
        return Document(error=Error.NO_ZONE)
    return fusion.fuse(first, second, on=on)


def _promising(first: list[str], second: list[str], *, rows: int) -> bool:
    """Tell whether either text has the fillers and digits of an upright zone."""
    texts = ("".join(first), "".join(second))
    return any(
        len(text) > 20 * rows
        and FILLER in text
        and sum(char.isdigit() for char in text) > 10
        for text in texts
    )
