"""What the audit record says about the gate."""

from darbaza.audit.types import Erasure, EventType

PASSES_ISSUED = EventType("gate.passes_issued", Erasure.UNLINK)
PASS_PRINTED = EventType("gate.pass_printed", Erasure.UNLINK)
PASS_LOST = EventType("gate.pass_lost", Erasure.UNLINK)
CODE_REFUSED = EventType("gate.code_refused", Erasure.KEEP)
SHIFT_REPORTED = EventType("gate.shift_reported", Erasure.KEEP)
EVACUATION_LISTED = EventType("gate.evacuation_listed", Erasure.KEEP)
SET_ASIDE = EventType("gate.ground_set_aside", Erasure.KEEP)
OTHER_PERSON = EventType("gate.other_person", Erasure.UNLINK)
LEFT_WITHOUT_PASS = EventType("gate.left_without_pass", Erasure.UNLINK)
