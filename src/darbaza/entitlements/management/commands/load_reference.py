"""``darbaza load-reference``: the shipped rules, into the database."""

import json
from argparse import ArgumentParser
from importlib.resources import files
from typing import Any

import yaml
from django.core.management.base import BaseCommand
from django.utils import timezone

from darbaza.accounts import types as accounts
from darbaza.entitlements import services
from darbaza.entitlements.types import QuotaDraft, RuleDraft

PATH = files("darbaza.entitlements") / "data" / "rules.yml"


def shipped() -> list[RuleDraft]:
    """Read the shipped rules."""
    return [_draft(row) for row in yaml.safe_load(PATH.read_text("utf-8"))]


def _draft(row: dict[str, Any]) -> RuleDraft:
    kind = row["code"].rpartition(".")[2]
    quotas = (q if len(q) == 6 else [kind, *q] for q in row.get("quotas", ()))
    return RuleDraft(
        code=row["code"],
        name_ky=row["name"]["ky"],
        name_ru=row["name"]["ru"],
        name_en=row["name"]["en"],
        jurisdiction=row["jurisdiction"],
        legal_basis=row["legal_basis"],
        source=row["source"],
        valid_from=row["valid_from"],
        valid_to=row.get("valid_to"),
        figures=row.get("figures", {}),
        quotas=tuple(QuotaDraft(*quota) for quota in quotas),
    )


class Command(BaseCommand):
    """Idempotent; prints what it did, with ``--json`` as one object."""

    help = "Load the shipped rules; rows that exist are never changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take ``--json``."""
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, as_json: bool = False, **_options: Any) -> None:
        """Load and say what was done."""
        by = accounts.system(services.SHIPPED)
        done = services.load_reference(shipped(), by=by, at=timezone.now())
        if as_json:
            counts = {"added": done.added, "found": done.found}
            text = json.dumps({**counts, "left_alone": done.left_alone})
        else:
            text = f"{len(done.added)} rules added, {len(done.found)} already there"
            if done.left_alone:
                names = ", ".join(done.left_alone)
                text += f"; newer shipped rows not used, decided by people: {names}"
        self.stdout.write(text)
