"""Drawn portraits: a head and shoulders in two colours, clearly nobody's face."""

import io
from random import Random
from typing import Final

from PIL import Image, ImageDraw

_SIZE: Final = (240, 320)
_GROUNDS: Final = ("#dbe7e9", "#ece4d6", "#e2e4f0", "#eee0e4", "#e1ebdd")
_SHIRTS: Final = ("#0b5563", "#7a4b21", "#4b4a78", "#7d2f45", "#44633a", "#555b63")
_SKINS: Final = ("#c9a27e", "#b58a66", "#d8b592", "#a67c59")
_HAIRS: Final = ("#2b2422", "#4a3527", "#6d6a68", "#3a3532")


def draw(sex: str, chance: Random) -> bytes:
    """Return a portrait as PNG: a silhouette without eyes or mouth."""
    page = Image.new("RGB", _SIZE, chance.choice(_GROUNDS))
    pen = ImageDraw.Draw(page)
    skin, hair = chance.choice(_SKINS), chance.choice(_HAIRS)
    wide = chance.randint(-6, 6)
    if sex == "F":
        pen.rounded_rectangle((62 - wide, 62, 178 + wide, 238), 58, fill=hair)
    pen.rectangle((98, 190, 142, 250), fill=skin)
    pen.ellipse((72 - wide, 74, 168 + wide, 212), fill=skin)
    _hair(pen, sex, wide, hair)
    pen.pieslice((18, 226, 222, 430), 180, 360, fill=chance.choice(_SHIRTS))
    if sex == "M" and chance.random() < 0.3:
        pen.chord((78 - wide, 120, 162 + wide, 214), 20, 160, fill=hair)
    out = io.BytesIO()
    page.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _hair(pen: ImageDraw.ImageDraw, sex: str, wide: int, hair: str) -> None:
    top = 66 if sex == "F" else 68
    pen.chord((70 - wide, top, 170 + wide, 196), 188, 352, fill=hair)
