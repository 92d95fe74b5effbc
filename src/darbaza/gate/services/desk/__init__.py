"""Each step of the officer at the desk; every one keeps the draft before it answers."""

from darbaza.gate.services.desk.ending import Ended, finish, undo
from darbaza.gate.services.desk.keeping import at_post, clear, park, resume
from darbaza.gate.services.desk.party import (
    drop,
    give_notice,
    lead,
    paper,
    photograph,
)
from darbaza.gate.services.desk.rank import (
    approve_contact,
    propose_contact,
    set_aside,
    take_back,
)
from darbaza.gate.services.desk.who import (
    ask_form,
    choose,
    delivered,
    frame,
    next_in_inbox,
    picture,
    scan,
    type_in,
    wants,
)
from darbaza.gate.services.desk.whom import details, forget_prisoner, take_booked, whom

__all__ = [
    "Ended",
    "approve_contact",
    "ask_form",
    "at_post",
    "choose",
    "clear",
    "delivered",
    "details",
    "drop",
    "finish",
    "forget_prisoner",
    "frame",
    "give_notice",
    "lead",
    "next_in_inbox",
    "paper",
    "park",
    "photograph",
    "picture",
    "propose_contact",
    "resume",
    "scan",
    "set_aside",
    "take_back",
    "take_booked",
    "type_in",
    "undo",
    "wants",
    "whom",
]
