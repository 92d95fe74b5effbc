"""``darbaza backup PATH``: a consistent copy while the server runs."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from darbaza.web.operations import backups


class Command(BaseCommand):
    help = "Write a proven backup of everything to one file, while the server runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *, path: Path, **_options: Any) -> None:
        with tempfile.TemporaryDirectory(dir=settings.HOME) as scratch:
            try:
                made = backups.make(path, at=timezone.now(), scratch=Path(scratch))
            except backups.BackupError as error:
                raise CommandError(str(error)) from error
        size = path.stat().st_size / 1024 / 1024
        self.stdout.write(
            f"{path}: {size:.1f} MB, {len(made.heads)} audit chains, checked"
        )
