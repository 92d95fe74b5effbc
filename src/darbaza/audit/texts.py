"""What a person reads for each event code; each room registers its own.

``audit.texts.register({events.ADMITTED.code: _("Visitor let in")})`` in
``AppConfig.ready``. Codes without words are shown as they are.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
_texts: dict[str, Words] = {"record.read": _("Record opened")}


def register(texts: Mapping[str, Words]) -> None:
    """Add the words of a room."""
    _texts.update(texts)


def text(code: str) -> str:
    """Return the words for an event code."""
    return str(_texts.get(code, code))


def known() -> Mapping[str, Words]:
    """Return all registered words by code."""
    return dict(_texts)
