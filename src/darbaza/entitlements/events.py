"""What the record says about rules and allowances."""

from darbaza.audit.types import Erasure, EventType

GRANTED = EventType("allowance.granted", Erasure.UNLINK)
USED = EventType("allowance.used", Erasure.UNLINK)
RETURNED = EventType("allowance.returned", Erasure.UNLINK)
CORRECTED = EventType("allowance.corrected", Erasure.UNLINK)
EXTRA_GIVEN = EventType("allowance.extra_given", Erasure.UNLINK)
RULE_ADDED = EventType("rule.added")
RULE_VERIFIED = EventType("rule.verified")
RULE_SECOND_LOOK = EventType("rule.verified_again")
RULE_ENDED = EventType("rule.ended")
REFERENCE_LOADED = EventType("rule.reference_loaded")
