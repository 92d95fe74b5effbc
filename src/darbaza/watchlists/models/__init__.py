"""Lists, their versions and entries; likenesses and what was decided on them."""

from darbaza.watchlists.models.likeness import Judgement, Likeness, Sighting
from darbaza.watchlists.models.lists import Entry, Version, WatchList
from darbaza.watchlists.models.screening import Screening

__all__ = [
    "Entry",
    "Judgement",
    "Likeness",
    "Screening",
    "Sighting",
    "Version",
    "WatchList",
]
