"""Put pictures that appear in a folder (a document scanner's) on an officer's desk."""

import time
from collections import Counter
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from darbaza.accounts.types import Actor, system
from darbaza.gate.selectors import desk as reading
from darbaza.gate.services import desk
from darbaza.kernel.errors import Conflict, DarbazaError, Invalid, NotFound
from darbaza.kernel.folders import Folder
from darbaza.persons.mrz import reading as pictures
from darbaza.sites import selectors as sites

NAME = "watch-folder"
ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp", ".pdf"})
SHIFT = timedelta(hours=12)
READ, UNREAD = "read", "unread"
LATER = frozenset({"busy", "timeout", "crashed"})
"""What a busy computer answers: the picture may be read at another look."""
LOOKS_AT_MOST = 3


class Command(BaseCommand):
    """Acts under its own name; writes behind the lock that the server takes too."""

    help = "Put pictures from a folder on the desk that is in use at a window."

    def add_arguments(self, parser: CommandParser) -> None:
        """Folder, institution, window, rhythm."""
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--institution", default="", help="number, where several")
        parser.add_argument("--post", default="", help="name of the window in Kyrgyz")
        parser.add_argument("--every", type=float, default=0.5, help="seconds")
        parser.add_argument("--once", action="store_true", help="stop when all is read")

    def handle(self, *, folder: Path, **options: Any) -> None:
        """Look again and again; a picture is taken when it has stopped growing."""
        if not folder.is_dir() or folder.is_symlink():
            message = f"{folder} is no folder."
            raise CommandError(message)
        by = self._actor(options["institution"])
        pictures.warm()
        self._looks: Counter[str] = Counter()
        watched = Folder(folder, ENDINGS)
        for look in count(1):
            for name, _time in watched.whole():
                self._take(watched, name, options["post"], by)
            if options["once"] and look > 1 and not self._looks:
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

    def _take(self, folder: Folder, name: str, post: str, by: Actor) -> None:
        """Read one picture and lay it on the desk; without a desk in use it waits."""
        at = timezone.now()
        draft = reading.draft_of_post(post, by=by, since=at - SHIFT)
        if draft is None:
            return
        try:
            read = pictures.read(folder.read(name))
            self._looks[name] += 1
            if read.error in LATER and self._looks[name] < LOOKS_AT_MOST:
                return
            desk.delivered(draft.pk, read, by=by, at=at)
        except Invalid as error:
            self._move(folder, name, UNREAD, str(error.figures.get("reason", "")))
        except (Conflict, NotFound):
            del self._looks[name]  # finished this moment: the next look finds another
        except (OSError, DarbazaError) as error:
            self._move(folder, name, UNREAD, str(error))
        else:
            self._move(folder, name, READ, "")

    def _move(self, folder: Folder, name: str, where: str, why: str) -> None:
        folder.move(name, where)
        del self._looks[name]
        self.stdout.write(f"{name}: {where}{f' ({why})' if why else ''}")
