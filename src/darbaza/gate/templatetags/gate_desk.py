"""Words and values of the desk's templates."""

from datetime import date
from typing import Any

from django import template

from darbaza.gate import texts
from darbaza.pages import dates
from darbaza.pages.templatetags import pages

register = template.Library()


@register.filter
def part_word(code: str) -> str:
    """Say lead visitor, adult or child."""
    return str(texts.PARTS.get(code, code))


@register.filter
def desk_name(person: Any) -> str:
    """Return a name as on the document, surname in capitals; Latin if nothing else."""
    own = pages.person_name(person)
    if own:
        return own
    return f"{person.surname_latin} {person.given_names_latin}".strip()


@register.filter
def paper_word(code: str) -> str:
    """Say a further paper."""
    return str(texts.PAPERS.get(code, code))


@register.filter
def reason_word(code: str) -> str:
    """Say why a record was found; codes without words say nothing."""
    return str(texts.REASONS.get(code, ""))


@register.filter
def iso_day(value: str) -> str:
    """Return a day kept as ISO text as people write it."""
    try:
        return dates.short(date.fromisoformat(value))
    except ValueError:
        return ""


@register.filter
def slot_key(slot: Any) -> str:
    """Return what stands for a slot in the form: its session, or template and day."""
    if slot.session_id:
        return str(slot.session_id)
    return f"{slot.template_id}/{slot.day:%Y-%m-%d}"


@register.simple_tag
def finding(code: str, days: int | None) -> str:
    """Say what is odd about a document."""
    return texts.finding(code, days)
