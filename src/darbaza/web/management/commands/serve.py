"""``darbaza serve``: one server process, over HTTPS where there is a certificate."""

import os
import socket
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from granian import Granian
from granian.constants import Interfaces

from darbaza.web.operations import certificates


class Command(BaseCommand):
    help = "Serve the pages and the API; stop with Ctrl+C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="", help="address to listen on")
        parser.add_argument("--port", type=int, default=0, help="8000, or 8443 for TLS")
        parser.add_argument("--threads", type=int, default=4, help="requests at once")

    def handle(self, *, host: str, port: int, threads: int, **_options: Any) -> None:
        tls = certificates.server_files(settings.HOME)
        host = host or ("0.0.0.0" if tls else "127.0.0.1")  # noqa: S104 - all desks of the house
        port = port or (8443 if tls else 8000)
        if not tls and host not in {"127.0.0.1", "::1", "localhost"}:
            raise CommandError(
                "Other computers may only be served over HTTPS. "
                "Make a certificate first: darbaza certificate --host NAME"
            )
        _must_be_free(host, port)
        # Empty: files come from the package; without it a warning greets the newcomer.
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        os.environ["DARBAZA_BACKGROUND"] = "True"
        self.stdout.write(f"http{'s' if tls else ''}://{host}:{port}")
        Granian(
            "darbaza.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            # One writing process: two would starve each other on SQLite.
            workers=1,
            blocking_threads=threads,
            ssl_cert=tls[0] if tls else None,
            ssl_key=tls[1] if tls else None,
            log_access=False,
        ).serve()


def _must_be_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            message = f"Port {port} cannot be used ({error.strerror}). Try --port."
            raise CommandError(message) from error
