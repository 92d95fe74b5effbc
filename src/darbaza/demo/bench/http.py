"""The whole way over HTTP: a real server process, real clients, the device API."""

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
    get_user_model,
)
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone

from darbaza.accounts import services as accounts
from darbaza.accounts.permissions import Role
from darbaza.accounts.types import DeviceDraft, UserDraft, system
from darbaza.demo.bench import population
from darbaza.demo.bench.measure import percentile
from darbaza.demo.bench.population import INSTITUTIONS, Size, key
from darbaza.kernel import ids

PATIENCE_SECONDS = 60.0
Call = Callable[[http.client.HTTPConnection, int], int]


def run(
    size: Size, *, clients: list[int], calls: int, first: int
) -> Iterator[dict[str, Any]]:
    """Serve this database and measure registrations and reading a person's page.

    Args:
        size: The population's size.
        clients: How many at once, one line of the report each.
        calls: Requests in each line.
        first: Number of the first contact not yet registered.

    Yields:
        One report line for each number of clients and each of the two requests.
    """
    keys = tokens()
    with serving() as port:
        _measure(port, 1, 100, registering(size, keys, first))  # warm up
        first += 100
        for count in clients:
            times, errors = _measure(port, count, calls, registering(size, keys, first))
            first += calls
            yield _line("register", size, count, times, errors)
        jar = cookies()
        for count in clients:
            times, errors = _measure(port, count, calls, reading(size, jar))
            yield _line("page of a person", size, count, times, errors)


def tokens() -> list[str]:
    """Make a device token for each institution."""
    made = []
    for number in range(INSTITUTIONS):
        here = key("institution", number)
        by = replace(system("bench", here), sees=frozenset({here}))
        draft = DeviceDraft(
            ids.new_id(), f"bench {uuid4()}", Role.GATE_OFFICER, timedelta(days=1)
        )
        made.append(accounts.issue_token(draft, by=by, at=timezone.now()).secret)
    return made


@contextmanager
def serving() -> Iterator[int]:
    """Serve the database in use by a process of its own; give its port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    name = connection.settings_dict["NAME"]
    environment = dict(os.environ)
    if connection.vendor == "sqlite":
        environment["DATABASE_URL"] = f"sqlite://{name}"
    connections.close_all()
    program = "from darbaza.config.cli import main; main()"
    server = subprocess.Popen(
        [sys.executable, "-c", program, "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.wait(PATIENCE_SECONDS)


def _wait(port: int) -> None:
    """Wait until the server answers.

    Raises:
        TimeoutError: It did not in a minute.
    """
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            link.request("GET", "/healthz")
            if link.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("the server did not start")


def registering(size: Size, tokens: list[str], first: int) -> Call:
    """Return a call that registers one visit, each number another contact."""

    def call(link: http.client.HTTPConnection, number: int) -> int:
        institution, prisoner, person = population.contact(first + number, size)
        body = {
            "request_id": str(uuid4()),
            "prisoner_id": str(key("prisoner", prisoner)),
            "kind": "short",
            "session_id": str(population.session(institution, first + number)),
            "parties": [
                {
                    "person_id": str(key("person", person)),
                    "part": "lead",
                    "document_id": str(key("document", person)),
                }
            ],
        }
        return _ask(link, "POST", "/api/v1/gate/visits", tokens[institution], body)

    return call


def reading(size: Size, cookies: list[str]) -> Call:
    """Return a call that opens one person's page, each number another person."""

    def call(link: http.client.HTTPConnection, number: int) -> int:
        institution, _prisoner, person = population.contact(number * 37, size)
        path = reverse("persons:person", args=[key("person", person)])
        link.request("GET", path, headers={"Cookie": cookies[institution]})
        answer = link.getresponse()
        answer.read()
        return answer.status

    return call


def cookies(count: int = INSTITUTIONS) -> list[str]:
    """Sign an officer in at each of the first institutions; return the cookies."""
    made = []
    for number in range(count):
        here = key("institution", number)
        by = replace(system("bench", here), sees=frozenset({here}))
        name = f"bench-{uuid4().hex[:12]}"
        draft = UserDraft(ids.new_id(), name, name, frozenset({Role.GATE_OFFICER}))
        accounts.create_user(draft, password=uuid4().hex, by=by, at=timezone.now())
        user = get_user_model().objects.get(pk=draft.id)
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        made.append(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
    return made


def _ask(
    link: http.client.HTTPConnection,
    method: str,
    path: str,
    token: str,
    body: dict[str, Any] | None,
) -> int:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    link.request(method, path, json.dumps(body) if body else None, headers)
    answer = link.getresponse()
    answer.read()
    return answer.status


def _measure(
    port: int, clients: int, calls: int, call: Call
) -> tuple[list[float], int]:
    """Let ``clients`` make ``calls`` in all; return seconds each, and failures."""
    times: list[float] = []
    failed: list[int] = []

    def client(numbers: range) -> None:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        for number in numbers:
            begun = time.perf_counter()
            status = call(link, number)
            times.append(time.perf_counter() - begun)
            if status >= 300:
                failed.append(status)
        link.close()

    threads = [
        threading.Thread(target=client, args=(range(n, calls, clients),))
        for n in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, len(failed)


def _line(
    what: str, size: Size, clients: int, times: list[float], errors: int
) -> dict[str, Any]:
    p50, p95, p99 = (round(percentile(times, p) * 1000, 2) for p in (50, 95, 99))
    return {
        "what": what,
        "engine": connection.vendor,
        "visitors": size.visitors,
        "visits": size.visits,
        "clients": clients,
        "p50_ms": p50,
        "p95_ms": p95,
        "p99_ms": p99,
        "p99_to_p50": round(p99 / p50, 2),
        "a_second": round(clients / (sum(times) / len(times)), 1),
        "errors": errors,
    }
