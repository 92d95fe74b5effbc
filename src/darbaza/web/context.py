"""What the shell of every page shows: place, navigation, who is inside."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from darbaza.accounts import selectors
from darbaza.accounts.permissions import Permission
from darbaza.accounts.types import NOBODY, Actor
from darbaza.gate import selectors as gate
from darbaza.gate.types import Occupancy
from darbaza.pages import dates
from darbaza.sites import selectors as sites
from darbaza.web import offers

IN_ONE_LINE = 9
"""So many entries of the menu fit beside each other in every language."""


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the frame of a page for this actor; little for a stranger."""
    common = {
        "home_url": reverse("web:home"),
        "footer_items": _footer(request),
        "demonstration": SimpleLazyObject(_demonstration),
    }
    actor: Actor = getattr(request, "actor", NOBODY)
    if actor.id == NOBODY.id or getattr(request, "locked", False):
        return common
    place = selectors.place_here(by=actor)
    return {
        **common,
        **_navigation(request, actor),
        "institution_name": place.name(get_language() or "ky") if place else "",
        "post_name": request.session.get("post_name", ""),
        "inside_now": _inside(actor),
        "user_name": actor.name,
        "menu_items": _menu(actor),
        "banners": _banners(actor),
        "idle_seconds": 60 * selectors.minutes_here(by=actor),
    }


def _inside(actor: Actor) -> Occupancy | None:
    if not (actor.may(Permission.GATE_DESK) or actor.may(Permission.GATE_BOARD)):
        return None
    return gate.occupancy(by=actor, at=timezone.now())


def _demonstration() -> bool:
    """Asked when a page draws its frame: a fragment without one asks nothing."""
    found = sites.installation()
    shown = getattr(settings, "DARBAZA_DEMO", False)
    return shown or (found is not None and found.demonstration)


def _navigation(request: HttpRequest, actor: Actor) -> dict[str, list[dict[str, Any]]]:
    """Return the menu: what is done every day, and the rest under "More"."""
    here = request.path
    entries = list(offers.menu(actor))
    deepest = max(
        (url for _place, url in entries if here.startswith(url)), key=len, default=""
    )
    found: dict[str, list[dict[str, Any]]] = {"nav_items": [], "nav_more": []}
    for place, url in entries:
        item = {"label": place.label, "url": url, "active": url == deepest}
        more = place.seldom and len(entries) > IN_ONE_LINE
        shelf = "nav_more" if more else "nav_items"
        found[shelf].append({**item, "key": place.key})
    return found


def _menu(actor: Actor) -> list[dict[str, str]]:
    items = [
        {"label": _("My account"), "url": reverse("accounts:me")},
        {"label": _("Keys of the pages"), "url": reverse("web:keys")},
    ]
    if actor.may(Permission.STAFF_SESSION) and not actor.staff_session_id:
        url = reverse("accounts:staff_session")
        items.append({"label": _("Staff session"), "url": url})
    return items


def _footer(request: HttpRequest) -> list[dict[str, str]]:
    items = [{"label": _("Privacy notice"), "url": reverse("web:privacy")}]
    if request.user.is_authenticated:
        items.append({"label": _("About"), "url": reverse("web:about")})
    return items


def _banners(actor: Actor) -> list[dict[str, str]]:
    if not actor.staff_session_id:
        return []
    row = selectors.own_staff_session(by=actor, at=timezone.now())
    until = dates.clock(row.ends_at) if row else ""
    text = _("Staff session until %(until)s: every request is on record.")
    return [
        {
            "kind": "warning",
            "text": text % {"until": until},
            "url": reverse("accounts:staff_session"),
            "link": _("End it"),
        }
    ]
