"""What the gate keeps: drafts, passes, belongings, passages, vehicles, queue."""

from darbaza.gate.models.belongings import Belonging, Deposit, Locker
from darbaza.gate.models.desk import Draft, Pass
from darbaza.gate.models.passages import Badge, Category, Passage
from darbaza.gate.models.queue import (
    Lane,
    Screen,
    Ticket,
    TicketEvent,
    Timing,
    WindowLane,
)
from darbaza.gate.models.shifts import Shift
from darbaza.gate.models.vehicles import Search, Vehicle

__all__ = [
    "Badge",
    "Belonging",
    "Category",
    "Deposit",
    "Draft",
    "Lane",
    "Locker",
    "Pass",
    "Passage",
    "Screen",
    "Search",
    "Shift",
    "Ticket",
    "TicketEvent",
    "Timing",
    "Vehicle",
    "WindowLane",
]
