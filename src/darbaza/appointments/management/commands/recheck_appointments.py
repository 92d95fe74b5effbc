"""``darbaza recheck-appointments``: decide everything that is booked again, now."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from tqdm import tqdm

from darbaza.appointments import rounds, services


class Command(BaseCommand):
    """Harmless to repeat, also beside a running server."""

    help = "Decide all that is booked again; each hit becomes a second look for staff."

    def handle(self, **_options: Any) -> None:
        """Walk through the days of each prison, and say how much was found."""
        for by in rounds.everywhere():
            services.follow(by=by, at=timezone.now())
            walk = services.begin(by=by, at=timezone.now())
            with tqdm(total=walk.total, unit="day", disable=None) as bar:
                while services.step(walk.pk, by=by, at=timezone.now()):
                    bar.update()
            walk.refresh_from_db()
            self.stdout.write(f"{walk.institution.code}: {walk.found} new second looks")
