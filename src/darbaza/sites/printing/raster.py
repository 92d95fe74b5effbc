"""A PDF as black and white dots, exactly as wide as the printer's head.

Receipts go out as dots because no code page of these printers has Ң, Ө and Ү.
"""

from threading import Lock

import pypdfium2
from PIL import Image, ImageOps

from darbaza.sites.printing.faults import NotPrintedError
from darbaza.sites.types import Fault

LIGHT = 176
"""Above this grey a dot stays white: thin grey words of a sheet still print."""
POINTS_AN_INCH = 72
SPILL = 12
"""Dots by which frames and rules may stand over a text of the whole width."""
_one_at_a_time = Lock()  # PDFium is not made for several threads


def pages(pdf: bytes, *, dots: int, dpi: int) -> list[Image.Image]:
    """Return each page in true size; shrunk only where its ink is too wide.

    Raises:
        NotPrintedError: ``printer_unreadable``: these bytes are no PDF.
    """
    try:
        with _one_at_a_time, pypdfium2.PdfDocument(pdf) as document:
            return [_page(page, dots, dpi) for page in document]
    except pypdfium2.PdfiumError as error:
        raise NotPrintedError(Fault.UNREADABLE) from error


def _page(page: pypdfium2.PdfPage, dots: int, dpi: int) -> Image.Image:
    drawn = _drawn(page, dpi / POINTS_AN_INCH)
    left, right = _ink(drawn)
    if right - left > dots + SPILL:
        drawn = _drawn(page, dots / page.get_width())
        left, right = 0, drawn.width
    # The margins of the sheet fall off or are filled up: ink stays in the middle.
    start = (left + right - dots) // 2
    cut = Image.new("L", (dots, drawn.height), 255)
    cut.paste(drawn, (-start, 0))
    return cut.point(lambda grey: 255 if grey > LIGHT else 0, mode="1")


def _drawn(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    drawn: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
    return drawn.convert("L")


def _ink(drawn: Image.Image) -> tuple[int, int]:
    box = ImageOps.invert(drawn).getbbox()
    return (box[0], box[2]) if box else (0, drawn.width)
