"""Places and printers. An institution's choices are rows here, not settings."""

from darbaza.sites.models.places import (
    Block,
    Cell,
    Closable,
    Installation,
    Institution,
    InstitutionRow,
    Named,
    Post,
    Room,
    Seat,
)
from darbaza.sites.models.printers import OF_PAPER, Printer, PrintJob

__all__ = [
    "OF_PAPER",
    "Block",
    "Cell",
    "Closable",
    "Installation",
    "Institution",
    "InstitutionRow",
    "Named",
    "Post",
    "PrintJob",
    "Printer",
    "Room",
    "Seat",
]
