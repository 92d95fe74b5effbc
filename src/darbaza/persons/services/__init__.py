"""Everything that changes a person's record."""

from darbaza.persons.services.many import register_many
from darbaza.persons.services.merging import merge, undo_merge
from darbaza.persons.services.photos import store_photo
from darbaza.persons.services.reading import note_reading
from darbaza.persons.services.refolding import refold
from darbaza.persons.services.registration import (
    add_document,
    correct,
    give_notice,
    register,
)

__all__ = [
    "add_document",
    "correct",
    "give_notice",
    "merge",
    "note_reading",
    "refold",
    "register",
    "register_many",
    "store_photo",
    "undo_merge",
]
