"""A text goes to a telephone or a mailbox, or the reason why not comes back.

No database here, and nothing in this package may be called inside a transaction: a
gateway that does not answer must never keep the write lock. Every wait has a limit.
"""

from darbaza.appointments.sending.ways import (
    Gateway,
    Mailbox,
    NotSentError,
    Outgoing,
    Way,
    send,
)

__all__ = ["Gateway", "Mailbox", "NotSentError", "Outgoing", "Way", "send"]
