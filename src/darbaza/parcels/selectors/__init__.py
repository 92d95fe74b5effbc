"""Reading sendings, bags, goods and findings, as far as the actor may see."""

from darbaza.parcels.selectors.goods import (
    bundles,
    categories,
    find_items,
    items,
    suspension,
    suspensions,
)
from darbaza.parcels.selectors.reading import (
    CHANNELS,
    Entered,
    again,
    line_of,
    of_bundle,
    offered,
    read,
)
from darbaza.parcels.selectors.sendings import (
    Filters,
    sending,
    sendings,
)

__all__ = [
    "CHANNELS",
    "Entered",
    "Filters",
    "again",
    "bundles",
    "categories",
    "find_items",
    "items",
    "line_of",
    "of_bundle",
    "offered",
    "read",
    "sending",
    "sendings",
    "suspension",
    "suspensions",
]
