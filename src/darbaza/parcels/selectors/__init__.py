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

__all__ = [
    "Filters",
    "barcode",
    "bundles",
    "categories",
    "find_items",
    "items",
    "last_of",
    "sending",
    "sendings",
    "suspension",
    "suspensions",
]
