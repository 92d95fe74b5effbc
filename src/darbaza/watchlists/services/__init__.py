"""Changing watch-lists: making, loading, screening, judging, erasing."""

from darbaza.watchlists.services.erasing import erase, expire
from darbaza.watchlists.services.judging import judge, note_exported
from darbaza.watchlists.services.loading import drop, offer, settle, take_over
from darbaza.watchlists.services.making import change, make
from darbaza.watchlists.services.screening import begin, screen, walk

__all__ = [
    "begin",
    "change",
    "drop",
    "erase",
    "expire",
    "judge",
    "make",
    "note_exported",
    "offer",
    "screen",
    "settle",
    "take_over",
    "walk",
]
