"""What readers and scales of a post bring, on its way to the page. No Django here."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from darbaza.persons.mrz.reading import Reading


@dataclass(frozen=True, slots=True)
class Brought:
    """What a reader of a post read, on its way from the local agent to the page."""

    id: UUID
    device: str
    source: str
    """wedge, serial, chip, folder or vendor."""
    at: datetime
    """When it was read, by the clock of the server."""
    text: str = ""
    complete: bool = True
    """False where the reader stopped in the middle of a frame."""
    reading: Reading | None = None
    """Of a picture; None for text."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a scale of a post said."""

    id: UUID
    device: str
    at: datetime
    grams: int = 0
    stable: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class DeviceState:
    """How one device of a local agent is doing."""

    name: str
    driver: str
    state: str
    """ready, waiting (not plugged in) or failed."""
    trouble: str = ""
    """A code, empty where all is well."""


@dataclass(frozen=True, slots=True)
class AgentState:
    """What the agent of a post said last."""

    devices: tuple[DeviceState, ...]
    heard_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """What an agent delivers: text, a picture, or both."""

    id: UUID
    device: str
    source: str
    text: str = ""
    image: bytes = b""
    complete: bool = True
    age_ms: int = 0
    """How long ago it was read: an agent's clock may be wrong, so no time is told."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a page gets from the tray of its post."""

    scans: tuple[Brought, ...] = ()
    pictures: int = 0
    """How many pictures wait besides."""
    weight: Weighed | None = None
    running: bool = False
    """Whether an agent runs at this post."""
