"""Whoever measures the waits hears when a search or an inspection begins.

The queue at the entrance stands above this room; it says at the start of the program
that it wants to hear, as ``sites`` does for ``accounts``.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from darbaza.accounts.types import Actor


class Listener(Protocol):
    """Who hears of it, in the transaction of the search itself."""

    def __call__(
        self,
        *,
        person_id: UUID | None,
        sending_id: UUID | None,
        by: Actor,
        at: datetime,
    ) -> None: ...


_listeners: list[Callable[..., None]] = []


def tell_of_searches(listener: Listener) -> None:
    """Let the room above hear of every search and inspection from now on."""
    _listeners[:] = [listener]


def tell(
    by: Actor,
    at: datetime,
    *,
    person_id: UUID | None = None,
    sending_id: UUID | None = None,
) -> None:
    """Say that somebody is searched, or that a sending is looked into."""
    if person_id is None and sending_id is None:
        return
    for listener in _listeners:
        listener(person_id=person_id, sending_id=sending_id, by=by, at=at)
