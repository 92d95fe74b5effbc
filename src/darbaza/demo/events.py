"""What the record says about the demonstration itself."""

from darbaza.audit.types import Erasure, EventType

BUILT = EventType("demonstration.built", Erasure.KEEP)
