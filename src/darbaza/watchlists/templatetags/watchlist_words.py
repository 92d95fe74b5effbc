"""Words of watch-lists for templates."""

from django import template

from darbaza.watchlists import words
from darbaza.watchlists.models import Likeness, WatchList

register = template.Library()


@register.filter
def list_name(row: WatchList) -> str:
    """Return the name of a list in the language of the page."""
    return words.name_of(row)


@register.filter
def shown_reference(row: Likeness) -> str:
    """Return the number on the list; a ban has none that says anything."""
    return "" if row.watchlist.kind == WatchList.Kind.BANS else row.reference
