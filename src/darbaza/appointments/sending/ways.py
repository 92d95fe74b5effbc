"""The ways a text can go. Without one, texts are printed and read out by telephone."""

from darbaza.appointments.sending.faults import NotSentError
from darbaza.appointments.sending.gateway import Gateway
from darbaza.appointments.sending.mailbox import Mailbox
from darbaza.appointments.sending.outgoing import Outgoing

Way = Gateway | Mailbox

__all__ = ["Gateway", "Mailbox", "NotSentError", "Outgoing", "Way", "send"]


def send(way: Way, what: Outgoing) -> NotSentError | None:
    """Send one text; return None once it was taken, else why it was not."""
    try:
        way.send(what)
    except NotSentError as error:
        return error
    return None
