"""What the audit record says about visits."""

from darbaza.audit.types import Erasure, EventType

REGISTERED = EventType("visit.registered", Erasure.UNLINK)
BOOKED = EventType("visit.booked", Erasure.UNLINK)
ARRIVED = EventType("visit.arrived", Erasure.UNLINK)
REFUSED = EventType("visit.refused", Erasure.UNLINK)
ADMITTED = EventType("visit.admitted", Erasure.UNLINK)
LET_OUT = EventType("visit.let_out", Erasure.UNLINK)
NOT_ADMITTED = EventType("visit.not_admitted", Erasure.UNLINK)
