"""Event types: declared once by the room that records them."""

from dataclasses import dataclass
from enum import StrEnum


class Erasure(StrEnum):
    """What happens to an event's facts when a person's data must be erased."""

    KEEP = "keep"
    """Facts hold codes and figures only; nothing to erase."""
    UNLINK = "unlink"
    """Facts name a person by id only; the person's row is erased, the event stays."""


@dataclass(frozen=True, slots=True)
class EventType:
    """One kind of event: a dotted code that is never renamed, and its erasure rule."""

    code: str
    erasure: Erasure = Erasure.KEEP

    def __post_init__(self) -> None:
        REGISTRY[self.code] = self


REGISTRY: dict[str, EventType] = {}


@dataclass(frozen=True, slots=True)
class Link:
    """The newest link of a chain: its number (0: none yet) and its 32-byte hash."""

    seq: int
    hash: bytes


START = Link(0, bytes(32))

Anchor = Link
"""A head that was printed or copied elsewhere, so that a cut tail shows."""


@dataclass(frozen=True, slots=True)
class Breach:
    """The first place where a chain does not hold."""

    institution_id: str
    seq: int
    problem: str
    """Which way it is broken.

    ``gap``: a number is missing. ``hash``: the content does not fit. ``tail``: the
    chain ends before a head that was printed. ``anchor``: that head is another one.
    """
