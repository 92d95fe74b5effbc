"""Reading watch-lists: which there are, likenesses, and what the desk is told."""

from darbaza.watchlists.selectors.alerts import alerts
from darbaza.watchlists.selectors.likenesses import (
    Filters,
    decisions,
    likeness,
    likenesses,
    listed_beside,
    of_person,
    open_count,
    places,
    record,
)
from darbaza.watchlists.selectors.lists import (
    Preview,
    figures,
    preview,
    screening,
    screenings,
    version,
    versions,
    watch_list,
    watch_lists,
)

__all__ = [
    "Filters",
    "Preview",
    "alerts",
    "decisions",
    "figures",
    "likeness",
    "likenesses",
    "listed_beside",
    "of_person",
    "open_count",
    "places",
    "preview",
    "record",
    "screening",
    "screenings",
    "version",
    "versions",
    "watch_list",
    "watch_lists",
]
