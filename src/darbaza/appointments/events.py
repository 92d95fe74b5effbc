"""What the audit record calls what happens with appointments."""

from darbaza.audit.types import Erasure, EventType

PLAN_ADOPTED = EventType("appointment.plan_adopted")
HOURS_ADDED = EventType("appointment.hours_added")
HOURS_ENDED = EventType("appointment.hours_ended")
CODE_GIVEN = EventType("appointment.code_given", Erasure.UNLINK)
CODE_REVOKED = EventType("appointment.code_revoked", Erasure.UNLINK)
BOOKED = EventType("appointment.booked", Erasure.UNLINK)
MOVED = EventType("appointment.moved", Erasure.UNLINK)
CANCELLED = EventType("appointment.cancelled", Erasure.UNLINK)
COME = EventType("appointment.come", Erasure.UNLINK)
MISSED = EventType("appointment.missed", Erasure.UNLINK)
WAITS = EventType("appointment.waits", Erasure.UNLINK)
OFFERED = EventType("appointment.offered", Erasure.UNLINK)
ASK_ANSWERED = EventType("appointment.ask_answered", Erasure.UNLINK)
LOOKED_UP = EventType("appointment.looked_up", Erasure.UNLINK)
MESSAGE_SENT = EventType("appointment.message_sent", Erasure.UNLINK)
REVIEW_OPENED = EventType("appointment.review_opened", Erasure.UNLINK)
REVIEW_CLOSED = EventType("appointment.review_closed", Erasure.UNLINK)
ERASED = EventType("appointment.erased")
