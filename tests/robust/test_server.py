"""The real server is killed in the middle of its work: nothing it promised is lost."""

import os
import re
import signal
import sqlite3
import subprocess
import threading
import time
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener
from uuid import uuid4

import pytest

from tests.browser import deskhouse

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]
CLIENTS = 3
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
GONE = (OSError, HTTPError)


class Officer:
    """One signed-in browser that types new visitors at the desk."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.cookies = CookieJar()
        self._open = build_opener(HTTPCookieProcessor(self.cookies)).open
        page = self._get("/account/login/")
        found = TOKEN.search(page)
        assert found
        form = {"login": "officer", "password": deskhouse.PASSWORD}
        self._post("/account/login/", form | {"csrfmiddlewaretoken": found[1]})

    def _get(self, path: str) -> str:
        return self._open(self.url + path, timeout=30).read().decode()

    def _post(self, path: str, form: dict[str, str]) -> int:
        token = next((c.value for c in self.cookies if c.name == "csrftoken"), "")
        request = Request(  # noqa: S310 - our own server
            self.url + path, urlencode(form).encode(),
            {"X-CSRFToken": token or "", "Referer": self.url + path},
        )  # fmt: skip
        return int(self._open(request, timeout=30).status)

    def add(self, surname: str) -> None:
        """Put a new person on record; returns only when the server said so."""
        form = {
            "surname": surname, "given_names": "Бакыт", "birth_on": "01.02.1980",
            "sex": "M", "language": "ky", "request_id": str(uuid4()), "sure": "1",
        }  # fmt: skip
        self._post("/persons/new/", form)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one prison, made once."""
    home = tmp_path_factory.mktemp("house")
    with deskhouse.serving(home):
        pass
    return home


def acknowledged(url: str, names: list[str], stop: threading.Event) -> None:
    """Type one visitor after the other until the server is gone."""
    officer = Officer(url)
    while not stop.is_set():
        name = f"Уулу{uuid4().hex[:10]}"
        try:
            officer.add(name)
        except GONE:
            return
        names.append(name)


def rows(home: Path, query: str) -> list[tuple[object, ...]]:
    """Ask the file itself."""
    with sqlite3.connect(f"file:{home}/darbaza.sqlite3?mode=ro", uri=True) as file:
        return file.execute(query).fetchall()


def kill(home: Path) -> None:
    """End the server and its worker of this home as a pulled plug would."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            given = (folder / "environ").read_bytes()
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if f"DARBAZA_HOME={home}".encode() in given and b"serve" in command:
            os.kill(int(folder.name), signal.SIGKILL)


def test_a_killed_server_keeps_what_it_said_and_starts_again(house):
    names: list[str] = []
    stop = threading.Event()
    with deskhouse.served(house) as url:
        work = [
            threading.Thread(target=acknowledged, args=(url, names, stop))
            for _ in range(CLIENTS)
        ]
        for thread in work:
            thread.start()
        patience = time.monotonic() + 60
        while len(names) < 6 and time.monotonic() < patience:
            time.sleep(0.1)
        kill(house)
        stop.set()
        for thread in work:
            thread.join(60)
    assert len(names) >= 6

    with deskhouse.served(house) as url:
        Officer(url)
        kept = {row[0] for row in rows(house, "SELECT surname FROM persons_person")}
        assert set(names) <= kept
    assert rows(house, "PRAGMA integrity_check") == [("ok",)]
    assert rows(house, "PRAGMA foreign_key_check") == []
    deskhouse.run(house, "audit", "verify")


def test_commands_write_beside_the_server_and_nobody_is_locked_out(house, tmp_path):
    names: list[str] = []
    stop = threading.Event()
    with deskhouse.served(house) as url:
        typing = threading.Thread(target=acknowledged, args=(url, names, stop))
        typing.start()
        commands = [
            subprocess.Popen(
                [*deskhouse.COMMAND, *words], env=deskhouse.environment(house),
                cwd=deskhouse.ROOT, stderr=subprocess.PIPE, text=True,
            )
            for words in (
                ["close-missed-visits"],
                ["backup", str(tmp_path / "one.tar")],
                ["load-reference"],
            )
        ]  # fmt: skip
        ends = [(c.communicate(timeout=180)[1], c.returncode) for c in commands]
        stop.set()
        typing.join(60)
    said = "".join(text for text, _code in ends) + (house / "server.log").read_text()
    assert [code for _text, code in ends] == [0, 0, 0], said
    assert "database is locked" not in said
    assert names
    deskhouse.run(house, "audit", "verify")
