"""Read machine-readable zones from photographs, scans and PDF files."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from darbaza.persons.mrz import command


class Command(BaseCommand):
    help = "Read the machine-readable zone of each image (JPEG, PNG, WebP, TIFF, PDF)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("images", nargs="+", metavar="IMAGE")
        parser.add_argument("--json", action="store_true", help="one object a line")

    def handle(self, *, images: list[str], json: bool, **_options: Any) -> None:
        bad = []
        for path in tqdm(
            images, unit="image", disable=None if len(images) > 1 else True
        ):
            told = command.read(path)
            self.stdout.write(_shown(told, as_json=json))
            if told.get("error") in command.BAD_FILE:
                bad.append(f"{path}: {told['error']}")
        if bad:
            raise CommandError("; ".join(bad[:3]))


def _shown(told: dict[str, Any], *, as_json: bool) -> str:
    return json.dumps(told, ensure_ascii=False) if as_json else command.line(told)
