"""Read machine-readable zones from standard input."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from darbaza.persons.mrz import command


class Command(BaseCommand):
    help = (
        "Read the text of machine-readable zones, as a reader types it, from standard "
        "input; documents are separated by a blank line."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one object a line")

    def handle(self, *, json: bool, **_options: Any) -> None:
        data = sys.stdin.buffer.read(command.MOST_INPUT_BYTES + 1)
        if len(data) > command.MOST_INPUT_BYTES:
            msg = f"more than {command.MOST_INPUT_BYTES} bytes"
            raise CommandError(msg)
        bad = []
        count = 0
        for count, told in enumerate(command.parsed(command.decoded(data)), start=1):
            self.stdout.write(_shown(told, as_json=json))
            if told.get("error") in command.BAD_TEXT:
                bad.append(f"document {count}: {told['error']}")
        if not count:
            raise CommandError("no text on standard input")
        if bad:
            raise CommandError("; ".join(bad[:3]))


def _shown(told: dict[str, Any], *, as_json: bool) -> str:
    return json.dumps(told, ensure_ascii=False) if as_json else command.line(told)
