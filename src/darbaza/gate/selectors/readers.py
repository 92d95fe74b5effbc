"""Which readers a post has, and how they are."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from darbaza.accounts import selectors as accounts
from darbaza.accounts.permissions import Permission, Role, requires
from darbaza.accounts.types import Actor
from darbaza.gate.arrivals import AgentState
from darbaza.gate.tray import TRAYS
from darbaza.kernel.errors import NotFound
from darbaza.sites import selectors as sites


@dataclass(frozen=True, slots=True)
class Readers:
    """The readers of one post."""

    post: Any
    agent: AgentState | None = None
    """What its agent said last; None where none runs."""
    tokens: tuple[Any, ...] = ()
    """Open tokens of agents at this post, for those who manage devices."""


@requires(Permission.READER_USE)
def readers(post_id: UUID, *, by: Actor, at: datetime) -> Readers:
    """Return the readers of a post.

    Raises:
        NotFound: Not a post of this institution.
    """
    post = sites.post(post_id, by=by)
    if post.institution_id != by.institution_id:
        raise NotFound("post")
    state = TRAYS.state((by.institution_id, post_id), at)
    return Readers(post, state, _tokens(post_id, by))


@requires(Permission.READER_USE)
def pictures_wait(post_id: UUID, *, by: Actor, at: datetime) -> bool:
    """Say whether an agent brought a picture to this post."""
    place = (by.institution_id, post_id)
    return TRAYS.holds(place, lambda scan: scan.reading is not None, at)


def _tokens(post_id: UUID, by: Actor) -> tuple[Any, ...]:
    if not by.may(Permission.DEVICE_MANAGE):
        return ()
    rows = accounts.tokens(by=by).filter(
        role=Role.AGENT, post_id=post_id, revoked_at=None
    )
    return tuple(rows)
