"""What the record says about places and printers."""

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
PRINTER_ADDED = EventType("printer.added")
PRINTER_CHANGED = EventType("printer.changed")
PRINTER_CLOSED = EventType("printer.closed")
PRINTER_REOPENED = EventType("printer.reopened")
PRINTER_TESTED = EventType("printer.tested")
PRINT_WAITS = EventType("print.waits")
PRINT_AGAIN = EventType("print.again")
PRINT_ELSEWHERE = EventType("print.elsewhere")
PRINT_OPENED = EventType("print.opened")
PRINT_CANCELLED = EventType("print.cancelled")
