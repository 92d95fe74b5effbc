"""All writing to sendings, bags, goods and findings: one use case a function."""

from darbaza.parcels.chain import Where
from darbaza.parcels.delivery import Missed
from darbaza.parcels.services.bags import Move, give_back, move, split
from darbaza.parcels.services.catalogue import learn_barcode, load_catalogue
from darbaza.parcels.services.changes import cancel, note_printed
from darbaza.parcels.services.delivering import (
    Receipt,
    add_paper,
    deliver,
    hand_back,
    miss,
    send_on,
    take_out,
)
from darbaza.parcels.services.goods import (
    add_item,
    change_item,
    close_bundle,
    close_item,
    correct_barcode,
    save_bundle,
)
from darbaza.parcels.services.registration import HEAVIEST_G, decide, register
from darbaza.parcels.services.suspensions import Order, end_suspension, suspend

__all__ = [
    "HEAVIEST_G",
    "Missed",
    "Move",
    "Order",
    "Receipt",
    "Where",
    "add_item",
    "add_paper",
    "cancel",
    "change_item",
    "close_bundle",
    "close_item",
    "correct_barcode",
    "decide",
    "deliver",
    "end_suspension",
    "give_back",
    "hand_back",
    "learn_barcode",
    "load_catalogue",
    "miss",
    "move",
    "note_printed",
    "register",
    "save_bundle",
    "send_on",
    "split",
    "suspend",
    "take_out",
]
