"""What the record says about places."""

from darbaza.audit.types import EventType

INSTALLED = EventType("installation.founded")
INSTITUTION_OPENED = EventType("institution.opened")
INSTITUTION_CHANGED = EventType("institution.changed")
INSTITUTION_CLOSED = EventType("institution.closed")
INSTITUTION_REOPENED = EventType("institution.reopened")
PLACE_ADDED = EventType("place.added")
PLACE_CHANGED = EventType("place.changed")
PLACE_CLOSED = EventType("place.closed")
PLACE_REOPENED = EventType("place.reopened")
SEATS_ADDED = EventType("place.seats_added")
