"""``darbaza load-catalogue``: the shipped goods and bundles, into the database."""

from importlib.resources import files
from typing import Any

import yaml
from django.core.management.base import BaseCommand
from django.utils import timezone

from darbaza.accounts import types as accounts
from darbaza.parcels import services
from darbaza.parcels.types import BundleDraft, ItemDraft

PATH = files("darbaza.parcels") / "data" / "catalogue.yml"


def shipped() -> tuple[list[ItemDraft], list[BundleDraft]]:
    """Read the shipped goods and bundles."""
    read = yaml.safe_load(PATH.read_text("utf-8"))
    items = [ItemDraft(*row) for row in read["items"]]
    bundles = [
        BundleDraft(
            code=row["code"],
            name_ky=row["name"]["ky"],
            name_ru=row["name"]["ru"],
            name_en=row["name"]["en"],
            lines=tuple((code, n, grams) for code, n, grams in row["lines"]),
        )
        for row in read["bundles"]
    ]
    return items, bundles


class Command(BaseCommand):
    """Idempotent: what exists is never changed."""

    help = "Load the shipped goods and bundles; what exists is never changed."

    def handle(self, **_options: Any) -> None:
        """Load and say how many were added."""
        by = accounts.system("darbaza load-catalogue")
        added = services.load_catalogue(*shipped(), by=by, at=timezone.now())
        self.stdout.write(f"{added} goods and bundles added")
