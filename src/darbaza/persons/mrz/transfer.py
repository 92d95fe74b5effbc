"""A document as plain JSON values and back: for commands and the worker process."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from darbaza.persons.mrz.types import Document, Error, Format, State, Trust

_DAYS = ("birth_on", "expires_on")
_LISTS = ("lines", "as_read", "remarks", "repaired")


def as_values(document: Document) -> dict[str, Any]:
    """Return a document as values that JSON knows; days as ISO text or nothing."""
    values = asdict(document)
    for name in _DAYS:
        day = values[name]
        values[name] = day.isoformat() if day else None
    return values


def as_document(values: Mapping[str, Any]) -> Document:
    """Return the document that ``as_values`` made; raises ValueError on others."""
    known = {field.name: values[field.name] for field in fields(Document)}
    for name in _DAYS:
        known[name] = date.fromisoformat(known[name]) if known[name] else None
    for name in _LISTS:
        known[name] = tuple(known[name])
    known["format"] = Format(known["format"]) if known["format"] else None
    known["states"] = {name: State(code) for name, code in known["states"].items()}
    known["trust"], known["error"] = Trust(known["trust"]), Error(known["error"])
    return Document(**known)
