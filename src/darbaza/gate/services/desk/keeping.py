"""The drafts of an officer: the one in hand, those put aside, and their state."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.gate import states
from darbaza.gate.models import Draft
from darbaza.gate.services import stamps
from darbaza.gate.states import State
from darbaza.kernel import ids
from darbaza.kernel.db import PreparedObjects
from darbaza.kernel.errors import Conflict, NotFound
from darbaza.sites import selectors as sites

_locked = PreparedObjects(
    lambda key, user_id, here: Draft.objects.select_for_update().filter(
        pk=key, user_id=user_id, institution_id=here
    )
)


@contextmanager
def kept(draft_id: UUID, *, by: Actor, at: datetime) -> Iterator[State]:
    """Hand out the state of a draft for one step and keep what became of it.

    All or nothing: a step that raises leaves the draft as it was.

    Raises:
        NotFound: Not a draft of this officer at this institution.
        Conflict: The draft is done; its registration stands.
    """
    with transaction.atomic():
        draft = locked(draft_id, by=by)
        if draft.done_at:
            raise Conflict("draft_done")
        state = states.load(draft.state)
        nobody = not state.people
        yield state
        draft.state, draft.changed_at = state.plain(), at
        draft.save(update_fields=["state", "changed_at"])
        if nobody and state.people:
            stamps.accepted(draft, by=by, at=at)


def locked(draft_id: UUID, *, by: Actor) -> Draft:
    """Return one draft of the officer, locked.

    Raises:
        NotFound: Not of this officer at this institution.
    """
    draft = _locked.one(key=draft_id, user_id=by.id, here=by.institution_id)
    if draft is None:
        raise NotFound("draft")
    return draft


def empty_one(besides: Draft, *, by: Actor, at: datetime) -> Draft:
    """Take an empty draft in hand: one that is there, or a new one."""
    rows = Draft.objects.filter(
        user_id=by.id, institution_id=by.institution_id, done_at=None
    ).exclude(pk=besides.pk)
    spare = next((d for d in rows if states.load(d.state).empty), None)
    if spare is None:
        return Draft.objects.create(
            institution_id=by.institution_id,
            user_id=by.id,
            post_id=besides.post_id,
            request_id=ids.new_id(),
            opened_at=at,
            changed_at=_newest(by, at),
        )
    spare.changed_at = _newest(by, at)
    spare.save(update_fields=["changed_at"])
    return spare


@requires(Permission.GATE_DESK)
@transaction.atomic
def park(draft_id: UUID, *, by: Actor, at: datetime) -> Draft:
    """Put a draft aside and return an empty one; nothing of the first is lost."""
    return empty_one(locked(draft_id, by=by), by=by, at=at)


@requires(Permission.GATE_DESK)
@transaction.atomic
def resume(draft_id: UUID, *, by: Actor, at: datetime) -> Draft:
    """Take a draft up again.

    Raises:
        NotFound: Not a draft of this officer.
        Conflict: It is done.
    """
    draft = locked(draft_id, by=by)
    if draft.done_at:
        raise Conflict("draft_done")
    draft.changed_at = _newest(by, at)
    draft.save(update_fields=["changed_at"])
    return draft


def _newest(by: Actor, at: datetime) -> datetime:
    """Return a moment after every change of the officer's drafts: it is in hand."""
    rows = Draft.objects.filter(user_id=by.id, institution_id=by.institution_id)
    last = rows.aggregate(last=Max("changed_at"))["last"]
    return max(at, last + timedelta(microseconds=1)) if last else at


@requires(Permission.GATE_DESK)
@transaction.atomic
def at_post(draft_id: UUID, post_id: UUID | None, *, by: Actor, at: datetime) -> Any:
    """Move a draft to the window where its officer sits now; return the window.

    Raises:
        NotFound: Not a window of this institution.
    """
    post = sites.post(post_id, by=by) if post_id else None
    if post is not None and post.institution_id != by.institution_id:
        raise NotFound("post")
    draft = locked(draft_id, by=by)
    draft.post_id, draft.changed_at = post.pk if post else None, at
    draft.save(update_fields=["post", "changed_at"])
    return post


@requires(Permission.GATE_DESK)
def clear(draft_id: UUID, *, by: Actor, at: datetime) -> None:
    """Empty a draft, on the officer's word; people put on record stay on record."""
    with kept(draft_id, by=by, at=at) as state:
        fresh = State(language=state.language)
        for name in State.__dataclass_fields__:
            setattr(state, name, getattr(fresh, name))
