"""What the audit record calls what happens with watch-lists."""

from darbaza.audit.types import Erasure, EventType

MADE = EventType("watchlist.made")
CHANGED = EventType("watchlist.changed")
LOADED = EventType("watchlist.loaded")
DROPPED = EventType("watchlist.file_dropped")
ERASED = EventType("watchlist.erased")
SCREENED = EventType("watchlist.screened")
RAISED = EventType("watchlist.likeness_raised", Erasure.UNLINK)
RAISED_AGAIN = EventType("watchlist.likeness_raised_again", Erasure.UNLINK)
GONE = EventType("watchlist.likeness_gone", Erasure.UNLINK)
JUDGED = EventType("watchlist.judged", Erasure.UNLINK)
EXPORTED = EventType("watchlist.exported")
