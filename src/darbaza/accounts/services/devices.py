"""Tokens with which a device speaks to the API."""

from datetime import datetime
from secrets import token_urlsafe
from uuid import UUID

from django.db import transaction

from darbaza.accounts import actors, events, policies
from darbaza.accounts.models import DeviceToken
from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.services import users
from darbaza.accounts.types import Actor, DeviceDraft, OneTime
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict, Invalid, NotFound


@requires(Permission.DEVICE_MANAGE)
@transaction.atomic
def issue_token(draft: DeviceDraft, *, by: Actor, at: datetime) -> OneTime:
    """Give a device a token, shown once; only its hash is kept.

    ``draft.id`` is the request's own key: sent again, it does nothing.

    Raises:
        Conflict: A device here has that name, or the role or time may not be given.
        Invalid: The name is empty.
    """
    if DeviceToken.objects.filter(pk=draft.id).exists():
        return OneTime(draft.id, "")
    name = draft.name.strip()
    if not name:
        raise Invalid("name_missing", field="name")
    users.refuse(policies.may_carry(draft.role, draft.valid_for, draft.post_id))
    here = DeviceToken.objects.filter(institution_id=by.institution_id)
    if here.filter(name__iexact=name, revoked_at=None).exists():
        raise Conflict("device_name_taken", field="name")
    raw = f"dbz_{token_urlsafe(30)}"
    token = DeviceToken.objects.create(
        id=draft.id,
        institution_id=by.institution_id,
        name=name,
        role=draft.role.value,
        post_id=draft.post_id,
        token_hash=actors.token_hash(raw),
        created_at=at,
        created_by=by.name,
        expires_at=at + draft.valid_for,
    )
    audit.record(events.TOKEN_ISSUED, target=token, by=by, at=at, role=draft.role.value)
    return OneTime(token.id, raw)


@requires(Permission.DEVICE_MANAGE)
@transaction.atomic
def revoke_token(token_id: UUID, *, by: Actor, at: datetime) -> None:
    """Close a device's way in, at once. Revoked already: nothing.

    Raises:
        NotFound: No such device here.
    """
    rows = DeviceToken.objects.select_for_update()
    token = rows.filter(pk=token_id, institution_id=by.institution_id).first()
    if token is None:
        raise NotFound(kind="device")
    if token.revoked_at:
        return
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    audit.record(events.TOKEN_REVOKED, target=token, by=by, at=at)
