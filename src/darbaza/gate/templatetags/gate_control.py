"""Words of belongings, people inside and shifts in templates."""

from collections.abc import Iterable
from typing import Any

from django import template

from darbaza.gate import texts

register = template.Library()


@register.filter
def listed(belongings: Iterable[Any]) -> str:
    """Say the lines of a deposit in one line."""
    return texts.listed(belongings)


@register.filter
def line(one: Any) -> str:
    """Say one line of a deposit."""
    return texts.line(one)


@register.filter
def group_word(code: str) -> str:
    """Say as what several are inside."""
    return texts.group(code)


@register.filter
def figure_word(code: str) -> str:
    """Say what was counted at a hand-over."""
    return texts.figure(code)
