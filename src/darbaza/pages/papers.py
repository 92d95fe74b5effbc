"""Paper: PDF by typst, in our own font, with every word handed in by the caller.

A room keeps its sheets as ``<room>/paper/<sheet>.typ``; they may import the shared
frame ``/pages/paper/sheet.typ``. Data arrives as one JSON value, so that nothing that
a visitor is called can become markup.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import segno
import typst
from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpResponse

PACKAGE = Path(__file__).resolve().parents[1]
FONTS = PACKAGE / "pages" / "static" / "build" / "fonts"
_one_at_a_time = Lock()


def pdf(room: str, sheet: str, data: Mapping[str, Any]) -> bytes:
    """Return a sheet as PDF (PDF/A-2b, for the archive).

    Args:
        room: The room that owns the sheet: "gate".
        sheet: Its name without ending: "pass".
        data: Plain values; texts are already in the paper's language.

    Raises:
        typst.TypstError: The sheet does not compile with this data.
    """
    inputs = {"data": json.dumps(data, ensure_ascii=False, default=str)}
    with _one_at_a_time:
        made: bytes = typst.compile(
            str(PACKAGE / room / "paper" / f"{sheet}.typ"),
            root=str(PACKAGE),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs=inputs,
            format="pdf",
            pdf_standards="a-2b",
        )
    return made


@cache
def _fonts() -> Any:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def answer(
    room: str, sheet: str, data: Mapping[str, Any], *, name: str
) -> HttpResponse:
    """Return a sheet as an answer; a browser shows it inside its frame."""
    response = HttpResponse(pdf(room, sheet, data), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


framed = csp_replace({"frame-ancestors": [SELF]})
"""For sheets as pages: the desk prints one from a frame of its own; nobody else may."""


def qr(text: str) -> str:
    """Return a QR code (error level M) as SVG text for a sheet or a page."""
    return segno.make(text, error="m", micro=False).svg_inline(
        border=2, omitsize=True, unit=None, svgclass=None, lineclass=None
    )
