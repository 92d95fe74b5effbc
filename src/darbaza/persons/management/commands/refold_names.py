"""``darbaza refold-names``: sound keys of names anew, after an update says so."""

from typing import Any

from django.core.management.base import BaseCommand

from darbaza.accounts.types import system
from darbaza.persons import services


class Command(BaseCommand):
    """Harmless to repeat."""

    help = "Write the sound keys of every name anew; names themselves stay."

    def handle(self, **_options: Any) -> None:
        """Refold, and say how many changed."""
        changed = services.refold(by=system("darbaza refold-names"))
        self.stdout.write(f"{changed} names have other keys now")
