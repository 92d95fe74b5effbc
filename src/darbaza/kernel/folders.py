"""A folder into which another program saves files: whole ones, never through a link."""

import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

BYTES_AT_MOST = 25_000_000


@dataclass(slots=True)
class Folder:
    """Looked into again and again; a file counts once it has stopped growing."""

    path: Path
    endings: Collection[str]
    """Of the names that count, small letters with the dot."""
    _seen: dict[str, tuple[int, int]] = field(default_factory=dict)

    def whole(self) -> Iterator[tuple[str, float]]:
        """Yield names and times of the files that are as they were at the last look.

        Empty files, links, pipes and folders are nobody's. A file that stays is
        yielded at each look.

        Raises:
            OSError: The folder cannot be looked into.
        """
        now: dict[str, tuple[int, int]] = {}
        found = []
        for entry in sorted(os.scandir(self.path), key=lambda e: e.name):
            if Path(entry.name).suffix.lower() not in self.endings:
                continue
            try:
                about = entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue  # its program has just taken it back
            if not stat.S_ISREG(about.st_mode):
                continue
            now[entry.name] = (about.st_size, about.st_mtime_ns)
            if about.st_size and self._seen.get(entry.name) == now[entry.name]:
                found.append((entry.name, about.st_mtime))
        self._seen = now
        yield from found

    def read(self, name: str) -> bytes:
        """Return a file's content, one byte over the limit at most.

        Raises:
            OSError: It cannot be read, or a link was put there in between.
        """
        handle = os.open(self.path / name, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(handle, "rb") as file:
            return file.read(BYTES_AT_MOST + 1)

    def move(self, name: str, where: str) -> None:
        """Put a file into a folder inside, beside what has its name there already."""
        target = self.path / where
        target.mkdir(exist_ok=True)
        place = target / name
        number = 1
        while place.exists():
            number += 1
            place = target / f"{Path(name).stem}-{number}{Path(name).suffix}"
        (self.path / name).rename(place)
