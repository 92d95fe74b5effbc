"""From bytes of an image to a grey page, with every limit checked before decoding."""

from io import BytesIO

import numpy as np
import pypdfium2
from PIL import Image, ImageOps

from darbaza.persons.mrz.cutting import Grey

MOST_PIXELS = 60_000_000
LONGEST_EDGE = 3_000
SHORTEST_EDGE = 60
_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF")
_PDF_DPI = 200
_BROKEN = (OSError, SyntaxError, ValueError, pypdfium2.PdfiumError)
Image.MAX_IMAGE_PIXELS = None  # MOST_PIXELS is checked here, before decoding
_POINTS_PER_INCH = 72


class PictureError(ValueError):
    """The bytes are no picture to read; its text is a stable code."""


def grey(data: bytes) -> Grey:
    """Return the page as a grey array, its longer edge at most LONGEST_EDGE.

    Raises:
        PictureError: ``not_an_image``, ``too_many_pixels`` or ``too_small``.
    """
    try:
        page = _pdf_page(data) if data.startswith(b"%PDF-") else _image(data)
        page.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.BOX)
        found: Grey = np.asarray(_flat(ImageOps.exif_transpose(page)))
        return found
    except _BROKEN as error:
        if isinstance(error, PictureError):
            raise
        raise PictureError("not_an_image") from error


def _image(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data), formats=_FORMATS)  # reads the header only
    _limited(*image.size)
    # A JPEG can be decoded at a half, quarter or eighth of its size at once.
    image.draft("L", (LONGEST_EDGE, LONGEST_EDGE))
    return image


def _pdf_page(data: bytes) -> Image.Image:
    document = pypdfium2.PdfDocument(data)
    try:
        width, height = document[0].get_size()
        scale = min(_PDF_DPI / _POINTS_PER_INCH, LONGEST_EDGE / max(width, height, 1))
        _limited(round(width * scale), round(height * scale))
        page: Image.Image = document[0].render(scale=scale, grayscale=True).to_pil()
        return page
    finally:
        document.close()


def _limited(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise PictureError("too_many_pixels")
    if min(width, height) < SHORTEST_EDGE:
        raise PictureError("too_small")


def _flat(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits a pixel
        wide = np.asarray(image, dtype=np.float32)
        return Image.fromarray((wide / 257).clip(0, 255).astype(np.uint8))
    if "A" in image.mode or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image)
    return image.convert("L")
