"""Drawn pictures that stand for photographs."""

import io
from typing import Any

from PIL import Image


def picture(
    size: tuple[int, int] = (900, 1200), kind: str = "PNG", **save: Any
) -> bytes:
    """Return one red picture as a file of this kind."""
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **save)
    return out.getvalue()
