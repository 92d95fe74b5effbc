"""Decisions, periods, ids, errors, locks: plain Python that every room stands on."""
