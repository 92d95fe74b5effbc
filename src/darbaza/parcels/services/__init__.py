"""All writing to sendings, bags, goods and findings: one use case a function."""

from darbaza.parcels.chain import Where
from darbaza.parcels.services.bags import Move, give_back, move, split
from darbaza.parcels.services.catalogue import learn_barcode, load_catalogue
from darbaza.parcels.services.changes import cancel, note_printed
from darbaza.parcels.services.findings import (
    FOUND_IN,
    FindingDraft,
    find_in_bag,
    find_on_person,
    note_protocol_printed,
    withdraw,
)
from darbaza.parcels.services.inspecting import Look, hand_on, inspect
from darbaza.parcels.services.labels import note_exported, note_label_printed
from darbaza.parcels.services.pictures import Upload, add_picture, import_xray
from darbaza.parcels.services.registration import HEAVIEST_G, decide, register
from darbaza.parcels.services.searching import SearchDraft, search

__all__ = [
    "FOUND_IN",
    "HEAVIEST_G",
    "FindingDraft",
    "Look",
    "Move",
    "SearchDraft",
    "Upload",
    "Where",
    "add_picture",
    "cancel",
    "decide",
    "find_in_bag",
    "find_on_person",
    "give_back",
    "hand_on",
    "import_xray",
    "inspect",
    "learn_barcode",
    "load_catalogue",
    "move",
    "note_exported",
    "note_label_printed",
    "note_printed",
    "note_protocol_printed",
    "register",
    "search",
    "split",
    "withdraw",
]
