"""Finding the zone in a page: two or three long, parallel lines of dark characters.

Works on grey images (numpy arrays, 0 black to 255 white) of any turn and skew. A
line is found as a chain of dark blots, so that neither the page's edge nor its place
matters; each line is cut out along its own slope, which also undoes perspective.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import atan2, cos, hypot, radians, sin, tan
from typing import TypeAlias

import cv2
import numpy as np

Grey: TypeAlias = np.ndarray  # of uint8, rows by columns

_WORKING_EDGE = 1100
LINE_HEIGHT = 48
_MARGIN = 24
_GAP_HEIGHTS = 9
_GOOD_SCORE = 1.5
_LEAST_SHARE = 0.2  # of the width of the page that a line of the zone takes
_CARD_BELOW = 31.0  # a card's line is 28 times as long as high, TD2 33, TD3 42
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
    """Lines from top to bottom as they stand in ``image``, which may be turned."""

    image: Grey
    lines: tuple[Line, ...]
    score: float

    def cuttings(self, *, reach: float = 0.9) -> list[Grey]:
        """Return every line as an image of its own, level, LINE_HEIGHT high.

        ``reach`` is how far to go beyond both ends, in heights of a character.
        """
        height = float(np.median([line.height for line in self.lines]))
        return [_cut(self.image, line, height, reach) for line in self.lines]


def zones(grey: Grey) -> list[Zone]:
    """Return likely zones of a page, the likeliest first, each in two turns.

    The half turn cannot be told from the lines: where the zone lies in the lower
    half of the page, the page is probably upright, so that turn comes first.
    """
    quarters = [np.ascontiguousarray(np.rot90(grey, quarter)) for quarter in (0, 1)]
    found = [zone for turned in quarters for zone in _level_zones(turned, _plain)]
    if max((zone.score for zone in found), default=0.0) < _GOOD_SCORE:
        found += [zone for turned in quarters for zone in _level_zones(turned, _evened)]
    found.sort(key=lambda zone: -zone.score)
    return [turn for zone in _unlike(found)[:5] for turn in _half_turns(zone)]


def _plain(page: Grey) -> Iterator[tuple[Grey, int]]:
    """Yield the pages to look at, each with the thickest stroke to look for."""
    yield page, 9
    yield page, 17
    yield cv2.GaussianBlur(page, (0, 0), 1.6), 13


def _evened(page: Grey) -> Iterator[tuple[Grey, int]]:
    """Yield the page with glare and shadow evened out: slower, and it lifts noise."""
    yield _even(cv2.GaussianBlur(page, (0, 0), 1.6)), 13


def _unlike(found: list[Zone]) -> list[Zone]:
    """Leave out a zone whose lines lie where those of a likelier one do."""
    kept: list[Zone] = []
    for zone in found:
        if not any(_same_place(zone, other) for other in kept):
            kept.append(zone)
    return kept


def _same_place(one: Zone, other: Zone) -> bool:
    if one.image.shape != other.image.shape or len(one.lines) != len(other.lines):
        return False
    near = one.lines[0].height / 3
    ends = zip(one.lines, other.lines, strict=True)
    return all(
        abs(a - b) < near
        for mine, theirs in ends
        for a, b in zip(
            (*mine.left, *mine.right), (*theirs.left, *theirs.right), strict=True
        )
    )


def _half_turns(zone: Zone) -> list[Zone]:
    height, width = zone.image.shape
    lines = tuple(
        Line(
            (width - line.right[0], height - line.right[1]),
            (width - line.left[0], height - line.left[1]),
            line.height,
        )
        for line in reversed(zone.lines)
    )
    other = Zone(np.ascontiguousarray(zone.image[::-1, ::-1]), lines, zone.score)
    middle = float(np.mean([line.left[1] + line.right[1] for line in zone.lines])) / 2
    return [zone, other] if middle > height / 2 else [other, zone]


def _level_zones(
    grey: Grey, views: Callable[[Grey], Iterator[tuple[Grey, int]]]
) -> list[Zone]:
    """Return groups of lines that run across the page, up to 20 degrees askew."""
    factor = min(1.0, _WORKING_EDGE / max(grey.shape))
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    found = []
    for page, stroke in views(small):
        for group, score in _groups(_lines(page, stroke)):
            lines = tuple(_scaled(line, 1 / factor) for line in group)
            share = group[0].length / small.shape[1]
            found.append(Zone(grey, lines, score + 2 * share))
    return found


def _scaled(line: Line, factor: float) -> Line:
    return Line(
        (line.left[0] * factor, line.left[1] * factor),
        (line.right[0] * factor, line.right[1] * factor),
        line.height * factor,
    )


def _lines(grey: Grey, stroke: int) -> list[Line]:
    """Return the long thin chains of dark blots whose strokes are below ``stroke``."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (stroke, stroke))
    dark = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, kernel)
    _, ink = cv2.threshold(dark, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    joined = cv2.morphologyEx(
        ink, cv2.MORPH_CLOSE, np.ones((3, stroke * 2 + 1), np.uint8)
    )
    joined = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((3, stroke), np.uint8))
    contours, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = [line for contour in contours if (line := _line(contour))]
    least = grey.shape[1] * _LEAST_SHARE
    return [ln for ln in _merged(found) if ln.length > least and _thin(ln)]


def _merged(pieces: list[Line]) -> list[Line]:
    """Join pieces of one line that glare, a stamp or a fold has parted."""
    lines: list[Line] = []
    for piece in sorted(pieces, key=lambda line: line.left[0]):
        if piece.length < 3 * piece.height or abs(piece.slope) > radians(20):
            continue
        before = next((line for line in lines if _continues(line, piece)), None)
        if before is None:
            lines.append(piece)
        else:
            height = max(before.height, piece.height)
            lines[lines.index(before)] = Line(before.left, piece.right, height)
    return lines


def _continues(line: Line, piece: Line) -> bool:
    height = min(line.height, piece.height)
    gap = piece.left[0] - line.right[0]
    expected = line.right[1] + gap * tan(line.slope)
    return (
        -height < gap < _GAP_HEIGHTS * height
        and abs(piece.left[1] - expected) < 0.5 * height
        and max(line.height, piece.height) < 1.7 * height
    )


def _thin(line: Line) -> bool:
    return 12 < line.length / max(line.height, 1) < 75 and abs(line.slope) < radians(20)


def _line(contour: np.ndarray) -> Line | None:
    (x, y), (width, height), angle = cv2.minAreaRect(contour)
    if width < height:
        width, height, angle = height, width, angle - 90
    if height < 4:
        return None
    turn = radians(angle)
    dx, dy = cos(turn) * width / 2, sin(turn) * width / 2
    if dx < 0:
        dx, dy = -dx, -dy
    return Line((x - dx, y - dy), (x + dx, y + dy), height)


def _groups(lines: list[Line]) -> Iterator[tuple[tuple[Line, ...], float]]:
    """Yield two or three lines that could be one zone, with a score."""
    lines = sorted(lines, key=lambda ln: ln.left[1] + ln.right[1])
    for count in (3, 2):
        for group in combinations(lines, count):
            score = _likeness(group)
            if score > 0:
                yield from _completed(_flush(group), score)


def _flush(group: tuple[Line, ...]) -> tuple[Line, ...]:
    """Lengthen lines that glare or a stamp has cut: all lines of a zone are equal."""
    first = min(line.left[0] for line in group)
    last = max(line.right[0] for line in group)
    longest = max(group, key=lambda line: line.length)
    rise = tan(longest.slope)
    return tuple(
        Line(
            (first, line.left[1] - (line.left[0] - first) * rise),
            (last, line.right[1] + (last - line.right[0]) * rise),
            line.height,
        )
        for line in group
    )


def _completed(
    group: tuple[Line, ...], score: float
) -> Iterator[tuple[tuple[Line, ...], float]]:
    """Yield the group, and for two lines as short as a card's the third one."""
    yield group, score
    height = float(np.median([line.height for line in group]))
    if len(group) == 3 or group[0].length / height > _CARD_BELOW:
        return
    upper, lower = group
    step = (lower.left[1] - upper.left[1], lower.right[1] - upper.right[1])
    for third in (_moved(lower, step, 1), _moved(upper, step, -1)):
        lines = sorted((*group, third), key=lambda line: line.left[1])
        yield tuple(lines), score - 0.05
    yield (upper, _moved(upper, step, 0.5), lower), score - 0.1


def _moved(line: Line, step: tuple[float, float], share: float) -> Line:
    return Line(
        (line.left[0], line.left[1] + step[0] * share),
        (line.right[0], line.right[1] + step[1] * share),
        line.height,
    )


def _likeness(group: tuple[Line, ...]) -> float:
    longest = max(line.length for line in group)
    height = float(np.median([line.height for line in group]))
    score = longest / height / 50 + (0.3 if len(group) == 3 else 0.0)
    for upper, lower in pairwise(group):
        gap = (lower.left[1] + lower.right[1] - upper.left[1] - upper.right[1]) / 2
        apart = abs(upper.left[0] - lower.left[0]) / longest
        fits = (
            abs(upper.slope - lower.slope) < radians(4)
            and 1.1 * height < gap < 4.5 * height
            and apart < 0.12
            and min(upper.length, lower.length) > 0.6 * longest
        )
        if not fits:
            return 0.0
        score -= apart + abs(upper.length - lower.length) / longest
    return score


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
    return _even(cutting)


def _even(cutting: Grey) -> Grey:
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
