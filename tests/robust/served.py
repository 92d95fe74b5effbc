"""A real ``darbaza serve`` on the database of the test, to be killed; its clients."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90.0


def database_url() -> str:
    """Return the address of the test's own database, on either engine."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite://{Path(name).resolve()}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Server:
    """One server process group, started anew after each kill on the same port."""

    def __init__(self, home: Path) -> None:
        self.port = free_port()
        self._env = {
            **os.environ,
            "DARBAZA_HOME": str(home),
            "DATABASE_URL": database_url(),
            "DJANGO_SETTINGS_MODULE": "darbaza.config.settings.local",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [sys.executable, "-m", "tests.robust.served", str(self.port)]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=self._env, start_new_session=True
        )
        until = time.monotonic() + PATIENCE
        while not self._answers():
            assert self._process.poll() is None, "the server ended by itself"
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.1)

    def kill(self) -> None:
        """End every process of it as a power cut would."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(PATIENCE)
            self._process = None

    def verified(self) -> list[dict[str, Any]]:
        """Return what ``darbaza audit verify`` says of every chain."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.robust.served", "audit", "verify", "--json"],
            cwd=ROOT, env=self._env, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def _answers(self) -> bool:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            link.request("GET", "/healthz")
            return link.getresponse().status == 200
        except OSError:
            return False
        finally:
            link.close()


class Desk:
    """A device that speaks to the server, and does not mind when it is gone."""

    def __init__(self, port: int, token: str) -> None:
        self._port = port
        self._link: http.client.HTTPConnection | None = None
        self._headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
        }

    def send(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Post; (0, {}) where no whole answer came."""
        link = self._link or http.client.HTTPConnection(
            "127.0.0.1", self._port, timeout=30
        )
        try:
            link.request("POST", f"/api/v1{path}", json.dumps(body), self._headers)
            answer = link.getresponse()
            told = json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError):
            self._link = link
            self.close()
            return 0, {}
        self._link = link
        return answer.status, told

    def close(self) -> None:
        """Hang up."""
        if self._link is not None:
            self._link.close()
        self._link = None


def main() -> None:
    """Be ``darbaza``: ``serve`` where only a port is named."""
    from darbaza.config import cli  # noqa: PLC0415 - the settings come first

    words = sys.argv[1:]
    if words[0].isdigit():
        words = ["serve", "--port", words[0], "--threads", "8"]
    sys.argv = ["darbaza", *words]
    cli.main()


if __name__ == "__main__":
    main()
