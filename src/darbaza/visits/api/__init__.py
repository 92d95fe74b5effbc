"""Visits over the API: sessions, decisions, one visit and its changes, calls."""

from ninja import Router

from darbaza.visits.api import changing, reading

router = Router(tags=["visits"])
router.add_router("", reading.router)
router.add_router("", changing.router)

__all__ = ["router"]
