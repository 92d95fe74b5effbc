"""Pictures that arrive from outside: whatever comes, only its pixels stay."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

from darbaza.kernel.errors import Invalid

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What is taken as a picture, and the codes that refuse what is not."""

    too_large: str
    too_small: str
    unreadable: str
    megabytes: int
    pixels: int
    """Width times height."""
    side_at_least: int
    formats: tuple[str, ...] = ("JPEG", "PNG", "WEBP")


def on_white(data: bytes, limits: Limits, *, field: str, side: int) -> Image.Image:
    """Return a picture upright, on white, at most ``side`` wide and high.

    Its size is read from the header and checked before a single pixel is decoded. It
    carries no EXIF, no comment, no profile.

    Raises:
        Invalid: Too large, too small, no picture, or of another format.
    """
    if len(data) > limits.megabytes * MEBIBYTE:
        raise _too_large(limits, field)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return _pixels(_upright(data, limits, field, side), side)
    except Invalid:
        raise
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        raise Invalid(limits.unreadable, field=field) from None


def _upright(data: bytes, limits: Limits, field: str, side: int) -> Image.Image:
    image = Image.open(io.BytesIO(data), formats=limits.formats)
    width, height = image.size
    if width * height > limits.pixels:
        raise _too_large(limits, field)
    if min(width, height) < limits.side_at_least:
        raise Invalid(limits.too_small, field=field, pixels=limits.side_at_least)
    image.draft("RGB", (2 * side, 2 * side))
    return ImageOps.exif_transpose(image)


def _pixels(image: Image.Image, side: int) -> Image.Image:
    colours = image.convert("RGBA")
    colours.thumbnail((side, side))
    fresh = Image.new("RGB", colours.size, "white")
    fresh.paste(colours, mask=colours.getchannel("A"))
    return fresh


def _too_large(limits: Limits, field: str) -> Invalid:
    return Invalid(limits.too_large, field=field, megabytes=limits.megabytes)


def jpeg(image: Image.Image, quality: int = 85) -> bytes:
    """Return a picture as a file for photographs."""
    return _file(image, "JPEG", quality=quality)


def png(image: Image.Image) -> bytes:
    """Return a picture as a file for lines."""
    return _file(image, "PNG")


def _file(image: Image.Image, kind: str, **more: int) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, optimize=True, **more)
    return out.getvalue()
