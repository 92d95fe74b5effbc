"""``darbaza agent``: the local agent of a post; asks no database."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from darbaza.agent import command


class Command(BaseCommand):
    help = "Read the serial readers, scales, folders and makers' kits of a post."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("words", nargs="...", metavar="run|check|simulate ...")

    def handle(self, *, words: list[str], **_options: Any) -> None:
        def say(line: str) -> None:
            self.stdout.write(line)
            self.stdout.flush()

        sys.exit(command.main(words, say))
