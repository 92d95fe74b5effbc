"""Pictures of bags: whatever arrives leaves as a clean JPEG of at most 1600 x 1600."""

import io
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from PIL import Image, ImageOps

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.parcels import events
from darbaza.parcels.models import Bag, Picture
from darbaza.parcels.services import bags

FORMATS: Final = ("JPEG", "PNG", "WEBP", "BMP")
BYTES_AT_MOST: Final = 20 * 1024 * 1024
PIXELS_AT_MOST: Final = 50_000_000
SIDE_AT_MOST: Final = 1600
SIDE_AT_LEAST: Final = 16


@dataclass(frozen=True, slots=True)
class Upload:
    """A picture as it arrived: its bytes and where it comes from."""

    data: bytes
    source: str = ""
    kind: str = "photo"


@dataclass(frozen=True, slots=True)
class Clean:
    """A picture that was taken apart and put together anew."""

    image: bytes
    digest: str
    source: str
    kind: str


def clean(upload: Upload) -> Clean:
    """Return a picture as JPEG with nothing but its pixels.

    The size is read from the header and checked before a single pixel is decoded.

    Raises:
        Invalid: Too large, too small, no picture, or of another format.
    """
    if len(upload.data) > BYTES_AT_MOST:
        raise Invalid("picture_too_large", field="picture", megabytes=20)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            image = _encoded(_decoded(upload.data))
    except Invalid:
        raise
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        raise Invalid("picture_unreadable_here", field="picture") from None
    digest = sha256(upload.data).hexdigest()
    return Clean(image, digest, upload.source.strip()[:120], upload.kind)


def _decoded(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data), formats=FORMATS)
    width, height = image.size
    if width * height > PIXELS_AT_MOST:
        raise Invalid("picture_too_large", field="picture", megabytes=20)
    if min(width, height) < SIDE_AT_LEAST:
        raise Invalid("picture_too_small", field="picture", pixels=SIDE_AT_LEAST)
    image.draft("RGB", (2 * SIDE_AT_MOST, 2 * SIDE_AT_MOST))
    return ImageOps.exif_transpose(image)


def _encoded(image: Image.Image) -> bytes:
    colours = image.convert("RGBA")
    colours.thumbnail((SIDE_AT_MOST, SIDE_AT_MOST))
    # A fresh picture carries no EXIF, no comment, no profile.
    fresh = Image.new("RGB", colours.size, "white")
    fresh.paste(colours, mask=colours.getchannel("A"))
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()


@requires(Permission.PARCEL_INSPECT)
def add_picture(bag_id: UUID, upload: Upload, *, by: Actor, at: datetime) -> Picture:
    """Add a picture to a bag; the same picture again is one row.

    Raises:
        NotFound: No such bag in the actor's institution.
        Invalid: See ``clean``.
        Conflict: The same picture belongs to another bag.
    """
    made = clean(upload)  # outside the transaction: decoding takes its time
    with transaction.atomic():
        bag = bags.locked(bag_id, by=by)
        return keep(bag, made, by=by, at=at)


def keep(bag: Bag, made: Clean, *, by: Actor, at: datetime, **more: Any) -> Picture:
    """Put a clean picture to a locked bag; ``more`` names a step or an inspection.

    Raises:
        Conflict: The same picture belongs to another bag.
    """
    same = {"institution_id": by.institution_id, "digest": made.digest}
    row = Picture.objects.filter(**same, source=made.source).first()
    if row and row.bag_id == bag.pk:
        return row
    if row and row.bag_id:
        raise Conflict("picture_of_another_bag")
    if row is None:
        row = Picture(**same, source=made.source, kind=made.kind, image=made.image)
        row.taken_at, row.taken_by = at, by.name
    return _put(row, bag, by=by, at=at, more=more)


def put_waiting(
    bag: Bag, keys: Iterable[UUID], *, by: Actor, at: datetime, **more: Any
) -> None:
    """Put pictures of the device to a locked bag.

    Raises:
        NotFound: One of them is not of this institution.
        Conflict: One of them belongs to another bag already.
    """
    wanted = set(keys)
    rows = Picture.objects.filter(pk__in=wanted, institution_id=by.institution_id)
    found = list(rows.order_by("id"))
    if len(found) != len(wanted):
        raise NotFound("picture")
    for row in found:
        if row.bag_id not in {None, bag.pk}:
            raise Conflict("picture_of_another_bag")
        if row.bag_id is None:
            _put(row, bag, by=by, at=at, more=more)


def _put(
    row: Picture, bag: Bag, *, by: Actor, at: datetime, more: dict[str, Any]
) -> Picture:
    row.bag = bag
    for name, value in more.items():
        setattr(row, name, value)
    row.save()
    audit.record(
        events.PICTURE_ADDED, target=("bag", str(bag.pk)), by=by, at=at,
        picture=str(row.pk), kind=row.kind, digest=row.digest,
    )  # fmt: skip
    return row


@requires(Permission.PARCEL_INSPECT)
def import_xray(upload: Upload, *, taken_at: datetime, by: Actor) -> Picture | None:
    """Keep a picture from the device's folder until a bag claims it; None: known.

    Raises:
        Invalid: See ``clean``.
    """
    digest = sha256(upload.data).hexdigest()
    same = {"institution_id": by.institution_id, "digest": digest}
    if Picture.objects.filter(**same).exists():
        return None
    made = clean(upload)
    with transaction.atomic():
        audit.lock(by.institution_id)
        if Picture.objects.filter(**same).exists():
            return None
        return Picture.objects.create(
            **same, source=made.source, kind=Picture.Kind.XRAY, image=made.image,
            taken_at=taken_at, taken_by=by.name,
        )  # fmt: skip
