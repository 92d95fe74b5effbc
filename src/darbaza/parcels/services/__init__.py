"""All writing to sendings, bags, goods and findings: one use case a function."""

from darbaza.parcels.chain import Where
from darbaza.parcels.delivery import Missed
from darbaza.parcels.services.bags import Move, move, split
from darbaza.parcels.services.catalogue import learn_barcode, load_catalogue
from darbaza.parcels.services.changes import cancel, note_printed
from darbaza.parcels.services.delivering import (
    Receipt,
    add_paper,
    deliver,
    give_back,
    miss,
    send_on,
    take_out,
)
from darbaza.parcels.services.registration import decide, register

__all__ = [
    "Missed",
    "Move",
    "Receipt",
    "Where",
    "add_paper",
    "cancel",
    "decide",
    "deliver",
    "give_back",
    "learn_barcode",
    "load_catalogue",
    "miss",
    "move",
    "note_printed",
    "register",
    "send_on",
    "split",
    "take_out",
]
