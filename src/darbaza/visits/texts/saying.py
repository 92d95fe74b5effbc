"""Words whose figures may be codes of ours, or not be there at all."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.utils.functional import Promise

Words = str | Promise

_CODES = {
    "kinship": ("custody", "Contact", "kinship"),
    "kind": ("visits", "Visit", "kind"),
    "status": ("visits", "Visit", "status"),
    "result": ("visits", "Call", "result"),
}


class Saying(Promise):
    """A text for ``pages.grounds`` that puts words for codes.

    Args:
        words: The text, with named placeholders.
        without: The text where ``until`` is not known: a measure without an end.
    """

    def __init__(self, words: Words, without: Words | None = None) -> None:
        self._words = words
        self._without = without

    def __mod__(self, figures: Mapping[str, Any]) -> str:
        """Return the text with its figures."""
        endless = self._without is not None and figures.get("until") is None
        words = self._without if endless else self._words
        spoken = {name: _spoken(name, value) for name, value in figures.items()}
        return str(words % spoken)  # type: ignore[operator]

    def __str__(self) -> str:
        return str(self._words)


def _spoken(name: str, value: Any) -> Any:
    if name not in _CODES or not isinstance(value, str):
        return value
    app, model, field = _CODES[name]
    choices = dict(apps.get_model(app, model)._meta.get_field(field).flatchoices)
    return str(choices.get(value, value)) or "—"
