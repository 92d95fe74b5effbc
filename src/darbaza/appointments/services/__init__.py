"""What may be done with appointments: by staff here, by families in ``family``."""

from darbaza.appointments.services import family
from darbaza.appointments.services.codes import give_code, revoke_code
from darbaza.appointments.services.following import follow
from darbaza.appointments.services.keeping import come, erase_old, miss, offer_free
from darbaza.appointments.services.outbox import (
    Round,
    note_printed,
    send_due,
    send_test,
    tell,
    try_again,
)
from darbaza.appointments.services.planning import add_hand_in, adopt, end_hand_in
from darbaza.appointments.services.rechecks import begin, begin_if_due, step
from darbaza.appointments.services.reviewing import (
    cancel_reviewed,
    keep_reviewed,
    move_reviewed,
)
from darbaza.appointments.services.serving import (
    answer_ask,
    book_for,
    cancel,
    look_up,
    move,
    offers_for,
    served,
)

__all__ = [
    "Round",
    "add_hand_in",
    "adopt",
    "answer_ask",
    "begin",
    "begin_if_due",
    "book_for",
    "cancel",
    "cancel_reviewed",
    "come",
    "end_hand_in",
    "erase_old",
    "family",
    "follow",
    "give_code",
    "keep_reviewed",
    "look_up",
    "miss",
    "move",
    "move_reviewed",
    "note_printed",
    "offer_free",
    "offers_for",
    "revoke_code",
    "send_due",
    "send_test",
    "served",
    "step",
    "tell",
    "try_again",
]
