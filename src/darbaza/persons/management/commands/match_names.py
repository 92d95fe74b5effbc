"""Compare pairs of names from standard input: JSON lines in, JSON lines out."""

import json
import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from darbaza.persons import names

_LONGEST_LINE = 100_000


class Command(BaseCommand):
    help = (
        'Read lines {"id", "a", "b"} with two names in any script; '
        'write lines {"id", "score", "match"}.'
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="the only form")
        parser.add_argument(
            "--reasons", action="store_true", help="say which part matched how"
        )

    def handle(self, *, reasons: bool, **_options: Any) -> None:
        for number, line in enumerate(_lines(), start=1):
            if not line.strip():
                continue
            pair = _pair(line, number)
            match = names.compare(pair["a"], pair["b"])
            found = {
                "id": pair["id"],
                "score": round(match.score, 4),
                "match": match.same,
            }
            if reasons:
                found["reasons"] = [[r.code, r.a, r.b] for r in match.reasons]
            self.stdout.write(json.dumps(found))


def _lines() -> Iterator[str]:
    """Yield lines of UTF-8, whatever the terminal is set to."""
    number = 0
    while raw := sys.stdin.buffer.readline(_LONGEST_LINE + 1):
        number += 1
        if len(raw) > _LONGEST_LINE:
            msg = f"line {number}: longer than {_LONGEST_LINE} bytes"
            raise CommandError(msg)
        try:
            yield raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            msg = f"line {number}: not UTF-8"
            raise CommandError(msg) from None


def _pair(line: str, number: int) -> dict[str, Any]:
    try:
        pair = json.loads(line)
    except (ValueError, RecursionError):
        msg = f"line {number}: not JSON"
        raise CommandError(msg) from None
    if not isinstance(pair, dict) or "id" not in pair:
        msg = f'line {number}: an object with "id", "a" and "b" is wanted'
        raise CommandError(msg)
    if not all(isinstance(pair.get(key), str) for key in "ab"):
        msg = f'line {number}: "a" and "b" must be texts'
        raise CommandError(msg)
    return pair
