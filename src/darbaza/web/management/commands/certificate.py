"""``darbaza certificate --host NAME``: HTTPS for a house without the Internet."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from darbaza.web.operations import certificates


class Command(BaseCommand):
    help = "Make an in-house certificate authority and the server's certificate."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--host",
            action="append",
            required=True,
            metavar="NAME",
            help="name or address by which desks reach this computer; may be repeated",
        )

    def handle(self, *, host: list[str], **_options: Any) -> None:
        names = list(dict.fromkeys([*host, "localhost", "127.0.0.1"]))
        try:
            made = certificates.make(settings.HOME, names, at=timezone.now())
        except ValueError as error:
            message = f"{error} is neither a host name nor an address."
            raise CommandError(message) from error
        self.stdout.write(
            f"Made for {', '.join(names)}, valid until {made.valid_until:%d.%m.%Y}.\n"
            f"Give each desk this authority once: {made.authority}\n"
            f"Its fingerprint, to compare by eye: {made.fingerprint}\n"
            f"Now start again: darbaza serve   (https://{names[0]}:8443)"
        )
