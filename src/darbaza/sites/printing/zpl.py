"""Label printers: each page as one label of dots (^GF), made by zebrafy."""

from collections.abc import Iterable

from PIL import Image
from zebrafy.zebrafy_image import ZebrafyImage

from darbaza.sites.types import Fault

ASK = b"~HS\r\n"
"""Host status: three lines, each between STX and ETX, fields with commas."""
ANSWER_BYTES = 72
"""The first two lines, which say all that we want to know."""
_PAPER_OUT, _PAUSED = 1, 2
_HEAD_UP = 2


def encode(images: Iterable[Image.Image]) -> bytes:
    """Return the labels as ZPL, each with its own width and length."""
    made = (
        ZebrafyImage(
            image, format="ASCII_COMPRESSED", dither=False, set_label_size=True
        )
        for image in images
    )
    return "".join(label.to_zpl() for label in made).encode("ascii")


def fault(answer: bytes) -> Fault | None:
    """Return what a host status says; silence says nothing."""
    text = answer.decode("ascii", "replace").replace("\x02", "").replace("\x03", "")
    lines = [line.split(",") for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return None
    first, second = lines[0], lines[1]
    if first[_PAPER_OUT : _PAPER_OUT + 1] == ["1"]:
        return Fault.PAPER_OUT
    if second[_HEAD_UP : _HEAD_UP + 1] == ["1"]:
        return Fault.COVER_OPEN
    return Fault.OFFLINE if first[_PAUSED : _PAUSED + 1] == ["1"] else None
