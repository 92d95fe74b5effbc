"""``darbaza send-messages``: send what is due. The server does it by itself."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from darbaza.appointments import rounds


class Command(BaseCommand):
    """Harmless to repeat, also beside a running server."""

    help = "Send the texts to families that are due, by the way that is set."

    def handle(self, **_options: Any) -> None:
        """Send at each prison, and say how many."""
        if settings.DARBAZA_MESSAGES is None:
            self.stdout.write("texts are printed here: nothing is sent")
            return
        done = [rounds.send(by) for by in rounds.everywhere()]
        sent, not_sent = sum(d.sent for d in done), sum(d.not_sent for d in done)
        self.stdout.write(f"{sent} texts sent, {not_sent} not sent this time")
