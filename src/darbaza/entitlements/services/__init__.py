"""All writing to rules and ledgers: one use case a function."""

from darbaza.entitlements.services.ledger import (
    add_extra,
    append_use,
    correct,
    ensure_grant,
    give_back,
    use,
)

__all__ = [
    "add_extra",
    "append_use",
    "correct",
    "ensure_grant",
    "give_back",
    "use",
]
