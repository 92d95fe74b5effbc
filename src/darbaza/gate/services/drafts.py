"""Half done work on a desk: kept on the server, so that no cut destroys it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.gate.models import Draft
from darbaza.kernel import ids
from darbaza.kernel.db import PreparedObjects
from darbaza.kernel.errors import Conflict, NotFound


@requires(Permission.GATE_DESK)
def open_draft(*, post_id: UUID | None, by: Actor, at: datetime) -> Draft:
    """Return the officer's open draft, or make an empty one.

    Nearly always there is one: looking takes no lock, making one looks again.
    """
    return _newest(by) or _new(post_id, by, at)


@transaction.atomic
def _new(post_id: UUID | None, by: Actor, at: datetime) -> Draft:
    return _newest(by) or Draft.objects.create(
        institution_id=by.institution_id,
        user_id=by.id,
        post_id=post_id,
        request_id=ids.new_id(),
        opened_at=at,
        changed_at=at,
    )


@requires(Permission.GATE_DESK)
@transaction.atomic
def keep_draft(
    draft_id: UUID, state: dict[str, Any], *, by: Actor, at: datetime
) -> Draft:
    """Store what is known so far.

    Raises:
        NotFound: Not a draft of this officer at this institution.
        Conflict: The draft is done; its registration stands.
    """
    draft = _own(draft_id, by)
    if draft.done_at:
        raise Conflict("draft_done")
    draft.state, draft.changed_at = state, at
    draft.save(update_fields=["state", "changed_at"])
    return draft


@requires(Permission.GATE_DESK)
@transaction.atomic
def close_draft(draft_id: UUID, *, by: Actor, at: datetime) -> None:
    """Mark a draft as done; again is harmless."""
    draft = _own(draft_id, by)
    if not draft.done_at:
        draft.done_at = draft.changed_at = at
        draft.save(update_fields=["done_at", "changed_at"])


def _newest(by: Actor) -> Draft | None:
    return _open.one(user=by.id, here=by.institution_id)


_open = PreparedObjects(
    lambda user, here: Draft.objects.filter(
        user_id=user, institution_id=here, done_at=None
    ).order_by("-changed_at")[:1]
)


def _own(draft_id: UUID, by: Actor) -> Draft:
    rows = Draft.objects.filter(user_id=by.id, institution_id=by.institution_id)
    draft = rows.filter(pk=draft_id).first()
    if draft is None:
        raise NotFound
    return draft
