"""What a scanner's program saves: whole files only, once, and never an old one."""

import os
import time
from threading import Event

import pytest

from darbaza.agent.drivers import files
from darbaza.agent.drivers.files import FolderDriver
from darbaza.agent.types import Scan, Status
from tests.agent.test_devices import Out


class Looks(Event):
    """Lets a driver look so many times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def wait(self, timeout: float | None = None) -> bool:  # noqa: ARG002
        self.times -= 1
        if self.times <= 0:
            self.set()
        return self.is_set()


def look(folder, times: int = 2, **options) -> Out:
    out = Out()
    FolderDriver(str(folder), **options).run(out, Looks(times))
    return out


def names(folder) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_text_and_picture_are_given_once_and_moved(tmp_path):
    (tmp_path / "a.txt").write_text("\ufeffP<UTO\n")
    (tmp_path / "b.JPG").write_bytes(b"picture")
    out = look(tmp_path, 4)
    assert out.next() == Scan("P<UTO\n", source="folder")
    assert out.next() == Scan(image=b"picture", source="folder")
    assert out.given.empty()
    assert names(tmp_path / "read") == {"a.txt", "b.JPG"}
    (tmp_path / "a.txt").write_text("P<UTO\n")
    look(tmp_path, keep=False)
    assert names(tmp_path) == {"read"}
    assert names(tmp_path / "read") == {"a.txt", "b.JPG"}, "nothing kept"


def test_a_file_that_still_grows_waits(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("P<")
    out = look(tmp_path, 1)
    path.write_text("P<UTO")
    assert out.given.empty()
    assert look(tmp_path).next().text == "P<UTO"


def test_links_pipes_and_other_files_are_left_alone(tmp_path):
    secret = tmp_path.parent / "secret.txt"
    secret.write_text("not for the desk")
    (tmp_path / "link.txt").symlink_to(secret)
    (tmp_path / "notes.doc").write_text("x")
    os.mkfifo(tmp_path / "pipe.txt")
    assert look(tmp_path).given.empty()
    assert names(tmp_path) == {"link.txt", "notes.doc", "pipe.txt"}


def test_what_lay_there_long_is_of_a_visitor_who_has_gone(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("P<UTO")
    old = time.time() - files.OLD - 10
    os.utime(path, (old, old))
    out = look(tmp_path)
    assert out.given.empty()
    assert names(tmp_path / "late") == {"a.txt"}


def test_what_is_far_too_long_is_put_apart(tmp_path):
    (tmp_path / "a.txt").write_text("<" * 5_000)
    out = look(tmp_path)
    assert out.given.empty()
    assert names(tmp_path / "unread") == {"a.txt"}


@pytest.mark.parametrize("link", [False, True])
def test_a_folder_that_is_none_or_a_link_is_told(tmp_path, link):
    place = tmp_path / "there"
    if link:
        place.symlink_to(tmp_path)
    assert look(place).states.get() == (Status.WAITING, "no_folder")
