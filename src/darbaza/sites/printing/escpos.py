"""Receipt printers: dots and a cut in ESC/POS, and what their status bytes say.

python-escpos writes the language. Its own connections are not used: they wait up to a
minute, make a device file that is missing, and tell a wrong address from a refusal by
English text only; ``channels`` has ours.
"""

import os
import shutil
from collections.abc import Iterable
from functools import cache
from typing import Any

from PIL import Image

from darbaza.sites.types import Fault

ASK_STATE, ASK_CAUSE, ASK_PAPER = (b"\x10\x04" + bytes((n,)) for n in (1, 2, 4))
"""DLE EOT: answered at once, even with paper out."""
_ALWAYS, _ALWAYS_SET = 0b1001_0011, 0b0001_0010
"""Every status byte has these bits so; anything else is no answer to the question."""
_OFFLINE = 0b0000_1000
_COVER, _STOPPED_FOR_PAPER = 0b0000_0100, 0b0010_0000
_NO_PAPER = 0b0110_0000


def encode(images: Iterable[Image.Image]) -> bytes:
    """Return what a receipt printer is sent for these pages, each cut off."""
    printer = _dummy()
    printer._raw(b"\x1b@")  # noqa: SLF001 - start clean, as its own `hw` does
    for image in images:
        printer.image(image, impl="bitImageRaster")
        printer.cut(mode="PART")
    sent: bytes = printer.output
    return sent


def fault(state: bytes, cause: bytes, paper: bytes) -> Fault | None:
    """Return what the answers to the three questions say; silence says nothing."""
    if _says(paper, _NO_PAPER) or _says(cause, _STOPPED_FOR_PAPER):
        return Fault.PAPER_OUT
    if _says(cause, _COVER):
        return Fault.COVER_OPEN
    return Fault.OFFLINE if _says(state, _OFFLINE) else None


def _says(answer: bytes, bits: int) -> bool:
    known = [byte for byte in answer if byte & _ALWAYS == _ALWAYS_SET]
    return bool(known) and known[-1] & bits == bits


def _dummy() -> Any:
    printer_class, profile = _library()
    printer = printer_class()
    printer.profile = profile
    return printer


@cache
def _library() -> tuple[Any, Any]:
    """Load python-escpos when the first receipt is printed: it takes most of a second.

    The profile names no width of paper: the dots fit already. What the library leaves
    in a temporary folder for its next start is taken away again.
    """
    from escpos import capabilities, printer  # noqa: PLC0415

    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)

    class Profile(capabilities.BaseProfile):
        profile_data = {
            "media": {},
            "features": {"paperPartCut": True, "paperFullCut": True},
        }

    return printer.Dummy, Profile()
