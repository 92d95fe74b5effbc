"""Files that a scanner's own program saves: pictures, or text with the zone."""

import time
from dataclasses import dataclass
from pathlib import Path

from darbaza.agent.types import Outlet, Scan, Status, Stop
from darbaza.kernel.folders import Folder

PICTURES = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp", ".pdf"}
)
TEXTS = frozenset({".txt", ".mrz"})
OLD = 30.0
"""Seconds; what lay there longer was saved for a visitor who has gone."""
TEXT_AT_MOST = 4_096
PICTURE_AT_MOST = 6_000_000
READ, LATE, UNREAD = "read", "late", "unread"


@dataclass(slots=True)
class FolderDriver:
    """Takes whole files only, never through a link, and moves each after reading."""

    path: str
    every: float = 0.5
    keep: bool = True
    """False: what was read is deleted, not moved."""
    kind = "folder"

    def run(self, out: Outlet, stop: Stop) -> None:
        """Look into the folder until told to stop."""
        folder = Folder(Path(self.path), PICTURES | TEXTS)
        while not stop.is_set():
            try:
                self._look(folder, out)
            except OSError:
                out.state(Status.WAITING, "no_folder")
            stop.wait(self.every)

    def _look(self, folder: Folder, out: Outlet) -> None:
        if folder.path.is_symlink():
            raise NotADirectoryError
        trouble = ""
        for name, saved in folder.whole():
            trouble = self._take(folder, name, saved, out)
        out.state(Status.FAILED if trouble == "not_moved" else Status.READY, trouble)

    def _take(self, folder: Folder, name: str, saved: float, out: Outlet) -> str:
        """Read one file, put it away, give it; return what is wrong with it."""
        late = time.time() - saved > OLD
        try:
            scan = None if late else _scan(name, folder.read(name))
            self._put_away(folder, name, LATE if late else READ if scan else UNREAD)
        except OSError:
            return "not_moved"
        if scan is None:
            return "too_late" if late else "too_long"
        out.scan(scan)  # after the move: a file that stays would come twice
        return ""

    def _put_away(self, folder: Folder, name: str, where: str) -> None:
        if self.keep or where == UNREAD:
            folder.move(name, where)
        else:
            (folder.path / name).unlink()


def _scan(name: str, data: bytes) -> Scan | None:
    """Return what a file holds; None for one that is too large."""
    if Path(name).suffix.lower() in TEXTS:
        text = data.decode("utf-8", "replace").lstrip("\ufeff")
        return Scan(text, source="folder") if len(text) <= TEXT_AT_MOST else None
    if len(data) > PICTURE_AT_MOST:
        return None
    return Scan(image=data, source="folder")
