"""Reads the forms of a page: every field's name with the values that it offers."""

from html.parser import HTMLParser
from typing import Any

FIELDS = {"input", "select", "textarea", "button"}


class Forms(HTMLParser):
    """All fields of all forms of a page together: one press sends what it likes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
        """Note a field, or a choice of the field around it."""
        given = dict(attrs)
        if tag == "option":
            self._note(self._inside, given.get("value"))
        elif tag in FIELDS and given.get("name"):
            self._inside = given["name"] if tag == "select" else ""
            self._note(given["name"], given.get("value"))

    def _note(self, name: str, value: str | None) -> None:
        seen = self.fields.setdefault(name, [])
        if value and value not in seen and len(seen) < 40:
            seen.append(value)
