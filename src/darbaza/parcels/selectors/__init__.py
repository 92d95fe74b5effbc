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
    found,
    history,
    last_of,
    sending,
    sendings,
)
from darbaza.parcels.selectors.store import (
    Lying,
    bag,
    clocked,
    for_round,
    hours,
    lying,
    on_round,
    picture,
    pictures,
    unsigned,
    waiting,
)

__all__ = [
    "Filters",
    "Lying",
    "bag",
    "barcode",
    "bundles",
    "categories",
    "clocked",
    "find_items",
    "for_round",
    "found",
    "history",
    "hours",
    "items",
    "last_of",
    "lying",
    "on_round",
    "picture",
    "pictures",
    "sending",
    "sendings",
    "suspension",
    "suspensions",
    "unsigned",
    "waiting",
]
