"""Decisions in words: filters for ``pages/_decision.html`` and its relatives."""

from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from darbaza.kernel.decisions import Effect
from darbaza.pages import grounds, icons
from darbaza.pages.templatetags import pages

register = template.Library()

WORDS: dict[Effect, Promise] = {
    Effect.ALLOW: _("Allowed"),
    Effect.WARN: _("Allowed, with care"),
    Effect.BLOCK: _("Not allowed"),
}
TONES: dict[Effect, Promise] = {
    Effect.ALLOW: _("for"),
    Effect.WARN: _("take care"),
    Effect.BLOCK: _("against"),
}


def _effect(value: object) -> Effect:
    if isinstance(value, str):
        return Effect[value.upper()]
    return Effect(value)  # type: ignore[arg-type]


@register.filter
def text(ground: grounds.HasGround) -> str:
    """Say a ground to an officer."""
    return grounds.officer(ground)


@register.filter
def family_text(ground: grounds.HasGround) -> str:
    """Say a ground to a family."""
    return grounds.family(ground)


@register.filter
def next_step(ground: grounds.HasGround) -> str:
    """Say what would change a ground."""
    return grounds.next_step(ground)


@register.filter
def word(effect: object) -> str:
    """Say an effect: allowed, allowed with care, not allowed."""
    return str(WORDS[_effect(effect)])


@register.filter
def effect_class(effect: object) -> str:
    """Return allow, warn or block, for class names."""
    return _effect(effect).name.lower()


@register.simple_tag
def effect_icon(effect: object, *, labelled: bool = False) -> SafeString:
    """Draw the shape of an effect: tick, triangle or bar."""
    value = _effect(effect)
    label = str(TONES[value]) if labelled else ""
    return pages.icon(icons.EFFECTS[value.name], label)
