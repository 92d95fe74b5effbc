"""``darbaza demo``: invented prisons to try everything on, never in a real database."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from darbaza.demo import build, prisons, users
from darbaza.kernel.errors import Conflict

_WHY = {
    "installation_is_other": "This is a real database: it never takes invented people.",
    "installation_not_empty": "This database holds institutions already.",
    "demonstration_half_made": (
        "An earlier run broke off here. Remove the database file and say it again."
    ),
}


class Command(BaseCommand):
    help = "Build the demonstration: invented prisons, people and three months."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--small",
            action="store_true",
            help="a few dozen prisoners and two weeks, for tests",
        )

    def handle(self, *, small: bool, **_options: Any) -> None:
        scale, began = prisons.SMALL if small else prisons.FULL, time.monotonic()
        try:
            made = build.build(scale, at=timezone.now(), progress=self._progress)
        except Conflict as error:
            raise CommandError(_WHY.get(error.code, error.code)) from error
        if not made:
            self.stdout.write("The demonstration is already there.")
            return
        seconds = time.monotonic() - began
        self.stdout.write(f"The demonstration is ready ({seconds:.0f} seconds).")
        for user in users.offered():
            self.stdout.write(f"  {user.username:<15} {user.role.value}")
        self.stdout.write(f"Password of all: {users.PASSWORD}. See /try-it/")

    def _progress(
        self, things: Iterable[Any], *, total: int | None, desc: str
    ) -> Iterator[Any]:
        """Show a bar on a terminal, a plain line a step elsewhere."""
        if sys.stderr.isatty():
            yield from tqdm(things, total=total, desc=desc, leave=False)
            return
        count = 0
        for count, thing in enumerate(things, start=1):  # noqa: B007 - shown below
            yield thing
        self.stdout.write(f"  {desc}: {count}")
