"""Signatures and signed papers: whatever arrives leaves as a small clean picture."""

import io
import warnings
from datetime import datetime
from hashlib import sha256
from typing import Final

from PIL import Image, ImageOps

from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Invalid
from darbaza.parcels import events
from darbaza.parcels.models import Bag, Picture, Step

FORMATS: Final = ("JPEG", "PNG", "WEBP")
BYTES_AT_MOST: Final = 12 * 1024 * 1024
PIXELS_AT_MOST: Final = 40_000_000
SIDE_AT_MOST: Final = {"signature": 600, "paper": 1600}
SIDE_AT_LEAST: Final = 20
INK: Final = 40
"""How much darker than its paper a signature must be somewhere."""


def keep(
    bag: Bag, step: Step, kind: Picture.Kind, data: bytes, *, by: Actor, at: datetime
) -> Picture:
    """Keep a signature or a signed paper with a step; the same picture again is one.

    A paper that many signed lies with each of their bags, so that a bag's proof never
    depends on another bag.

    Raises:
        Invalid: Too large, no picture, of another format, or nothing is drawn on it.
    """
    image = clean(data, kind)
    digest = sha256(image).hexdigest()
    row, new = Picture.objects.get_or_create(
        institution_id=bag.institution_id, digest=digest, source=f"{kind} {bag.label}",
        defaults={
            "bag": bag, "step": step, "kind": kind, "image": image, "taken_at": at,
            "taken_by": by.name,
        },
    )  # fmt: skip
    if new:
        audit.record(
            events.PICTURE_ADDED, target=("bag", str(bag.pk)), by=by, at=at,
            sending=str(bag.sending_id or ""), kind=kind, digest=digest,
        )  # fmt: skip
    return row


def clean(data: bytes, kind: str) -> bytes:
    """Return the picture in grey with nothing but its pixels.

    The size is read from the header and checked before a single pixel is decoded.

    Raises:
        Invalid: See ``keep``.
    """
    if len(data) > BYTES_AT_MOST:
        raise Invalid("signature_too_large", field=kind, megabytes=12)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return _encoded(_decoded(data, kind), kind)
    except Invalid:
        raise
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        raise Invalid("signature_no_picture", field=kind) from None


def _decoded(data: bytes, kind: str) -> Image.Image:
    found = Image.open(io.BytesIO(data), formats=FORMATS)
    if found.width * found.height > PIXELS_AT_MOST:
        raise Invalid("signature_too_large", field=kind, megabytes=12)
    if min(found.size) < SIDE_AT_LEAST:
        raise Invalid("signature_no_picture", field=kind)
    upright = ImageOps.exif_transpose(found)
    # Ink on glass arrives without paper behind it.
    sheet = Image.new("RGBA", upright.size, "white")
    sheet.alpha_composite(upright.convert("RGBA"))
    grey = sheet.convert("L")
    shades = [shade for shade, count in enumerate(grey.histogram()) if count]
    if shades[-1] - shades[0] < INK:
        raise Invalid("signature_empty", field=kind)
    return grey


def _encoded(image: Image.Image, kind: str) -> bytes:
    side = SIDE_AT_MOST[kind]
    image.thumbnail((side, side))
    out = io.BytesIO()
    if kind == Picture.Kind.SIGNATURE:
        image.save(out, "PNG", optimize=True)
    else:
        image.save(out, "JPEG", quality=60, optimize=True)
    return out.getvalue()
