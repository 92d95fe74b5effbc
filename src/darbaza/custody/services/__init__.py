"""Everything that changes a prisoner's file, contacts, restrictions and permits."""

from darbaza.custody.services.admission import admit, release, transfer
from darbaza.custody.services.changes import (
    change_conditions,
    change_legal_status,
    change_regime,
    correct,
    place,
)
from darbaza.custody.services.contacts import (
    approve_contact,
    end_contact,
    propose_contact,
    refuse_contact,
)
from darbaza.custody.services.keeping_apart import end_keep_apart, keep_apart
from darbaza.custody.services.many import admit_many, withdraw_many
from darbaza.custody.services.permits import permit, revoke_permit
from darbaza.custody.services.reading import note_reading
from darbaza.custody.services.restrictions import lift_restriction, restrict
from darbaza.custody.services.separations import end_separation, separate

__all__ = [
    "admit",
    "admit_many",
    "approve_contact",
    "change_conditions",
    "change_legal_status",
    "change_regime",
    "correct",
    "end_contact",
    "end_keep_apart",
    "end_separation",
    "keep_apart",
    "lift_restriction",
    "note_reading",
    "permit",
    "place",
    "propose_contact",
    "refuse_contact",
    "release",
    "restrict",
    "revoke_permit",
    "separate",
    "transfer",
    "withdraw_many",
]
