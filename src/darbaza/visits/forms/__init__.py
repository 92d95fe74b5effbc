"""Shapes of input of this room; rules live in policies and services."""

from darbaza.visits.forms.changing import (
    CAUSES,
    Book,
    Cancel,
    Complaint,
    Correct,
    End,
    Keep,
    LaterEntry,
    Move,
    NotBrought,
    Note,
    Outcome,
    Words,
)
from darbaza.visits.forms.listing import DayFilter, Period
from darbaza.visits.forms.timetable import Closure, Session, Template

__all__ = [
    "CAUSES",
    "Book",
    "Cancel",
    "Closure",
    "Complaint",
    "Correct",
    "DayFilter",
    "End",
    "Keep",
    "LaterEntry",
    "Move",
    "NotBrought",
    "Note",
    "Outcome",
    "Period",
    "Session",
    "Template",
    "Words",
]
