"""Tags of every page: icons, names, dates, the htmx settings."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from darbaza.kernel import ids
from darbaza.pages import dates, figures, icons

register = template.Library()


@register.filter
def kilograms(grams: int) -> str:
    """Return a weight as people write it: "4,5" kilograms, with a comma."""
    return _("%(weight)s kg") % {"weight": weight(grams)}


# No eval, no inline style; refusals (409, 422) bring their page along.
HTMX = {
    "includeIndicatorStyles": False,
    "allowEval": False,
    "allowScriptTags": False,
    "selfRequestsOnly": True,
    "historyCacheSize": 0,
    # A new page listens at once: no key falls between its swap and its settling.
    "defaultSettleDelay": 0,
    "timeout": 20000,
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "409", "swap": True},
        {"code": "422", "swap": True},
        {"code": "[45]..", "swap": False, "error": True},
    ],
}


@register.simple_tag
def htmx_config() -> str:
    """Return the settings of htmx for its meta tag."""
    return json.dumps(HTMX, separators=(",", ":"))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon; without ``label`` it is hidden from screen readers.

    Raises:
        KeyError: There is no such icon.
    """
    shape = mark_safe(icons.PATHS[name])  # noqa: S308 # our own constants
    if label:
        return format_html(
            '<svg class="icon" viewBox="0 0 16 16" role="img" aria-label="{}">'
            '<path fill-rule="evenodd" d="{}"/></svg>',
            label,
            shape,
        )
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        '<path fill-rule="evenodd" d="{}"/></svg>',
        shape,
    )


@register.simple_tag
def new_id() -> str:
    """Return the id of a request that a form makes: sent twice, it is done once."""
    return str(ids.new_id())


@register.simple_tag
def now_local() -> str:
    """Return the moment of printing, 22.11.2026 14:32."""
    return dates.moment(timezone.now())


@register.simple_tag(takes_context=True)
def query(context: Mapping[str, Any], **changes: object) -> str:
    """Return this page's address with parameters changed; None takes one out."""
    request = context.get("request")
    if request is None:
        return "?"
    params = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            params.pop(name, None)
        else:
            params[name] = str(value)
    return f"?{params.urlencode()}"


@register.simple_tag(takes_context=True)
def query_without(context: Mapping[str, Any], name: str) -> str:
    """Return this page's address without one parameter and back on page one."""
    return query(context, **{name: None, "page": None})


@register.filter
def day(value: date | datetime | None) -> str:
    """22.11.2026, or nothing."""
    return dates.short(value) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """14:32 local time, or nothing."""
    return dates.clock(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """22.11.2026 14:32 local time, or nothing."""
    return dates.moment(value) if value else ""


@register.filter
def day_words(value: date | datetime | None) -> str:
    """22 ноября 2026 г. / 2026-жылдын 22-ноябрь / 22 November 2026."""
    return dates.words(value) if value else ""


@register.filter
def month_words(value: date | datetime | None) -> str:
    """Ноябрь 2026: month and year by themselves."""
    return dates.month(value) if value else ""


@register.filter
def weekday(value: date | datetime | None) -> str:
    """The day of the week in the active language."""
    return dates.weekday(value) if value else ""


@register.filter
def person_name(person: Any) -> str:
    """Return a name as it stands on the document: SURNAME Given Patronymic.

    Takes anything with ``full_name`` (text or method), or with ``surname``,
    ``given_names`` and ``patronymic``; a plain text is returned as it is.
    """
    if person is None or isinstance(person, str):
        return person or ""
    full = getattr(person, "full_name", None)
    if full is not None:
        return str(full() if callable(full) else full)
    surname = str(getattr(person, "surname", "") or "").upper()
    rest = (getattr(person, part, "") for part in ("given_names", "patronymic"))
    return " ".join(part for part in (surname, *rest) if part)


@register.filter
def initials(name: object) -> str:
    """Return at most two initials: "Айбек Турдубаев" gives "А.Т."."""
    words = [word for word in str(name or "").split() if word[0].isalpha()]
    return "".join(f"{word[0].upper()}." for word in words[:2])


@register.filter
def thousands(value: int | None) -> str:
    """3 280: groups of three with a narrow no-break space."""
    return "" if value is None else f"{value:,}".replace(",", "\u202f")


@register.filter
def weight(grams: int | None) -> str:
    """Return grams as kilograms with a comma: 4500 gives 4,5."""
    return "" if grams is None else figures.shortest(grams / 1000)
