"""What a person reads for each ground code: an officer, and a family.

Rooms register their ``texts.py`` once, in ``AppConfig.ready``::

    grounds.register({"quota_used": grounds.Text(officer=_("…"), family=_("…"))})

Texts use named placeholders for the figures of the ground: ``%(next_on)s``. A count
that bends its noun is an ``ngettext_lazy(..., "left")``.
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Protocol

from django.utils.functional import Promise

from darbaza.pages import dates

log = logging.getLogger(__name__)

Words = str | Promise
_ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d.*)?")


class HasGround(Protocol):
    """The parts of ``kernel.decisions.Ground`` that words need."""

    @property
    def code(self) -> str: ...

    @property
    def figures(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Text:
    """Words of one ground.

    Args:
        officer: Exact, with figures.
        family: Kind, without any security detail.
        next_step: What would change it, and who may do that; may be empty.
    """

    officer: Words
    family: Words
    next_step: Words = ""


_texts: dict[str, Text] = {}


def register(texts: Mapping[str, Text]) -> None:
    """Add the texts of a room.

    Raises:
        ValueError: Another room already gave other words to one of these codes.
    """
    for code, text in texts.items():
        if _texts.setdefault(code, text) != text:
            both = f"{_texts[code].officer!s} / {text.officer!s}"
            message = f"Code {code!r} has two texts: {both}"
            raise ValueError(message)


def known() -> Mapping[str, Text]:
    """Return all registered texts by code."""
    return dict(_texts)


def officer(ground: HasGround) -> str:
    """Return the words of a ground for an officer."""
    text = _texts.get(ground.code)
    return _say(text.officer, ground) if text else _unknown(ground)


def family(ground: HasGround) -> str:
    """Return the words of a ground for a family, without security detail."""
    text = _texts.get(ground.code)
    return _say(text.family, ground) if text else ""


def next_step(ground: HasGround) -> str:
    """Return what would change this ground, or ""."""
    text = _texts.get(ground.code)
    return _say(text.next_step, ground) if text and text.next_step else ""


def _say(words: Words, ground: HasGround) -> str:
    shown = {name: show(value) for name, value in ground.figures.items()}
    try:
        return str(words % shown)
    except (KeyError, TypeError, ValueError):
        # The gate goes on: words without their figures are better than no page.
        log.exception("Ground %s lacks figures for its text", ground.code)
        return ground.code


def _unknown(ground: HasGround) -> str:
    log.error("Ground %s has no text", ground.code)
    return ground.code


def show(value: object) -> object:
    """Return a figure as people read it; numbers stay numbers, for plural forms."""
    if isinstance(value, str) and _ISO.fullmatch(value):
        value = datetime.fromisoformat(value) if "T" in value else _day(value)
    if isinstance(value, datetime):
        return dates.moment(value)
    if isinstance(value, date):
        return dates.short(value)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(str(show(part)) for part in value)
    return value


def _day(value: str) -> date | str:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value
