"""Codes with which families book: made, shown once, revoked."""

from datetime import datetime, timedelta
from hashlib import sha256
from hmac import new as hmac
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.appointments import events, selectors
from darbaza.appointments.models import Access
from darbaza.appointments.types import Contact, Given
from darbaza.audit import services as audit
from darbaza.custody import selectors as custody
from darbaza.kernel import ids
from darbaza.kernel.errors import Conflict

LENGTH = 12
"""Of five bits each: sixty, out of reach of guessing through a rate limit."""
VALID = timedelta(days=365)
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


@requires(Permission.CODE_GIVE)
@transaction.atomic
def give_code(
    prisoner_id: UUID,
    person_id: UUID,
    contact: Contact,
    *,
    channel: str = "entrance",
    by: Actor,
    at: datetime,
) -> Given:
    """Make a code for an approved contact; an older one of the same two ends.

    Raises:
        NotFound: No such prisoner for this actor.
        Conflict: ``code_for_contacts``: not an approved contact.
    """
    prisoner = custody.prisoner(prisoner_id, by=by)
    known = custody.contact(prisoner_id, person_id, by=by)
    here = prisoner.institution_id == by.institution_id
    if not here or known is None or known.status != "approved":
        raise Conflict("code_for_contacts")
    audit.lock(by.institution_id)
    Access.objects.filter(
        prisoner_id=prisoner_id, person_id=person_id, revoked_at=None
    ).update(revoked_at=at)
    code = ids.random_code(LENGTH)
    row = Access.objects.create(
        institution_id=by.institution_id,
        prisoner_id=prisoner_id,
        person_id=person_id,
        code_key=key_of(code),
        channel=channel,
        phone=contact.phone[:40],
        email=contact.email[:120],
        language=contact.language,
        given_at=at,
        given_by=by.name,
        valid_to=timezone.localdate(at) + VALID,
    )
    audit.record(events.CODE_GIVEN, target=("access", str(row.pk)), by=by, at=at)
    return Given(row.pk, code)


@requires(Permission.CODE_GIVE)
@transaction.atomic
def revoke_code(access_id: UUID, *, by: Actor, at: datetime) -> Access:
    """End a code at once; appointments made with it stay.

    Raises:
        NotFound: Not of the actor's institution.
    """
    row = selectors.access_of(access_id, by=by)
    if row.revoked_at is None:
        row.revoked_at = at
        row.save(update_fields=["revoked_at"])
        audit.record(events.CODE_REVOKED, target=("access", str(row.pk)), by=by, at=at)
    return row


def key_of(code: str) -> str:
    """Return the fingerprint of a code as typed: spaces, case, look-alikes aside."""
    bare = "".join(c for c in code.upper()[:64] if c.isalnum()).translate(_ALIKE)
    secret = settings.SECRET_KEY.encode()
    return hmac(secret, f"family code {bare}".encode(), sha256).hexdigest()
