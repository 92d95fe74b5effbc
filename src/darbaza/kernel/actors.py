"""Who does something, as far as the lowest rooms need to know."""

from typing import Protocol
from uuid import UUID


class Author(Protocol):
    """What the audit record needs of an actor (see ``accounts.types.Actor``)."""

    @property
    def id(self) -> UUID: ...

    @property
    def name(self) -> str: ...

    @property
    def institution_id(self) -> UUID: ...
