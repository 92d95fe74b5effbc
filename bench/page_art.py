"""Pages of invented documents, each of another look; used by draw_documents.py.

Papers with waves, rosettes or blots, portraits as blots, crowded or sparse text of
several sizes, stripes of bars, shimmering patterns, overprints that may cross the
zone. Nothing on them is any state's. Sizes are in millimetres of ICAO Doc 9303.
"""

from pathlib import Path
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from darbaza.persons.mrz.types import Document, Format

DPI = 220
PITCH_MM = 2.54
SIZES_MM = {
    Format.TD1: (85.6, 54.0),
    Format.TD2: (105.0, 74.0),
    Format.TD3: (125.0, 88.0),
    Format.MRVA: (120.0, 80.0),
    Format.MRVB: (105.0, 74.0),
}
_ROOT = Path("/usr/share/fonts")
ZONE_FONTS = ("opentype/ocr-b/OCRB.otf",) * 6 + ("opentype/ocr-b/OCRBS.otf",) * 3
UNUSUAL_FONTS = (  # some published specimens are not set in OCR-B
    "truetype/liberation/LiberationMono-Regular.ttf",
    "truetype/dejavu/DejaVuSansMono.ttf",
)
TEXT_FONTS = (
    "truetype/noto/NotoSans-Regular.ttf",
    "truetype/dejavu/DejaVuSans-Bold.ttf",
    "truetype/liberation/LiberationSerif-Regular.ttf",
    "truetype/liberation/LiberationMono-Regular.ttf",
    "opentype/ocr-b/OCRB.otf",
)
_PLACES = ("BISHKEK", "OSH", "TALAS", "НАРЫН", "ЖАЛАЛ-АБАД", "UTOPIA CITY")
_LABELS = (
    *("Type / Тип", "Code of state", "Passport No / Номери", "Surname / Фамилия"),
    *("Given names / Аты", "Nationality / Жарандыгы", "Date of birth / Туулган күнү"),
    *("Sex / Жынысы", "Place of birth / Туулган жери", "Date of issue", "Authority"),
)


def px(millimetres: float) -> int:
    return round(millimetres * DPI / 25.4)


def draw(document: Document, chance: Random) -> np.ndarray:
    """Return one page as it would lie there: blue, green, red; no background yet."""
    size = SIZES_MM[document.format or Format.TD3]
    page = Image.fromarray(_paper(px(size[0]), px(size[1]), chance))
    reverse = document.format is Format.TD1 and chance.random() < 0.5
    if not reverse:
        _portrait(page, document, chance)
    _texts(page, document, chance, reverse=reverse)
    if chance.random() < 0.3:
        _bars(page, chance)
    _zone(page, document, chance)
    found = np.asarray(page)[:, :, ::-1].copy()
    if chance.random() < 0.4:
        found = _shimmer(found, chance)
    if chance.random() < 0.5:
        found = _stamp(found, chance)
    return found


def _grains(chance: Random) -> np.random.Generator:
    return np.random.default_rng(chance.randrange(1 << 30))


def _paper(width: int, height: int, chance: Random) -> np.ndarray:
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    tint = np.array([chance.randrange(205, 250) for _ in range(3)], np.float32)
    other = np.array([chance.randrange(190, 250) for _ in range(3)], np.float32)
    share = ((columns / width + rows / height) / 2)[..., None]
    page = tint * (1 - share) + other * share
    strength = chance.uniform(3, 22)
    for _ in range(chance.randrange(1, 4)):
        page -= (strength * _pattern(rows, columns, chance))[..., None]
    return page.clip(0, 255).astype(np.uint8)


def _pattern(rows: np.ndarray, columns: np.ndarray, chance: Random) -> np.ndarray:
    """Return fine lines, 0 to 1: waves, rosettes or blots, as printers use them."""
    kind = chance.choice(("waves", "rosette", "blots"))
    period = px(chance.uniform(0.7, 2.0))
    if kind == "blots":
        noise = _grains(chance).normal(0, 1, (24, 32)).astype(np.float32)
        size = (columns.shape[1], columns.shape[0])
        return np.clip(cv2.resize(noise, size, interpolation=cv2.INTER_CUBIC), 0, 1)
    if kind == "rosette":
        x = columns - chance.random() * columns.shape[1]
        y = rows - chance.random() * rows.shape[0]
        turn = 8 * np.sin(chance.randrange(5, 24) * np.arctan2(y, x))
        phase = np.hypot(x, y) + turn
    else:
        slope = chance.uniform(-1, 1)
        bend = px(1.2) * np.sin(columns / px(chance.uniform(4, 12)))
        phase = rows + slope * columns + bend
    return (np.sin(phase * 2 * np.pi / period) > chance.uniform(0.5, 0.9)) * 1.0


def _portrait(page: Image.Image, document: Document, chance: Random) -> None:
    """Draw a head and shoulders out of blots, with the grain of a photograph."""
    top = px(chance.uniform(5, 9))
    room = page.height - _band_height(document) - top - px(1)
    height = min(px(chance.uniform(27, 40)), room)
    width = round(height * chance.uniform(0.75, 0.85))
    grain = _grains(chance)
    photo = grain.normal(chance.randrange(120, 220), 9, (height, width, 3))
    photo = photo.clip(0, 255).astype(np.uint8)
    skin = tuple(chance.randrange(70, 210) for _ in range(3))
    dark = tuple(chance.randrange(10, 90) for _ in range(3))
    middle = (width // 2, round(height * 0.42))
    shoulders = (width // 2, height // 3)
    cv2.ellipse(photo, (width // 2, height), shoulders, 0, 0, 360, dark, -1)
    cv2.ellipse(photo, middle, (width // 4, height // 4), 0, 0, 360, skin, -1)
    cv2.ellipse(photo, middle, (width // 4, height // 4), 0, 180, 360, dark, -1)
    photo = cv2.GaussianBlur(photo, (0, 0), 2)
    right = chance.random() < 0.2
    left = page.width - width - px(4) if right else px(4)
    page.paste(Image.fromarray(photo), (left, top))


def _font(names: tuple[str, ...], size: int, chance: Random) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_ROOT / chance.choice(names)), max(size, 6))


def _texts(
    page: Image.Image, document: Document, chance: Random, *, reverse: bool
) -> None:
    """Print labels and values above the zone; sometimes down to its very edge."""
    pen = ImageDraw.Draw(page)
    ink = tuple(chance.randrange(10, 90) for _ in range(3))
    label = _font(TEXT_FONTS, px(1.6), chance)
    value = _font(TEXT_FONTS, px(chance.uniform(2.2, 3.2)), chance)
    left = px(4) if reverse else px(chance.uniform(34, 40))
    title = f"{chance.choice(('PASSPORT', 'IDENTITY CARD', 'ПАСПОРТ'))} SPECIMEN"
    pen.text((left, px(2)), title, font=value, fill=ink)
    top = px(chance.uniform(7, 10))
    bottom = page.height - _band_height(document) - px(2)
    step = px(chance.uniform(5, 8))
    values = (
        *(document.document_number, document.surname, document.given_names),
        *(document.issuer, document.birth_date, chance.choice(_PLACES)),
    )
    while top + step < bottom:
        columns = (left, left + px(chance.uniform(25, 35)))
        for place in columns[: chance.choice((1, 1, 2))]:
            pen.text((place, top), chance.choice(_LABELS), font=label, fill=ink)
            text = chance.choice(values)
            pen.text((place, top + px(1.8)), text, font=value, fill=ink)
        top += step


def _bars(page: Image.Image, chance: Random) -> None:
    pen = ImageDraw.Draw(page)
    place, top = px(chance.uniform(36, 42)), px(chance.uniform(3, 9))
    stop = min(place + px(chance.uniform(25, 45)), page.width - px(3))
    while place < stop:
        wide = chance.randrange(1, 6)
        pen.rectangle((place, top, place + wide, top + px(5)), fill="#151515")
        place += wide + chance.randrange(2, 7)


def _band_height(document: Document) -> int:
    return px(6.35 * len(document.lines) + 5)


def _zone(page: Image.Image, document: Document, chance: Random) -> None:
    """Set the zone letter by letter; at times faint, bandless or in another face."""
    pitch, row_height = px(1) * PITCH_MM, px(6.35)
    faces = UNUSUAL_FONTS if chance.random() < 0.07 else ZONE_FONTS
    face = chance.choice(faces)
    probe = ImageFont.truetype(str(_ROOT / face), 200).getlength("0")
    font = ImageFont.truetype(str(_ROOT / face), round(200 * pitch / probe))
    pen = ImageDraw.Draw(page)
    top = page.height - _band_height(document) + px(chance.uniform(1, 3))
    if chance.random() < 0.5:
        pen.rectangle((0, top - px(2), page.width, page.height), fill="#f4f5f2")
    shade = chance.choice((20, 30, 45, 60, 90))
    ink = tuple(shade + chance.randrange(0, 25) for _ in range(3))
    length = pitch * len(document.lines[0])
    left = (page.width - length) / 2 + px(chance.uniform(-1.5, 1.5))
    for row, line in enumerate(document.lines):
        for place, char in enumerate(line):
            at = (left + pitch * (place + 0.5), top + row_height * (row + 0.4))
            pen.text(at, char, font=font, fill=ink, anchor="mm")


def _shimmer(page: np.ndarray, chance: Random) -> np.ndarray:
    """Lay a coloured pattern over a part of the page, as foils look when scanned."""
    rows, columns = np.mgrid[0 : page.shape[0], 0 : page.shape[1]].astype(np.float32)
    lines = _pattern(rows, columns, chance)
    x, y = (chance.random() * side for side in (page.shape[1], page.shape[0]))
    near = np.exp(-(((columns - x) / px(22)) ** 2 + ((rows - y) / px(14)) ** 2))
    colour = np.array([chance.randrange(120, 256) for _ in range(3)], np.float32)
    share = (near * lines * chance.uniform(0.15, 0.5))[..., None]
    return (page * (1 - share) + colour * share).astype(np.uint8)


def _stamp(page: np.ndarray, chance: Random) -> np.ndarray:
    """Print SPECIMEN across the page, at times over the zone too."""
    layer = Image.new("L", (page.shape[1], page.shape[0]))
    size = px(chance.uniform(7, 16))
    font = _font(TEXT_FONTS[:3], size, chance)
    low = chance.uniform(0.3, 0.62) if chance.random() < 0.7 else 0.85
    place = (
        round(page.shape[1] * chance.uniform(0.4, 0.6)),
        round(page.shape[0] * low),
    )
    words = chance.choice(("SPECIMEN", "SAMPLE", "ҮЛГҮ", "MUSTER"))
    ImageDraw.Draw(layer).text(place, words, font=font, fill=255, anchor="mm")
    layer = layer.rotate(chance.uniform(-5, 40), center=place)
    colour = chance.choice(((40, 30, 200), (120, 120, 120), (180, 60, 30)))
    share = np.asarray(layer, np.float32)[..., None] / 255 * chance.uniform(0.15, 0.5)
    return (page * (1 - share) + np.array(colour) * share).astype(np.uint8)
