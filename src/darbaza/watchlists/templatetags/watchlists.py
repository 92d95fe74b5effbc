"""What the desk shows beside somebody who may be on a list."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import template

from darbaza.accounts.permissions import Permission
from darbaza.watchlists import selectors, texts, words

register = template.Library()


@register.inclusion_tag("watchlists/_alert.html", takes_context=True)
def watch_alert(
    context: Mapping[str, Any], person_id: UUID, alert: str
) -> dict[str, Any]:
    """Say that somebody needs a second look; why is for those who judge it."""
    by = context["request"].actor
    shown = alert and by.may(Permission.WATCHLIST_JUDGE)
    beside = selectors.listed_beside(person_id, by=by) if shown else []
    return {
        "alert": alert,
        "beside": [
            {
                "likeness": row,
                "list_name": words.name_of(row.watchlist),
                "reasons": texts.reasons(row.reasons),
                "born": ", ".join(map(texts.born, listed.births)),
                "sex": words.sex(listed.sex),
                "papers": ", ".join(p.number for p in listed.papers[:3]),
            }
            for row, listed in beside
        ],
    }
