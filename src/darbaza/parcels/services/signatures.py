"""Signatures and signed papers: whatever arrives leaves as a small clean picture."""

from datetime import datetime
from hashlib import sha256
from typing import Final

from PIL import Image

from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Invalid
from darbaza.pages import pictures
from darbaza.pages.pictures import Limits
from darbaza.parcels import events
from darbaza.parcels.models import Bag, Picture, Step

LIMITS = Limits(
    too_large="signature_too_large",
    too_small="signature_no_picture",
    unreadable="signature_no_picture",
    megabytes=12,
    pixels=40_000_000,
    side_at_least=20,
)
SIDE_AT_MOST: Final = {"signature": 600, "paper": 1600}
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

    Raises:
        Invalid: See ``keep``.
    """
    # Thin ink would pale if it were looked for on the small picture only.
    largest = max(SIDE_AT_MOST.values())
    sheet = pictures.on_white(data, LIMITS, field=kind, side=largest).convert("L")
    if not _written_on(sheet):
        raise Invalid("signature_empty", field=kind)
    sheet.thumbnail((SIDE_AT_MOST[kind], SIDE_AT_MOST[kind]))
    if kind == Picture.Kind.SIGNATURE:
        return pictures.png(sheet)
    return pictures.jpeg(sheet, quality=60)


def _written_on(sheet: Image.Image) -> bool:
    shades = [shade for shade, count in enumerate(sheet.histogram()) if count]
    return shades[-1] - shades[0] >= INK
