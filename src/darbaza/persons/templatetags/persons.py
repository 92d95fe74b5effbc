"""Words beside a person found."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from darbaza.persons import texts
from darbaza.persons.models import Sex

register = template.Library()


@register.filter
def reasons(codes: tuple[str, ...]) -> SafeString:
    """Return the reasons of a hit, one after the other."""
    return format_html_join(
        " · ", "<span>{}</span>", ((w,) for w in texts.reasons(codes))
    )


@register.filter
def sex_word(code: str) -> str:
    """Return a sex in words, "" where no document states it."""
    return str(Sex(code).label) if code in {"F", "M"} else ""
