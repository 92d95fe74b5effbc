"""Close visits whose time has passed and to which nobody came."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from tqdm import tqdm

from darbaza.accounts.types import system
from darbaza.visits import selectors, services
from darbaza.visits.models import Visit

NAME = "close-missed-visits"
GRACE = timedelta(minutes=30)


class Command(BaseCommand):
    """Acts under its own name at each institution that has open visits."""

    help = "Close booked and registered visits whose time passed and nobody came."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --dry-run: count only."""
        parser.add_argument("--dry-run", action="store_true", help="count only")

    def handle(self, *_args: Any, dry_run: bool, **_options: Any) -> None:
        """Find the visits of each institution and close one in one transaction."""
        now = timezone.now()
        places = Visit.objects.order_by().values_list("institution_id", flat=True)
        count = 0
        for institution_id in places.distinct():
            by = system(NAME, institution_id)
            missed = selectors.missed_visits(before=now - GRACE, by=by)
            keys = list(missed.values_list("pk", flat=True))
            for visit_id in tqdm(keys, unit="visit", disable=None):
                count += dry_run or services.close_missed(visit_id, by=by, at=now)
        self.stdout.write(f"{count} visits {'found' if dry_run else 'closed'}")
