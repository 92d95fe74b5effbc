"""Pictures of bags: whatever arrives leaves as a clean JPEG of at most 1600 x 1600."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict, NotFound
from darbaza.pages import pictures
from darbaza.pages.pictures import Limits
from darbaza.parcels import events
from darbaza.parcels.models import Bag, Picture
from darbaza.parcels.services import bags

LIMITS = Limits(
    too_large="picture_too_large",
    too_small="picture_too_small",
    unreadable="picture_unreadable_here",
    megabytes=20,
    pixels=50_000_000,
    side_at_least=16,
    formats=("JPEG", "PNG", "WEBP", "BMP"),
)
SIDE_AT_MOST = 1600


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

    Raises:
        Invalid: Too large, too small, no picture, or of another format.
    """
    image = pictures.on_white(upload.data, LIMITS, field="picture", side=SIDE_AT_MOST)
    digest = sha256(upload.data).hexdigest()
    return Clean(pictures.jpeg(image), digest, upload.source.strip()[:120], upload.kind)


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
