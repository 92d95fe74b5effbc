"""Drawn specimen documents: neutral pages, no state's arms, nobody's likeness.

Everything is in millimetres of ICAO Doc 9303 until it meets the picture. The zone is
set letter by letter on the ten-to-the-inch grid that readers expect.
"""

from dataclasses import dataclass
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFont

from darbaza.persons.mrz.types import Document, Format

DPI = 200
_PITCH_MM = 2.54
_LINE_MM = 6.35
_PAGES_MM = {
    Format.TD1: (85.6, 54.0),
    Format.TD2: (105.0, 74.0),
    Format.TD3: (125.0, 88.0),
    Format.MRVA: (120.0, 80.0),
    Format.MRVB: (105.0, 74.0),
}
_BED = "#c9ccd1"
_INK = "#20242b"
_PAPERS = ("#e8f1ee", "#f2ece1", "#e9edf6", "#f3e9ee")
_OVERPRINT = "SPECIMEN · ҮЛГҮ"


@dataclass(frozen=True, slots=True)
class Fonts:
    """Paths of the fonts: OCR-B for the zone, one with Kyrgyz letters for the rest."""

    zone: Path
    text: Path

    def for_zone(self, size: int) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(str(self.zone), size)

    def for_text(self, size_mm: float) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(str(self.text), _px(size_mm))


def _px(millimetres: float) -> int:
    return round(millimetres * DPI / 25.4)


def draw(document: Document, *, title: str, cyrillic: str, fonts: Fonts) -> Image.Image:
    """Return a scan of an invented document: one page, or both sides of a card.

    Args:
        document: With its zone lines and fields.
        title: What stands at the head of the page.
        cyrillic: The holder's name in Cyrillic, empty where the page has none.
        fonts: Where the fonts lie.
    """
    chance = Random(document.lines[-1])  # noqa: S311 - the same page every time
    card = document.format is Format.TD1
    paper = _paper(document, chance)
    sides = [paper, paper.copy()] if card else [paper]
    _fields(sides[0], document, title, cyrillic, fonts)
    _overprint(sides[0], fonts)
    _zone(sides[-1], document, fonts)
    return _scanned(sides, chance)


def _paper(document: Document, chance: Random) -> Image.Image:
    """Return an empty page with a pale pattern of waves, as printers use them."""
    width, height = (_px(side) for side in _PAGES_MM[document.format or Format.TD3])
    page = Image.new("RGB", (width, height), chance.choice(_PAPERS))
    pen = ImageDraw.Draw(page)
    step, wave = _px(1.6), _px(chance.uniform(5, 9))
    for start in range(-height, width, step):
        points = [
            (start + y + wave * ((y // wave) % 2) * 0.2, y) for y in range(0, height, 6)
        ]
        pen.line(points, fill="#d5dfdf", width=1)
    return page


def _fields(
    page: Image.Image, document: Document, title: str, cyrillic: str, fonts: Fonts
) -> None:
    pen = ImageDraw.Draw(page)
    head, label, value = (fonts.for_text(size) for size in (3.4, 1.7, 2.7))
    pen.text((_px(5), _px(3)), title, font=head, fill=_INK)
    _portrait(pen)
    left, top = _px(33), _px(9.5)
    for name, text in _shown(document, cyrillic):
        pen.text((left, top), name, font=label, fill="#5c6672")
        pen.text((left, top + _px(2.1)), text, font=value, fill=_INK)
        top += _px(6.0)


def _shown(document: Document, cyrillic: str) -> list[tuple[str, str]]:
    born, ends = (
        day.strftime("%d.%m.%Y") if day else ""
        for day in (document.birth_on, document.expires_on)
    )
    named = f"{document.surname} {document.given_names}".strip()
    rows = [
        ("Аты-жөнү / ФИО / Name", cyrillic or named),
        ("Name (Latin)", named if cyrillic else ""),
        ("Document No", document.document_number),
        ("Туулган күнү / Date of birth", f"{born}   {document.sex}"),
        ("Жарактуу / Date of expiry", ends),
        ("ПИН / Personal No", document.personal_number),
    ]
    return [row for row in rows if row[1].strip()]


def _portrait(pen: ImageDraw.ImageDraw) -> None:
    box = (_px(5), _px(10), _px(29), _px(41))
    pen.rectangle(box, fill="#d7dce3", outline="#9aa3af")
    pen.ellipse((_px(11.5), _px(14), _px(22.5), _px(28)), fill="#8d97a5")
    pen.pieslice((_px(7), _px(29), _px(27), _px(53)), 180, 360, fill="#8d97a5")


def _overprint(page: Image.Image, fonts: Fonts) -> None:
    """Print across the upper part that this is none: never over the zone."""
    layer = Image.new("RGBA", page.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    font = fonts.for_text(7.5)
    place = (round(page.width * 0.68), round(page.height * 0.6))
    pen.text(place, _OVERPRINT, font=font, fill=(190, 30, 45, 90), anchor="mm")
    turned = layer.rotate(14, center=place, resample=Image.Resampling.BICUBIC)
    page.paste(turned, (0, 0), turned)


def _zone(page: Image.Image, document: Document, fonts: Fonts) -> None:
    lines = document.lines
    pitch = _PITCH_MM * DPI / 25.4
    size = round(pitch * 10)
    size = round(size * pitch / fonts.for_zone(size).getlength("0"))
    font = fonts.for_zone(size)
    left = (page.width - pitch * len(lines[0])) / 2
    top = page.height - _px(_LINE_MM * len(lines) + 4.0)
    band = (0, top - _px(3), page.width, page.height)
    pen = ImageDraw.Draw(page)
    pen.rectangle(band, fill="#f7f8f7")
    for row, line in enumerate(lines):
        for place, char in enumerate(line):
            at = (left + pitch * (place + 0.5), top + _px(_LINE_MM * (row + 0.5)))
            pen.text(at, char, font=font, fill=_INK, anchor="mm")


def _scanned(sides: list[Image.Image], chance: Random) -> Image.Image:
    """Lay the sides on a scanner's bed, slightly askew."""
    edge = _px(7)
    width = max(side.width for side in sides) + 2 * edge
    height = sum(side.height + edge for side in sides) + edge
    bed = Image.new("RGB", (width, height), _BED)
    top = edge
    for side in sides:
        bed.paste(side, (edge, top))
        top += side.height + edge
    angle = chance.uniform(-1.2, 1.2)
    return bed.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=_BED)
