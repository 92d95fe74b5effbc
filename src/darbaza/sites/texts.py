"""Words of sites: events, kinds of place, and why something was refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from darbaza.pages import grounds
from darbaza.pages.grounds import Text
from darbaza.sites import events
from darbaza.sites.types import Place

EVENTS: dict[str, Promise] = {
    events.INSTALLED.code: _("Installation founded"),
    events.INSTITUTION_OPENED.code: _("Institution opened"),
    events.INSTITUTION_CHANGED.code: _("Institution's choices changed"),
    events.INSTITUTION_CLOSED.code: _("Institution closed"),
    events.INSTITUTION_REOPENED.code: _("Institution opened again"),
    events.PLACE_ADDED.code: _("Place added"),
    events.PLACE_CHANGED.code: _("Place changed"),
    events.PLACE_CLOSED.code: _("Place closed"),
    events.PLACE_REOPENED.code: _("Place opened again"),
    events.SEATS_ADDED.code: _("Tables added"),
}

PLACES: dict[Place, tuple[Promise, Promise]] = {
    Place.BLOCK: (_("Blocks"), _("Add a block")),
    Place.CELL: (_("Cells"), _("Add a cell")),
    Place.ROOM: (_("Rooms for visits"), _("Add a room")),
    Place.SEAT: (_("Tables and booths"), _("Add a table")),
    Place.POST: (_("Working posts"), _("Add a post")),
}

FIELDS: dict[str, Promise] = {
    "name_ky": _("name in Kyrgyz"),
    "name_ru": _("name in Russian"),
    "name_en": _("name in English"),
    "code": _("number"),
    "kind": _("kind"),
    "address": _("address"),
    "phone": _("telephone"),
    "complaints_to": _("complaints go to"),
    "money_paid_to": _("money is paid"),
    "paper_language": _("language of official papers"),
    "entrance_capacity": _("visitors inside at once"),
    "shared_minutes": _("minutes until a shared computer locks"),
    "places": _("places"),
    "label": _("label"),
    "people": _("visitors at most"),
}

REFUSALS: dict[str, Promise] = {
    "installation_is_other": _("This database is of the other kind for good."),
    "installation_not_empty": _(
        "This database holds institutions already; it cannot be founded anew."
    ),
    "installation_missing": _("This database is not founded yet."),
    "installation_is_demonstration": _(
        "This is a demonstration; real data must not enter it."
    ),
    "installation_is_real": _(
        "This is a real installation; demonstration data must not enter it."
    ),
    "institution_code_taken": _("Another institution has the number %(number)s."),
    "institution_closed": _("The institution is closed from %(closed_on)s already."),
    "place_name_taken": _(
        "Another place has the name %(place)s. Choose another name, or open the"
        " closed one again."
    ),
    "place_closed": _("%(place)s is closed. Open it again first."),
    "seat_range": _("Give the first and the last number, at most 200 tables at once."),
    "value_missing": _("Something is missing here."),
    "value_unknown": _("Choose one of the list."),
    "value_too_long": _("This is too long."),
    "value_out_of_range": _("This figure is not possible here."),
}


def changes(facts: dict[str, object]) -> str:
    """Say which values changed, old and new, from the facts of an event."""
    found = facts.get("changes")
    if not isinstance(found, dict):
        return ""
    lines = (f"{FIELDS.get(k, k)}: {v[0]} → {v[1]}" for k, v in found.items())
    return "; ".join(lines)


def register() -> None:
    """Tell the pages why something was refused."""
    grounds.register({code: Text(words, words) for code, words in REFUSALS.items()})
