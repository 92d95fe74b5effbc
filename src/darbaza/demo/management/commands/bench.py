"""``darbaza bench gate`` and ``parcels``: a registration beside its floor, any size."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from darbaza.demo.bench import http, measure, population, sendings
from darbaza.demo.bench.measure import Line
from darbaza.demo.bench.population import Size
from darbaza.sites import selectors as sites

COURSES = {
    "gate": ((measure.visit, measure.visit_floor), population.used),
    "parcels": ((sendings.service, sendings.floor), sendings.used),
}
"""What is measured: the service and its floor; how far earlier runs went."""


class Command(BaseCommand):
    help = "Measure the gate's registration on a synthetic service of any size."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["gate", "parcels"])
        parser.add_argument("--visitors", type=int, default=1_000_000)
        parser.add_argument("--visits", type=int, default=5_000_000)
        parser.add_argument("--sendings", type=int, default=5_000_000)
        parser.add_argument("--calls", type=int, default=2_000)
        parser.add_argument("--clients", type=int, nargs="+", default=[1])
        parser.add_argument("--over", choices=["service", "http"], default="service")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, visitors: int, visits: int, **options: Any) -> None:
        if visitors < 100 or visits < 1:
            raise CommandError("At least 100 visitors and 1 visit are needed.")
        what = options["what"]
        size = (
            Size(visitors, visits)
            if what == "gate"
            else Size(visitors, visits, sendings=options["sendings"])
        )
        quiet = options["as_json"]
        use_database(size, told=lambda text: None if quiet else self.stdout.write(text))
        if options["over"] == "http":
            found = http.run(
                size,
                clients=options["clients"],
                calls=options["calls"],
                first=population.used(),
            )
            for line in found:
                self.stdout.write(json.dumps(line))
            return
        if what == "parcels":
            sendings.prepare()
        self._measure(size, options)

    def _measure(self, size: Size, options: dict[str, Any]) -> None:
        what, calls = options["what"], options["calls"]
        steps, used = COURSES[what]
        first = used()
        # Once round to fill caches; not counted.
        measure.run(size, steps, clients=1, calls=min(200, calls), first=first)
        first += min(200, calls)
        problems: list[str] = []
        for clients in options["clients"]:
            since = timezone.now()
            times, line = measure.run(
                size, steps, clients=clients, calls=calls, first=first
            )
            first += calls
            made = (len(times.service), len(times.floor))
            problems += measure.proof(what, *made, since=since)
            self._show(line, as_json=options["as_json"])
        if problems:
            raise CommandError("; ".join(problems))

    def _show(self, line: Line, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(line.as_dict()))
            return
        self.stdout.write(
            f"{line.engine}, {line.clients} at once, {line.calls} registrations: "
            f"p50 {line.p50_ms} ms = {line.p50_ratio} x floor, "
            f"p95 {line.p95_ms} ms = {line.p95_ratio} x floor, p99 {line.p99_ms} ms, "
            f"CPU {line.cpu_ms} ms (floor {line.floor_cpu_ms}), {line.errors} errors"
        )


def use_database(size: Size, *, told: Callable[[str], None]) -> None:
    """Use a database of this size that the bench made, or make it.

    Raises:
        CommandError: There is another database.
    """
    if connection.vendor == "sqlite":
        folder = Path(settings.HOME) / "bench"
        folder.mkdir(exist_ok=True)
        numbers = [size.visitors, size.visits, *filter(None, [size.sendings])]
        name = f"gate-{'-'.join(map(str, numbers))}.sqlite3"
        connection.settings_dict["NAME"] = folder / name
        connection.close()
    tables = connection.introspection.table_names()
    if "sites_installation" in tables and sites.installation():
        if not population.is_bench(size):
            raise CommandError("This database is not of the bench; name another.")
        return
    call_command("migrate", verbosity=0)
    population.fill(size, at=timezone.now(), told=told)
