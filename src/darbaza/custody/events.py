"""What is written down about prisoners' files."""

from darbaza.audit.types import Erasure, EventType
from darbaza.custody.types import Step

STEPS = {
    step.value: EventType(f"prisoner.{step.value}", Erasure.UNLINK) for step in Step
}
PLACEMENT_WARNED = EventType("prisoner.placement_warned", Erasure.UNLINK)
CONTACT_PROPOSED = EventType("contact.proposed", Erasure.UNLINK)
CONTACT_APPROVED = EventType("contact.approved", Erasure.UNLINK)
CONTACT_REFUSED = EventType("contact.refused", Erasure.UNLINK)
CONTACT_ENDED = EventType("contact.ended", Erasure.UNLINK)
RESTRICTED = EventType("restriction.entered", Erasure.UNLINK)
RESTRICTION_LIFTED = EventType("restriction.lifted", Erasure.UNLINK)
KEPT_APART = EventType("keep_apart.entered", Erasure.UNLINK)
KEEP_APART_ENDED = EventType("keep_apart.ended", Erasure.UNLINK)
PERMITTED = EventType("permit.entered", Erasure.UNLINK)
PERMIT_REVOKED = EventType("permit.revoked", Erasure.UNLINK)
READ = EventType("prisoner.read", Erasure.UNLINK)
IMPORT_STARTED = EventType("import.started")
IMPORT_FINISHED = EventType("import.finished")
IMPORT_UNDONE = EventType("import.undone")
PASSWORDS_HANDED = EventType("import.passwords_handed", Erasure.UNLINK)
