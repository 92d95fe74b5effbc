"""Reading sendings, bags, goods and findings, as far as the actor may see."""

from darbaza.parcels.selectors.attempts import (
    Attempt,
    earlier_attempts,
    law,
    law_of,
)
from darbaza.parcels.selectors.findings import (
    FindingFilters,
    finding,
    findings,
    found_by,
)
from darbaza.parcels.selectors.goods import (
    bundles,
    categories,
    find_items,
    items,
    suspension,
    suspensions,
)
from darbaza.parcels.selectors.held import held_bags, unfinished_inspections
from darbaza.parcels.selectors.inspecting import (
    Gapped,
    bag,
    bag_picture,
    by_label,
    checked,
    gaps,
    pictures,
    search,
    searches_of,
    to_give_back,
    waiting,
    waiting_pictures,
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
from darbaza.parcels.selectors.shift import (
    found_patterns,
    pattern_days,
    shift_picture,
)

__all__ = [
    "CHANNELS",
    "Attempt",
    "Entered",
    "Filters",
    "FindingFilters",
    "Gapped",
    "again",
    "bag",
    "bag_picture",
    "bundles",
    "by_label",
    "categories",
    "checked",
    "earlier_attempts",
    "find_items",
    "finding",
    "findings",
    "found_by",
    "found_patterns",
    "gaps",
    "held_bags",
    "items",
    "law",
    "law_of",
    "line_of",
    "of_bundle",
    "offered",
    "pattern_days",
    "pictures",
    "read",
    "search",
    "searches_of",
    "sending",
    "sendings",
    "shift_picture",
    "suspension",
    "suspensions",
    "to_give_back",
    "unfinished_inspections",
    "waiting",
    "waiting_pictures",
]
