"""Photographs: whatever arrives leaves as a small clean JPEG."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.pages import pictures
from darbaza.pages.pictures import Limits
from darbaza.persons import events
from darbaza.persons.models import Photo
from darbaza.persons.services import registration

LIMITS = Limits(
    too_large="photo_too_large",
    too_small="photo_too_small",
    unreadable="photo_unreadable",
    megabytes=12,
    pixels=40_000_000,
    side_at_least=48,
)
SIDE_AT_MOST = 640


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

    Raises:
        Invalid: See ``store_photo``.
    """
    image = pictures.on_white(data, LIMITS, field="photo", side=SIDE_AT_MOST)
    return pictures.jpeg(image)
