"""Cutting the lines of a found zone out of the page, level and evenly lit.

Each line is cut along its own slope, which also undoes perspective.
"""

from dataclasses import dataclass
from math import atan2, cos, hypot, sin
from typing import TypeAlias

import cv2
import numpy as np

Grey: TypeAlias = np.ndarray  # of uint8, rows by columns: 0 black, 255 white

LINE_HEIGHT = 48
_MARGIN = 24
_FEWEST_STEPS, _MOST_STEPS = 22, 52  # a card's 30 to a passport's 44, ends unsure
_SHARE_ABOVE = 0.42  # of a character's height, kept above and below it


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: the middle of its left and right end, and its height."""

    left: tuple[float, float]
    right: tuple[float, float]
    height: float

    @property
    def length(self) -> float:
        return hypot(self.right[0] - self.left[0], self.right[1] - self.left[1])

    @property
    def slope(self) -> float:
        return atan2(self.right[1] - self.left[1], self.right[0] - self.left[0])


@dataclass(frozen=True, slots=True)
class Zone:
    """Lines from top to bottom as they stand in ``image``, which may be turned.

    ``on_grid`` if the characters were seen to stand in equal steps.
    """

    image: Grey
    lines: tuple[Line, ...]
    score: float
    on_grid: bool = True

    def cuttings(self, *, reach: float = 0.9) -> list[Grey]:
        """Return every line as an image of its own, level, LINE_HEIGHT high.

        ``reach`` is how far to go beyond both ends, in heights of a character.
        """
        height = float(np.median([line.height for line in self.lines]))
        return [_cut(self.image, line, height, reach) for line in self.lines]

    def regularity(self) -> float:
        """Tell how far the ink comes and goes in equal steps, from 0 to 1.

        The characters of a zone stand on a grid, 30, 36 or 44 to the line; those of
        other text do not.
        """
        lines = [_rhythm(cutting) for cutting in self.cuttings(reach=0.3)]
        together = np.convolve(np.mean(lines, axis=0), np.ones(3), "same")
        return float(together[_FEWEST_STEPS:_MOST_STEPS].max())


def _rhythm(cutting: Grey) -> np.ndarray:
    """Return which share of the ink's coming and going has 0, 1, 2... periods."""
    ink = cutting.mean(axis=0, dtype=np.float32)[None]
    level = cv2.blur(ink, (LINE_HEIGHT, 1))
    even_width = cv2.resize(ink - level, (512, 1), interpolation=cv2.INTER_AREA)[0]
    power = np.abs(np.fft.rfft(even_width * np.hanning(512))) ** 2
    share: np.ndarray = power / max(float(power.sum()), 1.0)
    return share


def _cut(grey: Grey, line: Line, height: float, reach: float) -> Grey:
    half = height * (0.5 + _SHARE_ABOVE)
    scale = LINE_HEIGHT / (2 * half)
    reach *= height
    turn = line.slope
    along, across = (cos(turn), sin(turn)), (-sin(turn), cos(turn))
    start = (
        line.left[0] - along[0] * reach - across[0] * half,
        line.left[1] - along[1] * reach - across[1] * half,
    )
    width = round((line.length + 2 * reach) * scale)
    matrix = np.array(
        [
            [along[0] / scale, across[0] / scale, start[0]],
            [along[1] / scale, across[1] / scale, start[1]],
        ]
    )
    cutting = cv2.warpAffine(
        grey,
        matrix,
        (width, LINE_HEIGHT),
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return even(cutting)


def even(cutting: Grey) -> Grey:
    """Stretch each place between its own paper and its own ink: glare and shadow go."""
    window: Grey = np.ones((LINE_HEIGHT, LINE_HEIGHT), np.uint8)
    soft = cv2.GaussianBlur(cutting, (0, 0), 1.0)
    paper = cv2.blur(cv2.dilate(soft, window), (LINE_HEIGHT, LINE_HEIGHT))
    ink = cv2.blur(cv2.erode(soft, window), (LINE_HEIGHT, LINE_HEIGHT))
    span = np.maximum(paper.astype(np.float32) - ink, 24)
    level = (cutting.astype(np.float32) - ink) / span
    even: Grey = np.clip(level * 235 + 10, 0, 255).astype(np.uint8)
    return even


def stacked(cuttings: list[Grey]) -> Grey:
    """Return line images one under another on their own ground, as one small page."""
    width = max(cutting.shape[1] for cutting in cuttings) + 2 * _MARGIN
    ground = int(np.median(np.concatenate([c.ravel() for c in cuttings])))
    page: Grey = np.full(
        (len(cuttings) * LINE_HEIGHT + 2 * _MARGIN, width), ground, np.uint8
    )
    for row, cutting in enumerate(cuttings):
        top = _MARGIN + row * LINE_HEIGHT
        page[top : top + LINE_HEIGHT, _MARGIN : _MARGIN + cutting.shape[1]] = cutting
    return page
