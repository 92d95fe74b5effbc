"""``darbaza restore PATH``: put a proven backup in place."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from darbaza.web.operations import backups, restoring


class Command(BaseCommand):
    help = "Restore a backup after proving it; stop the server first."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument(
            "--replace",
            action="store_true",
            help="set the database that is here aside (it is kept under another name)",
        )

    def handle(self, *, path: Path, replace: bool, **_options: Any) -> None:
        with tempfile.TemporaryDirectory(dir=settings.HOME) as scratch:
            try:
                made = restoring.restore(
                    path, at=timezone.now(), scratch=Path(scratch), replace=replace
                )
            except backups.BackupError as error:
                raise CommandError(str(error)) from error
        self.stdout.write(
            f"Restored the state of {made.made_at}; integrity checked,"
            f" {len(made.heads)} audit chains verified."
        )
