"""``darbaza import KIND FILE``: take a list over from the command line."""
# ruff: noqa: N999 - the command is called so

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from darbaza.accounts import selectors as accounts
from darbaza.accounts.types import system
from darbaza.custody.imports import columns, selectors, services, texts
from darbaza.custody.imports.types import Upload
from darbaza.custody.models import ImportBatch
from darbaza.kernel.errors import DarbazaError
from darbaza.pages import grounds

NAME = "darbaza import"


class Command(BaseCommand):
    help = "Take over prisoners, contacts, bans or users from a CSV or XLSX file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take kind, file and institution."""
        parser.add_argument("kind", choices=sorted(columns.KINDS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--institution", metavar="CODE", required=True)
        parser.add_argument("--dry-run", action="store_true", help="check only")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check every row, take over what is new, say what is wrong."""
        places = accounts.seen_places(by=system(NAME)).values()
        here = [p.id for p in places if p.code == options["institution"]]
        if not here:
            message = f"there is no institution {options['institution']!r}"
            raise CommandError(message)
        by, path = system(NAME, here[0]), options["file"]
        try:
            file = Upload(path.name, path.read_bytes())
            batch = services.upload(
                options["kind"], file, request_id=uuid4(), by=by, at=timezone.now()
            )
            services.match(batch.pk, batch.columns, by=by, at=timezone.now())
            self._walk(batch, by)
            if not options["dry_run"]:
                services.begin(batch.pk, by=by, at=timezone.now())
                self._walk(batch, by)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except DarbazaError as error:
            raise CommandError(_words(error)) from error
        self._say(batch, by, as_json=options["as_json"])

    def _walk(self, batch: ImportBatch, by: Any) -> None:
        while services.walk(batch.pk, by=by, at=timezone.now()):
            pass

    def _say(self, batch: ImportBatch, by: Any, *, as_json: bool) -> None:
        counts = selectors.counts(batch.pk, by=by)
        if as_json:
            self.stdout.write(json.dumps({"id": str(batch.pk), **counts}))
        else:
            said = (f"{status} {count}" for status, count in counts.items() if count)
            self.stdout.write(", ".join(said))
        for row in selectors.rows(batch.pk, "wrong", by=by):
            self.stderr.write(f"{row.line}: {texts.problems(row.problems)}")


def _words(error: DarbazaError) -> str:
    """Return what an officer would read, and of which column it speaks."""
    column = texts.COLUMNS.get(str(error.figures.get("field", "")))
    said = grounds.officer(error)
    return f"{column}: {said}" if column else said
