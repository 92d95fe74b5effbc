"""One text on its way."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A text, where it goes, and the id that stays the same however often it goes."""

    id: UUID
    to: str
    text: str
    subject: str = ""
    """Heading of an e-mail."""
