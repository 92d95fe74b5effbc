"""Can a stranger learn from the family's page who is held? Ask it, and compare.

    python bench/enumeration.py --requests 1000 [--json]

Makes the small demonstration, serves it, and sends, in an order shuffled at random,
so many questions about people who are held and about people who do not exist, and so
many codes that were revoked and codes that never were. Compared are words (the form's
token aside), status, length and headers, and the times by a two-sided Mann-Whitney
test at one per cent. So that the limit of tries does not end it, each request comes
from a loopback address of its own (127.0.0.0/8: Linux).
"""

import argparse
import http.client
import json
import math
import random
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.browser import deskhouse

TOKEN = re.compile(rb'value="[A-Za-z0-9]{64}"')
MOVING = frozenset({"date", "expires", "set-cookie", "x-request-number"})
"""Drawn by lot or by the clock for every answer, and always as long."""
KNOWN = """
from django.utils import timezone
from darbaza.accounts.types import system
from darbaza.appointments import services
from darbaza.appointments.models import Access
from darbaza.appointments.types import Contact
from darbaza.custody.models import Prisoner
access = Access.objects.order_by("given_at").first()
by = system("bench", access.institution_id)
for _n in range(2):
    given = services.give_code(access.prisoner_id, access.person_id, Contact(),
        by=by, at=timezone.now())
    services.revoke_code(given.access_id, by=by, at=timezone.now())
    print("code", given.code)
print("prison", access.institution_id)
for row in Prisoner.objects.filter(status="held").select_related("person")[:200]:
    print("name", row.person.name)
"""


class Stranger:
    """Asks one page again and again, each time from another address."""

    def __init__(self, port: int, path: str) -> None:
        self._port, self._path, self._number = port, path, 0
        first = self._ask("GET")
        self._cookie = first.getheader("Set-Cookie", "").split(";")[0]
        page = first.read().decode()
        self._token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]

    def __call__(self, **fields: str) -> tuple[float, tuple[object, ...]]:
        """Send the form; return the seconds, and what can be told apart."""
        body = urlencode({"csrfmiddlewaretoken": self._token, **fields})
        start = time.perf_counter()
        answer = self._ask("POST", body)
        content = answer.read()
        seconds = time.perf_counter() - start
        told = {k.lower(): v for k, v in answer.getheaders() if k.lower() not in MOVING}
        text = TOKEN.sub(b"", content)
        return seconds, (answer.status, len(content), text, tuple(sorted(told.items())))

    def _ask(self, method: str, body: str = "") -> http.client.HTTPResponse:
        self._number += 1
        n = self._number
        mine = (f"127.{1 + (n >> 16 & 63)}.{n >> 8 & 255}.{1 + n % 254}", 0)
        link = http.client.HTTPConnection(
            "127.0.0.1", self._port, timeout=30, source_address=mine
        )
        headers = {"Accept-Language": "en"}
        if method == "POST":
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": self._cookie,
                "Origin": f"http://127.0.0.1:{self._port}",
            }
        link.request(method, self._path, body or None, headers)
        return link.getresponse()


def mann_whitney(first: list[float], second: list[float]) -> float:
    """Return the two-sided p of the rank test, normal approximation with ties."""
    both = sorted((v, g) for g, values in enumerate((first, second)) for v in values)
    ranks, ties, start = [0.0, 0.0], 0.0, 0
    while start < len(both):
        end = start
        while end < len(both) and both[end][0] == both[start][0]:
            end += 1
        for _value, group in both[start:end]:
            ranks[group] += (start + 1 + end) / 2
        ties += (end - start) ** 3 - (end - start)
        start = end
    n, m = len(first), len(second)
    u = ranks[0] - n * (n + 1) / 2
    spread = math.sqrt(n * m / 12 * (n + m + 1 - ties / ((n + m) * (n + m - 1))))
    return math.erfc(abs(u - n * m / 2) / spread / math.sqrt(2))


def compared(
    stranger: Stranger, field: str, kinds: dict[str, list[str]], rest: dict[str, str],
    requests: int,
) -> dict[str, object]:  # fmt: skip
    """Ask for both kinds in a shuffled order and compare what came back."""
    chance = random.Random(7)
    order = [kind for kind in kinds for _n in range(requests)]
    chance.shuffle(order)
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    seen: dict[str, Counter[tuple[object, ...]]] = {kind: Counter() for kind in kinds}
    for kind in order:
        seconds, told = stranger(**{field: chance.choice(kinds[kind])}, **rest)
        times[kind].append(seconds)
        seen[kind][told] += 1
    first, second = kinds
    return {
        "kinds": [first, second],
        "requests_each": requests,
        "statuses": sorted({told[0] for c in seen.values() for told in c}),
        "same_answers": set(seen[first]) == set(seen[second]) and len(seen[first]) == 1,
        "p50_ms": [round(statistics.median(times[k]) * 1e3, 2) for k in kinds],
        "mann_whitney_p": round(mann_whitney(times[first], times[second]), 4),
    }


def main() -> int:
    """Serve, ask, compare; 1 where something can be told apart."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        deskhouse.run(home, "migrate", "-v0")
        deskhouse.run(home, "demo", "--small")
        lines = [
            line.split(" ", 1)
            for line in deskhouse.run(home, "shell", "-v0", "-c", KNOWN).splitlines()
        ]
        with deskhouse.served(home) as url:
            found = _asked(int(url.rsplit(":", 1)[1]), lines, given.requests)
    print(json.dumps(found) if given.json else _table(found))
    fine = all(f["same_answers"] and f["mann_whitney_p"] > 0.01 for f in found.values())
    return 0 if fine else 1


def _asked(port: int, lines: list[list[str]], requests: int) -> dict[str, dict]:
    names = [value for kind, value in lines if kind == "name"]
    turned = [" ".join(part[::-1].capitalize() for part in n.split()) for n in names]
    codes = [value for kind, value in lines if kind == "code"]
    never = [code[::-1] for code in codes]
    prison = next(value for kind, value in lines if kind == "prison")
    words = {"prison": prison, "name": "A", "phone": "0700123456"}
    return {
        "question": compared(
            Stranger(port, "/family/ask/"), "about",
            {"held": names, "nobody": turned}, words, requests,
        ),
        "code": compared(
            Stranger(port, "/family/code/"), "code",
            {"revoked": codes, "never given": never}, {}, requests,
        ),
    }  # fmt: skip


def _table(found: dict[str, dict]) -> str:
    rows = [
        "| page | kinds | requests each | same answers | p50 ms | Mann-Whitney p |",
        "|---|---|---|---|---|---|",
    ]
    for page, one in found.items():
        kinds, times = " / ".join(one["kinds"]), " / ".join(map(str, one["p50_ms"]))
        rows.append(
            f"| {page} | {kinds} | {one['requests_each']} | {one['same_answers']} |"
            f" {times} | {one['mann_whitney_p']} |"
        )
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
