"""All writing to sendings, bags, goods and findings: one use case a function."""

from darbaza.parcels.services.bags import give_back, move, split
from darbaza.parcels.services.catalogue import learn_barcode, load_catalogue
from darbaza.parcels.services.changes import cancel, note_printed
from darbaza.parcels.services.registration import HEAVIEST_G, decide, register

__all__ = [
    "HEAVIEST_G",
    "cancel",
    "decide",
    "give_back",
    "learn_barcode",
    "load_catalogue",
    "move",
    "note_printed",
    "register",
    "split",
]
