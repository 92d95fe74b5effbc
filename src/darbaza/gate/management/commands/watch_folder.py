"""Put pictures that appear in a folder (a document scanner's) on an officer's desk."""

import os
import stat
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from darbaza.accounts.types import Actor, system
from darbaza.gate.selectors import desk as reading
from darbaza.gate.services import desk
from darbaza.kernel.errors import Conflict, DarbazaError, Invalid, NotFound
from darbaza.persons.mrz import reading as pictures
from darbaza.sites import selectors as sites

NAME = "watch-folder"
ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp", ".pdf"})
BYTES_AT_MOST = 25_000_000
SHIFT = timedelta(hours=12)
READ, UNREAD = "read", "unread"

Seen = dict[str, tuple[int, int]]


class Command(BaseCommand):
    """Acts under its own name; writes behind the lock that the server takes too."""

    help = "Put pictures from a folder on the desk that is in use at a window."

    def add_arguments(self, parser: CommandParser) -> None:
        """Folder, institution, window, rhythm."""
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--institution", default="", help="number, where several")
        parser.add_argument("--post", default="", help="name of the window in Kyrgyz")
        parser.add_argument("--every", type=float, default=0.5, help="seconds")
        parser.add_argument("--once", action="store_true", help="two looks, then stop")

    def handle(self, *, folder: Path, **options: Any) -> None:
        """Look again and again; a picture is taken when it has stopped growing."""
        if not folder.is_dir() or folder.is_symlink():
            message = f"{folder} is no folder."
            raise CommandError(message)
        by = self._actor(options["institution"])
        pictures.warm()
        seen: Seen = {}
        looks = 2 if options["once"] else 0
        while True:
            seen = self._look(folder, seen, options["post"], by)
            looks -= 1
            if looks == 0:
                return
            time.sleep(options["every"])

    def _actor(self, code: str) -> Actor:
        """Return the command's own actor at the one institution, or the one named."""
        everywhere = system(NAME)
        rows = sites.prisons(by=everywhere)
        found = list(rows.filter(code=code) if code else rows[:2])
        if len(found) != 1:
            message = "Name the institution by its number: --institution 27."
            raise CommandError(message)
        return system(NAME, found[0].pk)

    def _look(self, folder: Path, seen: Seen, post: str, by: Actor) -> Seen:
        now: Seen = {}
        for entry in sorted(os.scandir(folder), key=lambda e: e.name):
            if Path(entry.name).suffix.lower() not in ENDINGS:
                continue
            about = entry.stat(follow_symlinks=False)
            if not stat.S_ISREG(about.st_mode):
                continue  # links, pipes and folders are nobody's scan
            now[entry.name] = (about.st_size, about.st_mtime_ns)
            if about.st_size and seen.get(entry.name) == now[entry.name]:
                self._take(folder, entry.name, post, by)
        return now

    def _take(self, folder: Path, name: str, post: str, by: Actor) -> None:
        """Read one picture and lay it on the desk; without a desk in use it waits."""
        at = timezone.now()
        draft = reading.draft_of_post(post, by=by, since=at - SHIFT)
        if draft is None:
            return
        try:
            read = pictures.read(_bytes(folder / name))
            desk.delivered(draft.pk, read, by=by, at=at)
        except Invalid as error:
            self._move(folder, name, UNREAD, str(error.figures.get("reason", "")))
        except (Conflict, NotFound):
            return  # finished this very moment: the next look finds the next desk
        except (OSError, DarbazaError) as error:
            self._move(folder, name, UNREAD, str(error))
        else:
            self._move(folder, name, READ, "")

    def _move(self, folder: Path, name: str, where: str, why: str) -> None:
        target = folder / where
        target.mkdir(exist_ok=True)
        place = target / name
        number = 1
        while place.exists():
            number += 1
            place = target / f"{Path(name).stem}-{number}{Path(name).suffix}"
        (folder / name).rename(place)
        self.stdout.write(f"{name}: {where}{f' ({why})' if why else ''}")


def _bytes(path: Path) -> bytes:
    """Return a file's content; never through a link put there in between."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(handle, "rb") as file:
        return file.read(BYTES_AT_MOST + 1)
