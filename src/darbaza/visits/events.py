"""What the audit record says about visits."""

from darbaza.audit.types import Erasure, EventType

REGISTERED = EventType("visit.registered", Erasure.UNLINK)
BOOKED = EventType("visit.booked", Erasure.UNLINK)
ARRIVED = EventType("visit.arrived", Erasure.UNLINK)
REFUSED = EventType("visit.refused", Erasure.UNLINK)
ADMITTED = EventType("visit.admitted", Erasure.UNLINK)
LET_OUT = EventType("visit.let_out", Erasure.UNLINK)
NOT_ADMITTED = EventType("visit.not_admitted", Erasure.UNLINK)

# Changes
CANCELLED = EventType("visit.cancelled", Erasure.UNLINK)
CORRECTED = EventType("visit.corrected", Erasure.UNLINK)
MOVED = EventType("visit.moved", Erasure.UNLINK)
ENDED_EARLY = EventType("visit.ended_early", Erasure.UNLINK)
OUTCOME_SET = EventType("visit.outcome_set", Erasure.UNLINK)
NOTED = EventType("visit.noted", Erasure.UNLINK)
KEPT = EventType("visit.kept", Erasure.UNLINK)
MISSED = EventType("visit.missed", Erasure.UNLINK)
ENTERED_LATER = EventType("visit.entered_later", Erasure.UNLINK)

# Calling the prisoner
CALLED = EventType("visit.prisoner_called", Erasure.UNLINK)
BROUGHT = EventType("visit.prisoner_brought", Erasure.UNLINK)
NOT_BROUGHT = EventType("visit.prisoner_not_brought", Erasure.UNLINK)
RETURNED = EventType("visit.prisoner_returned", Erasure.UNLINK)

# Papers and complaints
REFUSAL_PRINTED = EventType("visit.refusal_printed", Erasure.UNLINK)
COMPLAINED = EventType("visit.complaint_received", Erasure.UNLINK)
ANSWERED = EventType("visit.complaint_answered", Erasure.UNLINK)

# Timetable
TEMPLATE_ADDED = EventType("timetable.template_added")
TEMPLATE_CHANGED = EventType("timetable.template_changed")
TEMPLATE_ENDED = EventType("timetable.template_ended")
CLOSED = EventType("timetable.closed")
REOPENED = EventType("timetable.reopened")
SESSION_ADDED = EventType("timetable.session_added")
SESSION_CANCELLED = EventType("timetable.session_cancelled")

# Lists that leave the house
EXPORTED = EventType("visit.list_exported")
