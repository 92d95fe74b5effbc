"""All writing to sendings, bags, goods and findings: one use case a function."""

from darbaza.parcels.chain import Where
from darbaza.parcels.delivery import Missed
from darbaza.parcels.services.bags import Move, give_back, move, split
from darbaza.parcels.services.catalogue import learn_barcode, load_catalogue
from darbaza.parcels.services.changes import cancel, note_printed
from darbaza.parcels.services.correcting import correct, decide_correction
from darbaza.parcels.services.delivering import (
    Receipt,
    add_paper,
    deliver,
    hand_back,
    miss,
    send_on,
    take_out,
)
from darbaza.parcels.services.findings import (
    FOUND_IN,
    FindingDraft,
    find_in_bag,
    find_on_person,
    note_protocol_printed,
    withdraw,
)
from darbaza.parcels.services.goods import (
    add_item,
    change_item,
    close_bundle,
    close_item,
    correct_barcode,
    save_bundle,
)
from darbaza.parcels.services.inspecting import Look, hand_on, inspect
from darbaza.parcels.services.labels import note_exported, note_label_printed
from darbaza.parcels.services.pictures import Upload, add_picture, import_xray
from darbaza.parcels.services.registration import (
    decide,
    register,
)
from darbaza.parcels.services.releasing import release, undo_seizure
from darbaza.parcels.services.searching import SearchDraft, search
from darbaza.parcels.services.suspensions import Order, end_suspension, suspend

__all__ = [
    "FOUND_IN",
    "FindingDraft",
    "Look",
    "Missed",
    "Move",
    "Order",
    "Receipt",
    "SearchDraft",
    "Upload",
    "Where",
    "add_item",
    "add_paper",
    "add_picture",
    "cancel",
    "change_item",
    "close_bundle",
    "close_item",
    "correct",
    "correct_barcode",
    "decide",
    "decide_correction",
    "deliver",
    "end_suspension",
    "find_in_bag",
    "find_on_person",
    "give_back",
    "hand_back",
    "hand_on",
    "import_xray",
    "inspect",
    "learn_barcode",
    "load_catalogue",
    "miss",
    "move",
    "note_exported",
    "note_label_printed",
    "note_printed",
    "note_protocol_printed",
    "register",
    "release",
    "save_bundle",
    "search",
    "send_on",
    "split",
    "suspend",
    "take_out",
    "undo_seizure",
    "withdraw",
]
