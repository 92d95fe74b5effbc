"""What scanners, telephones and web pages do to a page; used by draw_documents.py."""

from collections.abc import Callable
from random import Random

import cv2
import numpy as np

Page = np.ndarray  # rows by columns by blue, green, red


def _grain(chance: Random, size: tuple[int, ...], strength: float) -> np.ndarray:
    grains = np.random.default_rng(chance.randrange(1 << 30))
    return grains.normal(0, strength, size)


def _noisy(page: Page, chance: Random, strength: float) -> Page:
    added = page + _grain(chance, page.shape, strength)
    return added.clip(0, 255).astype(np.uint8)


def _table(size: tuple[int, int], chance: Random) -> Page:
    """Return a ground: the light or dark lid of a scanner, wood, cloth."""
    kind = chance.choice(("light", "dark", "wood", "cloth"))
    height, width = size
    if kind in {"light", "dark"}:
        level = chance.randrange(*((215, 255) if kind == "light" else (8, 60)))
        return _noisy(np.full((height, width, 3), level, np.uint8), chance, 2)
    cells = (height // 3, 6) if kind == "wood" else (height // 5, width // 5)
    coarse = _grain(chance, (*cells, 1), 22).astype(np.float32)
    texture = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    tint = np.array([chance.randrange(40, 170) for _ in range(3)], np.float32)
    return (tint + texture[..., None]).clip(0, 255).astype(np.uint8)


def _laid(page: Page, corners: np.ndarray, size: tuple[int, int], ground: Page) -> Page:
    """Lay the page on the ground so that its corners come to lie on ``corners``."""
    height, width = page.shape[:2]
    flat = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    bent = cv2.getPerspectiveTransform(flat, np.float32(corners))
    options = {"flags": cv2.INTER_AREA, "borderMode": cv2.BORDER_CONSTANT}
    moved = cv2.warpPerspective(page, bent, (size[1], size[0]), **options)
    mask = cv2.warpPerspective(
        np.full((height, width), 255, np.uint8), bent, (size[1], size[0])
    )
    share = mask[..., None] / 255
    return (moved * share + ground * (1 - share)).astype(np.uint8)


def _placed(page: Page, chance: Random, *, angle: float, pull: float) -> Page:
    """Lay the page on a ground, turned by ``angle`` degrees, each corner pulled."""
    height, width = page.shape[:2]
    room = chance.uniform(1.06, 1.5)
    turn = np.radians(angle)
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    half = np.array([width, height]) / 2
    corners = (np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half) @ spin.T
    pulls = [[chance.uniform(-pull, pull) for _ in range(2)] for _ in range(4)]
    corners += np.array(pulls) * width
    corners -= corners.min(axis=0)
    extent = corners.max(axis=0)
    spare = extent * (room - 1)
    corners += spare * np.array([chance.random(), chance.random()])
    size = (int(extent[1] * room), int(extent[0] * room))
    return _laid(page, corners, size, _table(size, chance))


def flatbed(page: Page, chance: Random) -> Page:
    """Scan on a flatbed, slightly askew, at 150 to 220 dots an inch."""
    found = _placed(page, chance, angle=chance.uniform(-3, 3), pull=0)
    return _noisy(_smaller(found, chance.uniform(0.68, 1)), chance, 3)


def askew(page: Page, chance: Random) -> Page:
    return _placed(page, chance, angle=chance.uniform(-14, 14), pull=0)


def quarter(page: Page, chance: Random) -> Page:
    found = flatbed(page, chance)
    return np.ascontiguousarray(np.rot90(found, chance.choice((1, 2, 3))))


def telephone(page: Page, chance: Random) -> Page:
    """Photograph on a table: perspective, shadow, unsharp, grain."""
    found = _placed(page, chance, angle=chance.uniform(-8, 8), pull=0.06)
    found = _shadow(found, chance)
    found = cv2.GaussianBlur(found, (0, 0), chance.uniform(0.6, 1.6))
    return _noisy(found, chance, chance.uniform(2, 10))


def curved(page: Page, chance: Random) -> Page:
    """Bend the page as an open passport lies: lines bow up or down."""
    height, width = page.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    bow = chance.uniform(-0.025, 0.025) * height
    shift = bow * np.sin(np.pi * columns / width * chance.uniform(0.6, 1.2))
    bent = cv2.remap(
        page, columns, rows + shift, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return _placed(bent, chance, angle=chance.uniform(-4, 4), pull=0.015)


def glare(page: Page, chance: Random) -> Page:
    found = _placed(page, chance, angle=chance.uniform(-4, 4), pull=0.02)
    height, width = found.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width]
    light = np.zeros((height, width))
    for _ in range(chance.randrange(1, 4)):
        x, y = chance.random() * width, chance.uniform(0.3, 1) * height
        across, down = (
            chance.uniform(0.05, 0.2) * width,
            chance.uniform(0.05, 0.2) * height,
        )
        light += np.exp(-(((columns - x) / across) ** 2) - ((rows - y) / down) ** 2)
    share = (np.clip(light, 0, 1) * chance.uniform(0.5, 0.85))[..., None]
    return (found * (1 - share) + 255 * share).astype(np.uint8)


def motion(page: Page, chance: Random) -> Page:
    """Move the camera a little while the picture is taken."""
    found = _placed(page, chance, angle=chance.uniform(-4, 4), pull=0.02)
    length = chance.randrange(3, 8)
    streak = np.zeros((length, length), np.float32)
    streak[length // 2] = 1 / length
    turn = cv2.getRotationMatrix2D((length / 2, length / 2), chance.uniform(0, 180), 1)
    streak = cv2.warpAffine(streak, turn, (length, length))
    return cv2.filter2D(found, -1, streak / max(float(streak.sum()), 0.1))


def copied(page: Page, chance: Random) -> Page:
    """Photocopy: hard black and white with speckles."""
    found = _placed(page, chance, angle=chance.uniform(-3, 3), pull=0)
    grey = cv2.cvtColor(_noisy(found, chance, 8), cv2.COLOR_BGR2GRAY).astype(np.float32)
    level = chance.uniform(110, 150)
    hard = ((grey - level) * chance.uniform(2, 5) + 128).clip(0, 255)
    return cv2.cvtColor(hard.astype(np.uint8), cv2.COLOR_GRAY2BGR)


def small(page: Page, chance: Random) -> Page:
    """Show the page as a picture on the web: 300 to 600 dots wide, often cut close."""
    if chance.random() < 0.5:
        found = page
    else:
        found = _placed(page, chance, angle=chance.uniform(-2, 2), pull=0)
    width = chance.uniform(*((300, 600) if page.shape[1] < 800 else (380, 600)))
    found = _smaller(found, width / found.shape[1])
    return _compressed(found, chance.randrange(55, 92))


def pair(page: Page, chance: Random) -> Page:
    """Scan with another page above it, as an open booklet or a card's two sides."""
    other = cv2.GaussianBlur(page[::-1, ::-1], (0, 0), 1)
    other[-px_share(page, 0.35) :] = other[0, 0]
    gap = np.full((px_share(page, 0.03), page.shape[1], 3), 200, np.uint8)
    both = np.vstack((other, gap, page))
    return _placed(both, chance, angle=chance.uniform(-3, 3), pull=0)


def px_share(page: Page, share: float) -> int:
    return round(page.shape[0] * share)


def _shadow(page: Page, chance: Random) -> Page:
    height, width = page.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    side = rows * chance.uniform(-1, 1) + columns * chance.uniform(-1, 1)
    edge = side.min() + (side.max() - side.min()) * chance.uniform(0.3, 0.7)
    soft = 1 / (1 + np.exp(-(side - edge) / chance.uniform(4, 60)))
    return (page * (1 - chance.uniform(0.2, 0.55) * soft[..., None])).astype(np.uint8)


def _smaller(page: Page, share: float) -> Page:
    return cv2.resize(page, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)


def _compressed(page: Page, quality: int) -> Page:
    _, data = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return cv2.imdecode(data, cv2.IMREAD_COLOR)


FAULTS: tuple[Callable[[Page, Random], Page], ...] = (
    *(flatbed, askew, quarter, telephone, curved, glare, motion, copied),
    *(small, pair, small, quarter),
)
