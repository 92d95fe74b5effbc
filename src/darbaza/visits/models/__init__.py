"""Rows of the visits room."""

from darbaza.visits.models.call import Call
from darbaza.visits.models.timetable import Closure, Kind, Session, Template
from darbaza.visits.models.visit import Override, Refusal, Visit, Visitor

__all__ = [
    "Call",
    "Closure",
    "Kind",
    "Override",
    "Refusal",
    "Session",
    "Template",
    "Visit",
    "Visitor",
]
