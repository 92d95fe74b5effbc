"""One client at pretix's check-in and at our registration, in turn.

``bench/pretix_checkin.py --home FOLDER [--visitors N --visits M] [--calls N]``

pretix (AGPL) is another program: it is installed from PyPI into a virtual environment
of its own below FOLDER, set up by its own commands with SQLite and one worker, filled
through its REST API, asked over HTTP, and never imported here. Ours is the bench's own
database (``darbaza bench gate``) in the same FOLDER. Both answer one client, twenty
calls each in turn, so that both see the same machine. Prints one JSON object.
"""

import argparse
import json
import os
import secrets
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

VERSION = "2026.8.0"
TURN, WARM_UP = 20, 40
PER_ORDER = 50
# Said to its own shell: an organizer and a token; everything else goes over its API.
FOUND = """
from pretix.base.models import Organizer
o, new = Organizer.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
t, new = o.teams.get_or_create(name="bench", defaults=dict(all_events=True,
    all_event_permissions=True, all_organizer_permissions=True))
print("TOKEN", t.tokens.create(name="bench").token)
"""


class Pretix:
    """An installation in its own folder, spoken to over HTTP."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port = home, port
        self.python = home / "venv" / "bin" / "python"
        self.config = home / "pretix.cfg"
        self.token = ""

    def install(self) -> None:
        """Install it and make its database; quick where both are there."""
        if not self.python.exists():
            venv.create(self.home / "venv", with_pip=True)
        wanted = [f"pretix=={VERSION}", "gunicorn"]
        self._run("-m", "pip", "install", "-q", "--no-input", *wanted)
        self.config.write_text(
            f"[pretix]\ndatadir={self.home}/data\nurl=http://127.0.0.1:{self.port}\n"
            "currency=KGS\nregistration=off\n"
            f"[database]\nbackend=sqlite3\nname={self.home}/data/db.sqlite3\n"
            f"[django]\ndebug=false\nsecret={secrets.token_hex(20)}\n"
        )
        (self.home / "data").mkdir(exist_ok=True)
        self._run("-m", "pretix", "migrate", "--noinput")
        told = self._run("-m", "pretix", "shell_scoped", said=FOUND)
        self.token = told.split("TOKEN")[1].split()[0]

    @contextmanager
    def served(self) -> Iterator[None]:
        """Serve it with one worker."""
        where = f"127.0.0.1:{self.port}"
        words = ["-m", "gunicorn", "-w", "1", "-b", where, "pretix.wsgi:application"]
        with (self.home / "server.log").open("w") as log:
            server = subprocess.Popen(
                [self.python, *words], env=self._environment(), stdout=log, stderr=log
            )
            try:
                self._wait(server)
                yield
            finally:
                server.terminate()
                server.wait(30)

    def filled(self, count: int) -> tuple[int, list[str]]:
        """Make an event with ``count`` paid tickets; return its list and secrets."""
        slug = f"day{int(time.time())}"
        event = {
            "name": {"en": "Day"}, "slug": slug, "live": False, "testmode": False,
            "currency": "KGS", "date_from": "2030-01-01T10:00:00Z",
            "has_subevents": False, "plugins": [], "meta_data": {},
        }  # fmt: skip
        self.ask("POST", "events/", event)
        item = {"name": {"en": "Visit"}, "default_price": "0.00", "admission": True}
        item = self.ask("POST", f"events/{slug}/items/", item)
        quota = {"name": "all", "size": None, "items": [item["id"]], "variations": []}
        self.ask("POST", f"events/{slug}/quotas/", quota)
        door = {"name": "Gate", "all_products": True, "subevent": None}
        door = self.ask("POST", f"events/{slug}/checkinlists/", door)
        found: list[str] = []
        while len(found) < count:
            order = {
                "email": "bench@localhost.test", "locale": "en", "status": "p",
                "sales_channel": "web", "fees": [], "payment_provider": "manual",
                "force": True, "send_email": False,
                "positions": [
                    {"positionid": n + 1, "item": item["id"], "variation": None,
                     "attendee_name_parts": {"full_name": f"Guest {n}"},
                     "price": "0.00", "answers": []}
                    for n in range(PER_ORDER)
                ],
            }  # fmt: skip
            made = self.ask("POST", f"events/{slug}/orders/", order)
            found += [position["secret"] for position in made["positions"]]
        return door["id"], found

    def ask(self, method: str, path: str, body: Any) -> Any:
        """Ask its API; a refusal ends the program with its words."""
        link = HTTPConnection("127.0.0.1", self.port, timeout=120)
        status, told = self.send(link, method, path, body)
        if status >= 300:
            sys.exit(f"pretix {status} at {path}: {told[:500]!r}")
        return json.loads(told)

    def send(
        self, link: HTTPConnection, method: str, path: str, body: Any
    ) -> tuple[int, bytes]:
        """Send one request on a standing connection."""
        head = {
            "Authorization": f"Token {self.token}",
            "Content-Type": "application/json",
        }
        link.request(method, f"/api/v1/organizers/bench/{path}", json.dumps(body), head)
        answer = link.getresponse()
        return answer.status, answer.read()

    def _environment(self) -> dict[str, str]:
        env = {k: v for k, v in os.environ.items() if not k.startswith("DJANGO")}
        env.pop("DATABASE_URL", None)
        return env | {"PRETIX_CONFIG_FILE": str(self.config)}

    def _run(self, *words: str, said: str = "") -> str:
        done = subprocess.run(
            [self.python, *words], env=self._environment(), input=said, text=True,
            capture_output=True, check=False, cwd=self.home,
        )  # fmt: skip
        if done.returncode:
            sys.exit(f"{' '.join(words[:3])} failed:\n{done.stderr[-2000:]}")
        return done.stdout

    def _wait(self, server: "subprocess.Popen[bytes]") -> None:
        for _try in range(240):
            try:
                socket.create_connection(("127.0.0.1", self.port), 5).close()
            except OSError:
                if server.poll() is not None:
                    sys.exit(f"pretix ended at once, see {self.home}/server.log")
                time.sleep(0.5)
            else:
                return
        sys.exit("pretix did not start in two minutes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--visitors", type=int, default=10_000)
    parser.add_argument("--visits", type=int, default=50_000)
    parser.add_argument("--calls", type=int, default=400)
    parser.add_argument("--port", type=int, default=8345)
    options = parser.parse_args()
    options.home.mkdir(parents=True, exist_ok=True)
    pretix = Pretix(options.home.resolve() / "pretix", options.port)
    pretix.home.mkdir(exist_ok=True)
    pretix.install()
    with pretix.served():
        door, tickets = pretix.filled(options.calls + WARM_UP)
        with _ours(options) as (port, register):
            _report(*_measured(pretix, door, tickets, port, register))


@contextmanager
def _ours(options: argparse.Namespace) -> Iterator[tuple[int, Callable[..., int]]]:
    """Serve our own bench database; give its port and one registration."""
    os.environ["DARBAZA_HOME"] = str(options.home.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "darbaza.config.settings.local")
    import django  # noqa: PLC0415 - after its settings are named

    django.setup()
    from darbaza.demo.bench import http, population  # noqa: PLC0415 - the same
    from darbaza.demo.management.commands import bench  # noqa: PLC0415 - the same

    size = population.Size(options.visitors, options.visits)
    bench.use_database(size, told=lambda _text: None)
    first, tokens = population.used(), http.tokens()
    with http.serving() as port:
        yield port, http.registering(size, tokens, first)


def _measured(
    pretix: Pretix,
    door: int,
    tickets: list[str],
    port: int,
    register: Callable[..., int],
) -> tuple[list[float], list[float]]:
    """Return the seconds of each check-in and of each registration."""
    theirs: list[float] = []
    ours: list[float] = []
    there = HTTPConnection("127.0.0.1", pretix.port, timeout=60)
    here = HTTPConnection("127.0.0.1", port, timeout=60)
    for start in range(0, len(tickets), TURN):
        for ticket in tickets[start : start + TURN]:
            body = {"secret": ticket, "lists": [door], "nonce": secrets.token_hex(8)}
            begun = time.perf_counter()
            status, told = pretix.send(there, "POST", "checkinrpc/redeem/", body)
            theirs.append(time.perf_counter() - begun)
            if status >= 300:
                sys.exit(f"pretix refused a ticket: {told[:300]!r}")
        for number in range(start, start + TURN):
            begun = time.perf_counter()
            status = register(here, number)
            ours.append(time.perf_counter() - begun)
            if status >= 300:
                sys.exit(f"a registration was answered with {status}")
    return theirs[WARM_UP:], ours[WARM_UP:]


def _report(theirs: list[float], ours: list[float]) -> None:
    found: dict[str, Any] = {"load": round(os.getloadavg()[0], 2)}
    for name, seconds in (("pretix", theirs), ("darbaza", ours)):
        times = sorted(seconds)
        found[name] = {
            "calls": len(times),
            "a_second": round(len(times) / sum(times), 1),
            "p50_ms": round(times[len(times) // 2] * 1000, 2),
            "p95_ms": round(times[int(len(times) * 0.95)] * 1000, 2),
        }
    # Of the means as they are, not of the rounded figures above.
    ratio = (sum(theirs) / len(theirs)) / (sum(ours) / len(ours))
    print(json.dumps(found | {"ratio": round(ratio, 2)}))


if __name__ == "__main__":
    main()
