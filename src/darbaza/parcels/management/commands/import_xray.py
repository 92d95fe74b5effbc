"""Take pictures from the export folder of an X-ray device; they wait for their bag."""

import os
import stat
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from darbaza.accounts.types import Actor, system
from darbaza.kernel.errors import DarbazaError
from darbaza.parcels import services
from darbaza.parcels.services import Upload
from darbaza.sites import selectors as sites

NAME = "import-xray"
ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp"})
BYTES_AT_MOST = 25_000_000

Seen = dict[str, tuple[int, int]]


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
        seen: Seen = {}
        done: Seen = {}
        looks = 2 if options["once"] else 0
        while True:
            seen = self._look(folder, seen, done, by)
            looks -= 1
            if looks == 0:
                return
            time.sleep(options["every"])

    def _look(self, folder: Path, seen: Seen, done: Seen, by: Actor) -> Seen:
        now: Seen = {}
        for entry in sorted(os.scandir(folder), key=lambda e: e.name):
            if Path(entry.name).suffix.lower() not in ENDINGS:
                continue
            about = entry.stat(follow_symlinks=False)
            if not stat.S_ISREG(about.st_mode):
                continue  # links, pipes and folders are no picture
            state = (about.st_size, about.st_mtime_ns)
            now[entry.name] = state
            grown = seen.get(entry.name) == state and about.st_size
            if grown and done.get(entry.name) != state:
                self._take(folder / entry.name, about.st_mtime, by)
                done[entry.name] = state
        return now

    def _take(self, path: Path, taken: float, by: Actor) -> None:
        try:
            upload = Upload(_bytes(path), path.name, "xray")
            at = datetime.fromtimestamp(taken, UTC)
            row = services.import_xray(upload, taken_at=at, by=by)
        except DarbazaError as error:
            self.stdout.write(f"{path.name}: not taken ({error.code})")
        except OSError as error:
            self.stdout.write(f"{path.name}: not taken ({error.strerror})")
        else:
            self.stdout.write(f"{path.name}: {'taken' if row else 'known'}")


def _actor(code: str) -> Actor:
    """Return the command's own actor at the one institution, or the one named."""
    rows = sites.prisons(by=system(NAME))
    found = list(rows.filter(code=code) if code else rows[:2])
    if len(found) != 1:
        message = "Name the institution by its number: --institution 27."
        raise CommandError(message)
    return system(NAME, found[0].pk)


def _bytes(path: Path) -> bytes:
    """Return a file's content; never through a link put there in between."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(handle, "rb") as file:
        return file.read(BYTES_AT_MOST + 1)
