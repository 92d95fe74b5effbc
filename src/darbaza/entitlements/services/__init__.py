"""All writing to rules and ledgers: one use case a function."""

from darbaza.entitlements.services.ledger import (
    add_extra,
    append_use,
    correct,
    ensure_grant,
    give_back,
    use,
)
from darbaza.entitlements.services.reference import SHIPPED, load_reference
from darbaza.entitlements.services.rules import add_version, end, verify

__all__ = [
    "SHIPPED",
    "add_extra",
    "add_version",
    "append_use",
    "correct",
    "end",
    "ensure_grant",
    "give_back",
    "load_reference",
    "use",
    "verify",
]
