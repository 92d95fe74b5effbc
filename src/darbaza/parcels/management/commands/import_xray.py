"""Take pictures from the export folder of an X-ray device; they wait for their bag."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from darbaza.accounts.types import Actor, system
from darbaza.kernel.errors import DarbazaError
from darbaza.kernel.folders import Folder
from darbaza.parcels import services
from darbaza.parcels.services import Upload
from darbaza.sites import selectors as sites

NAME = "import-xray"
ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp"})

Done = set[tuple[str, float]]


class Command(BaseCommand):
    """Acts under its own name. Files stay where they are: the device owns its folder.

    What was taken is known by its digest, so a second run takes nothing twice.
    """

    help = "Take pictures from the export folder of an X-ray device, each once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Folder, institution, rhythm."""
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--institution", default="", help="number, where several")
        parser.add_argument("--every", type=float, default=2.0, help="seconds")
        parser.add_argument("--once", action="store_true", help="two looks, then stop")

    def handle(self, *, folder: Path, **options: Any) -> None:
        """Look again and again; a picture is taken when it has stopped growing."""
        if not folder.is_dir() or folder.is_symlink():
            message = f"{folder} is no folder."
            raise CommandError(message)
        by = _actor(options["institution"])
        watched = Folder(folder, ENDINGS)
        done: Done = set()
        looks = 2 if options["once"] else 0
        while True:
            self._look(watched, done, by)
            looks -= 1
            if looks == 0:
                return
            time.sleep(options["every"])

    def _look(self, folder: Folder, done: Done, by: Actor) -> None:
        for name, taken in folder.whole():
            if (name, taken) not in done:
                self._take(folder, name, taken, by)
                done.add((name, taken))

    def _take(self, folder: Folder, name: str, taken: float, by: Actor) -> None:
        try:
            upload = Upload(folder.read(name), name, "xray")
            at = datetime.fromtimestamp(taken, UTC)
            row = services.import_xray(upload, taken_at=at, by=by)
        except DarbazaError as error:
            self.stdout.write(f"{name}: not taken ({error.code})")
        except OSError as error:
            self.stdout.write(f"{name}: not taken ({error.strerror})")
        else:
            self.stdout.write(f"{name}: {'taken' if row else 'known'}")


def _actor(code: str) -> Actor:
    """Return the command's own actor at the one institution, or the one named."""
    rows = sites.prisons(by=system(NAME))
    found = list(rows.filter(code=code) if code else rows[:2])
    if len(found) != 1:
        message = "Name the institution by its number: --institution 27."
        raise CommandError(message)
    return system(NAME, found[0].pk)
