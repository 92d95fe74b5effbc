"""Photographs: whatever arrives leaves as a small clean JPEG."""

import io
import warnings
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.db import transaction
from PIL import Image, ImageOps

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Invalid
from darbaza.persons import events
from darbaza.persons.models import Photo
from darbaza.persons.services import registration

FORMATS: Final = ("JPEG", "PNG", "WEBP")
BYTES_AT_MOST: Final = 12 * 1024 * 1024
PIXELS_AT_MOST: Final = 40_000_000
SIDE_AT_MOST: Final = 640
SIDE_AT_LEAST: Final = 48


@requires(Permission.PERSON_REGISTER)
@transaction.atomic
def store_photo(person_id: UUID, data: bytes, *, by: Actor, at: datetime) -> Photo:
    """Keep a photograph and show it from now on; the same picture again is one row.

    Args:
        person_id: Whose face it is.
        data: JPEG, PNG or WebP, at most 12 MiB and 40 million pixels.
        by: Who took it.
        at: When it was taken.

    Raises:
        NotFound: There is no such person.
        Invalid: Too large, too small, no picture, or of another format.
    """
    person = registration.locked(person_id)
    image = clean(data)
    digest = sha256(image).hexdigest()
    photo = Photo.objects.filter(person=person, digest=digest).first()
    if photo is None:
        photo = Photo.objects.create(
            institution_id=by.institution_id,
            person=person,
            image=image,
            digest=digest,
            taken_at=at,
            taken_by=by.name,
        )
    if person.photo_id != photo.pk:
        person.photo = photo
        person.save(update_fields=["photo"])
        facts = {"person_id": person.pk, "digest": digest}
        audit.record(events.PHOTO_STORED, target=photo, by=by, at=at, **facts)
    return photo


def clean(data: bytes) -> bytes:
    """Return the picture as JPEG of at most 640 x 640 with nothing but its pixels.

    The size is read from the header and checked before a single pixel is decoded.

    Raises:
        Invalid: See ``store_photo``.
    """
    if len(data) > BYTES_AT_MOST:
        raise Invalid("photo_too_large", field="photo", megabytes=12)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return _encoded(_decoded(data))
    except Invalid:
        raise
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        raise Invalid("photo_unreadable", field="photo") from None


def _decoded(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data), formats=FORMATS)
    width, height = image.size
    if width * height > PIXELS_AT_MOST:
        raise Invalid("photo_too_large", field="photo", megabytes=12)
    if min(width, height) < SIDE_AT_LEAST:
        raise Invalid("photo_too_small", field="photo", pixels=SIDE_AT_LEAST)
    image.draft("RGB", (2 * SIDE_AT_MOST, 2 * SIDE_AT_MOST))
    return ImageOps.exif_transpose(image)


def _encoded(image: Image.Image) -> bytes:
    colours = image.convert("RGBA")
    colours.thumbnail((SIDE_AT_MOST, SIDE_AT_MOST))
    # A fresh picture carries no EXIF, no comment, no profile; white behind glass.
    fresh = Image.new("RGB", colours.size, "white")
    fresh.paste(colours, mask=colours.getchannel("A"))
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()
