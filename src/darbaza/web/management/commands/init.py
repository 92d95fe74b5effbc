"""``darbaza init``: a real installation, empty but for its first administrator."""

import getpass
import sys
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from darbaza.kernel.errors import DarbazaError
from darbaza.sites.types import InstitutionDraft, Names
from darbaza.web.operations import founding

KINDS = ("colony", "women", "juvenile", "medical", "remand", "headquarters")
QUESTIONS = (
    ("code", "Number of the institution (27)"),
    ("kind", f"Kind ({', '.join(KINDS)})"),
    ("name_ky", "Its name in Kyrgyz"),
    ("name_ru", "Its name in Russian"),
    ("name_en", "Its name in English"),
    ("username", "Sign-in name of the first administrator"),
    ("full_name", "Their full name"),
)


class Command(BaseCommand):
    help = "Make a real installation: institution, rules, first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        for name, question in QUESTIONS:
            choices = KINDS if name == "kind" else None
            parser.add_argument(
                f"--{name.replace('_', '-')}",
                default="",
                help=question,
                choices=choices,
            )
        parser.add_argument("--language", default="ky", choices=("ky", "ru", "en"))
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="read the password from standard input instead of asking",
        )

    def handle(self, *, language: str, password_stdin: bool, **options: Any) -> None:
        given = {name: options[name] or self._ask(q) for name, q in QUESTIONS}
        password = sys.stdin.readline().rstrip("\n") if password_stdin else _password()
        call_command("migrate", verbosity=0)
        names = Names(given["name_ky"], given["name_ru"], given["name_en"])
        institution = InstitutionDraft(given["code"], given["kind"], names)
        administrator = founding.Administrator(
            given["username"], given["full_name"], password, language
        )
        try:
            founding.found(institution, administrator, at=timezone.now())
        except DarbazaError as error:
            message = f"Nothing was made: {error.code} {dict(error.figures) or ''}"
            raise CommandError(message.rstrip()) from error
        self.stdout.write(
            f"Made institution {given['code']}. Start it with: darbaza serve\n"
            f"{given['username']} sets up a second factor at the first sign-in."
        )

    def _ask(self, question: str) -> str:
        if not sys.stdin.isatty():
            raise CommandError(f"Missing: {question}. See darbaza init --help")
        self.stdout.write(f"{question}: ", ending="")
        self.stdout.flush()
        return input().strip()


def _password() -> str:
    first = getpass.getpass("Password, at least 12 characters: ")
    if first != getpass.getpass("The same again: "):
        raise CommandError("The two passwords differ; nothing was made.")
    return first
