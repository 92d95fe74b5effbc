"""Reading sendings, bags, goods and findings, as far as the actor may see."""

from darbaza.parcels.selectors.goods import (
    barcode,
    bundles,
    categories,
    find_items,
    items,
    suspension,
    suspensions,
)
from darbaza.parcels.selectors.sendings import (
    Filters,
    last_of,
    sending,
    sendings,
)
from darbaza.parcels.selectors.store import (
    Lying,
    clocked,
    for_round,
    hours,
    lying,
    on_round,
    pictures,
    unsigned,
    waiting,
)

__all__ = [
    "Filters",
    "Lying",
    "barcode",
    "bundles",
    "categories",
    "clocked",
    "find_items",
    "for_round",
    "hours",
    "items",
    "last_of",
    "lying",
    "on_round",
    "pictures",
    "sending",
    "sendings",
    "suspension",
    "suspensions",
    "unsigned",
    "waiting",
]
