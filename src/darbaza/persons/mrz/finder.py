"""Finding the zone in a page: two or three long, parallel lines of dark characters.

Works on grey images (numpy arrays, 0 black to 255 white) of any turn and skew. A
line is found as a chain of dark blots, so that neither the page's edge nor its place
matters; each line is cut out along its own slope, which also undoes perspective.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from math import cos, radians, sin, tan
from typing import TypeAlias

import cv2
import numpy as np

from darbaza.persons.mrz.cutting import Grey, Line, Zone, even

Views: TypeAlias = Callable[[Grey], Iterator[tuple[Grey, int]]]

_WORKING_EDGE = 1100
_GAP_HEIGHTS = 9
_LARGER_AT_MOST = 2.0
_TRIED = 16
_KEPT, _KEPT_OTHERS = 4, 2
_LEAST_REGULARITY = 0.14  # zones have 0.2 to 0.6, other text up to 0.13
_LEAST_SHARE = 0.2  # of the width of the page that a line of the zone takes
_TWO_LINES_BELOW = 22  # times as long as high: a blot that may be several lines
_CARD_BELOW = 31.0  # a card's line is 28 times as long as high, TD2 33, TD3 42


def zones(grey: Grey) -> list[Zone]:
    """Return likely zones of a page, the likeliest first, each in two turns.

    The half turn cannot be told from the lines: where the zone lies in the lower
    half of the page, the page is probably upright, so that turn comes first.
    """
    quarters = [np.ascontiguousarray(np.rot90(grey, quarter)) for quarter in (0, 1)]
    regular, others = _likely(quarters, _plain)
    if not regular:
        regular, evened = _likely(quarters, _evened)
        others += evened
    likely = regular + _likeliest(others, _KEPT_OTHERS)
    return [turn for zone in likely for turn in _half_turns(zone)]


def _likely(pages: list[Grey], views: Views) -> tuple[list[Zone], list[Zone]]:
    """Return zones whose characters stand on a grid, as only a zone's do, and others.

    Perspective, a bent page or letters of another kind can hide the grid of a zone.
    """
    found = [zone for page in pages for zone in _level_zones(page, views)]
    tried = [(z, z.regularity()) for z in _unlike(_likeliest(found))[:_TRIED]]
    regular: list[Zone] = []
    others: list[Zone] = []
    for zone, regularity in tried:
        on_grid = regularity > _LEAST_REGULARITY
        graded = replace(zone, score=zone.score + 2 * regularity, on_grid=on_grid)
        (regular if on_grid else others).append(graded)
    return _likeliest(regular, _KEPT), others


def _likeliest(found: list[Zone], most: int | None = None) -> list[Zone]:
    return sorted(found, key=lambda zone: -zone.score)[:most]


def _plain(page: Grey) -> Iterator[tuple[Grey, int]]:
    """Yield the pages to look at, each with the thickest stroke to look for."""
    yield page, 9
    yield page, 17
    yield cv2.GaussianBlur(page, (0, 0), 1.6), 13


def _evened(page: Grey) -> Iterator[tuple[Grey, int]]:
    """Yield the page with glare and shadow evened out: slower, and it lifts noise."""
    yield even(cv2.GaussianBlur(page, (0, 0), 1.6)), 13


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
    turned = np.ascontiguousarray(zone.image[::-1, ::-1])
    other = replace(zone, image=turned, lines=lines)
    middle = float(np.mean([line.left[1] + line.right[1] for line in zone.lines])) / 2
    return [zone, other] if middle > height / 2 else [other, zone]


def _level_zones(grey: Grey, views: Views) -> list[Zone]:
    """Return groups of lines that run across the page, up to 20 degrees askew."""
    factor = min(_LARGER_AT_MOST, _WORKING_EDGE / max(grey.shape))
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=how)
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
    least = grey.shape[1] * _LEAST_SHARE
    found = [line for contour in _contours(joined, least) if (line := _line(contour))]
    return [ln for ln in _merged(found) if ln.length > least and _thin(ln)]


def _contours(joined: Grey, least: float) -> Iterator[np.ndarray]:
    """Yield the outlines of blots; wide ones that hang together are parted first."""
    outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for outline in outlines:
        x, y, width, height = cv2.boundingRect(outline)
        _, sides, _ = cv2.minAreaRect(outline)
        if width < least or max(sides) > _TWO_LINES_BELOW * min(sides):
            yield outline
        else:
            yield from _parted(joined[y : y + height, x : x + width], (x, y))


def _parted(blot: Grey, place: tuple[int, int]) -> Iterator[np.ndarray]:
    """Yield what is left of a blot without its columns far taller than most.

    A stamp across the zone ties its lines together; without it they lie apart again.
    """
    ends = np.diff(np.pad(blot > 0, ((1, 1), (0, 0))).astype(np.int8), axis=0).T
    runs = np.nonzero(ends == -1)[1] - np.nonzero(ends == 1)[1]
    tall = max(round(float(np.median(runs)) * 1.6), 6)
    ties = cv2.morphologyEx(blot, cv2.MORPH_OPEN, np.ones((tall, 1), np.uint8))
    rest = cv2.morphologyEx(
        cv2.subtract(blot, ties), cv2.MORPH_OPEN, np.ones((3, 9), np.uint8)
    )
    yield from cv2.findContours(
        rest, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE, offset=place
    )[0]


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
