"""Visits: timetable, sessions, registration with a decision per visitor, outcomes."""
