"""``darbaza load-watchlist FILE --kind un|csv``: load a list from the command line."""

import json
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from darbaza.accounts import selectors as accounts
from darbaza.accounts.types import Actor, system
from darbaza.kernel.errors import DarbazaError
from darbaza.pages import grounds
from darbaza.watchlists import reading, selectors, services, texts
from darbaza.watchlists.models import Version, WatchList
from darbaza.watchlists.types import ListDraft, Upload

NAME = "darbaza load-watchlist"
SAID = ("source", "owner", "purpose")


class Command(BaseCommand):
    """Makes the list where there is none of this name."""

    help = "Load a watch-list and compare everybody on record with it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, its kind, and what must be known about the list."""
        parser.add_argument("file", type=Path, help="the list, at most 12 MB")
        add = parser.add_argument
        kinds = "un: the United Nations' XML; csv: a table"
        add("--kind", choices=["un", "csv"], required=True, help=kinds)
        add("--institution", metavar="CODE", required=True, help="who loads it")
        add("--name", required=True, help="name of the list")
        for name in SAID:
            add(f"--{name}", default="", help="needed for a new list")
        day: dict[str, Any] = {"type": _day, "metavar": "YYYY-MM-DD"}
        add("--kept-until", help="needed for a new list", **day)
        add("--published", help="where the file itself does not say it", **day)
        how = "column of a table, from 1; as last time where not given"
        add("--column", action="append", default=[], metavar="FIELD=N", help=how)
        coded = "without it both are tried"
        add("--encoding", choices=["utf-8", "cp1251"], default="", help=coded)
        add("--dry-run", action="store_true", help="read only")
        add("--json", action="store_true", dest="as_json", help="figures as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read, take over, compare everybody; say what came of it."""
        by, path = _actor(options["institution"]), options["file"]
        try:
            file = Upload(path.name, path.read_bytes())
            row = _list(options, by)
            version = services.offer(
                row.pk, file, published_on=options["published"],
                request_id=uuid4(), by=by, at=timezone.now(),
            )  # fmt: skip
            self._take(version, options, by)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except DarbazaError as error:
            raise CommandError(grounds.officer(error)) from error

    def _take(self, version: Version, options: dict[str, Any], by: Actor) -> None:
        if options["kind"] == "csv" and version.status == Version.Status.WAITING:
            services.settle(version.pk, _settings(version, options), by=by)
        if version.status == Version.Status.WAITING and options["dry_run"]:
            self._read_only(version, by)
            return
        version = services.take_over(version.pk, by=by, at=timezone.now())
        walk = selectors.screenings(by=by).filter(why=version).first()
        while walk and services.walk(walk.pk, by=by, at=timezone.now()):
            pass
        figures: dict[str, Any] = {
            n: getattr(version, n)
            for n in ("number", "added", "changed", "left", "ignored", "blind")
        }
        if walk:
            walk.refresh_from_db()
            figures |= {"compared": walk.done, "raised": walk.raised}
        self._say({**figures, "problems": len(version.problems)}, options)
        for one in version.problems:
            self.stderr.write(f"{one['line']}: {texts.problem(one)}")

    def _read_only(self, version: Version, by: Actor) -> None:
        read = selectors.preview(version.pk, by=by).reading
        services.drop(version.pk, by=by, at=timezone.now())
        self.stdout.write(f"{len(read.entries)} read, {read.ignored} passed over")
        for one in read.problems:
            self.stderr.write(f"{one.line}: {texts.problem(one)}")

    def _say(self, figures: dict[str, Any], options: dict[str, Any]) -> None:
        if options["as_json"]:
            self.stdout.write(json.dumps(figures))
        else:
            self.stdout.write(", ".join(f"{n} {v}" for n, v in figures.items()))


def _actor(code: str) -> Actor:
    places = accounts.seen_places(by=system(NAME)).values()
    for place in places:
        if place.code == code:
            return system(NAME, place.id)
    message = f"there is no institution {code!r}"
    raise CommandError(message)


def _list(options: dict[str, Any], by: Actor) -> WatchList:
    for row in selectors.watch_lists(by=by).filter(
        name=options["name"], erased_at=None
    ):
        return row
    if not options["kept_until"] or not all(options[name] for name in SAID):
        message = "a new list needs --source, --owner, --purpose and --kept-until"
        raise CommandError(message)
    said = {name: options[name] for name in ("name", "kind", *SAID, "kept_until")}
    return services.make(
        ListDraft(**said), request_id=uuid4(), by=by, at=timezone.now()
    )


def _settings(version: Version, options: dict[str, Any]) -> dict[str, Any]:
    columns = dict(version.settings.get("columns", {}))
    for pair in options["column"]:
        field, _sign, number = pair.partition("=")
        if field not in reading.FIELDS or not number.isdigit() or number == "0":
            message = f"--column {pair}: a field ({', '.join(reading.FIELDS)}) = number"
            raise CommandError(message)
        columns[field] = int(number) - 1
    return {"columns": columns, "encoding": options["encoding"], "separator": ""}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"{text!r} is no date such as 2026-11-22"
        raise ArgumentTypeError(message) from None
