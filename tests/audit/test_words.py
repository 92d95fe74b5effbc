"""Nobody reads a code where an event is told."""

from importlib import import_module

import pytest

from darbaza.audit import texts
from darbaza.audit.types import EventType
from tests.architecture import house

ROOMS = [r for r in house.ROOMS if (house.PACKAGE / r / "events.py").exists()]


@pytest.mark.parametrize("room", ROOMS)
def test_every_event_of_a_room_has_words(room):
    events = vars(import_module(f"darbaza.{room}.events")).values()
    codes = {event.code for event in events if isinstance(event, EventType)}
    assert codes
    assert codes - texts.known().keys() == set()
