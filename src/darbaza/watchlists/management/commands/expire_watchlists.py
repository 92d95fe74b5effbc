"""``darbaza expire-watchlists``: erase what is past its day. Run it every night."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from darbaza.accounts.types import system
from darbaza.watchlists import services


class Command(BaseCommand):
    """Harmless to repeat."""

    help = "Erase watch-lists past their day, and entries that left a year ago."

    def handle(self, **_options: Any) -> None:
        """Erase, and say how much."""
        by = system("darbaza expire-watchlists")
        lists, entries = services.expire(by=by, at=timezone.now())
        self.stdout.write(f"{lists} lists and {entries} further entries erased")
