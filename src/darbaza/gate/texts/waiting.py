"""Words of the what-if page: figures, stages, ways of working."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

SECTIONS: Mapping[str, Promise] = {
    "day": _("The day"),
    "staff": _("Who serves"),
    "minutes": _("Minutes for one family"),
    "booking": _("Appointments"),
}
"""Headings of the figures, by part of a scenario."""

FIGURES: tuple[tuple[str, str, Promise], ...] = (
    ("day", "families", _("Families in a day")),
    ("day", "hours", _("Hours that the doors are open")),
    ("day", "parcels", _("Of 100 families, so many bring a parcel")),
    ("day", "known", _("Of 100 families, so many have been here before")),
    ("staff", "clerks", _("Clerks at registration")),
    ("staff", "inspectors", _("Officers who inspect parcels")),
    ("staff", "search_officers", _("Officers who search visitors")),
    ("staff", "seats", _("Places in the visit room")),
    ("minutes", "paper", _("Registration on paper")),
    ("minutes", "scan", _("Registration by scan, known")),
    ("minutes", "first_time", _("Registration by scan, first time here")),
    ("minutes", "express", _("Registration at the window for the known")),
    ("minutes", "inspection", _("Inspection of a parcel")),
    ("minutes", "inspection_listed", _("Inspection, list sent ahead")),
    ("minutes", "search", _("Search before a visit")),
    ("minutes", "visit", _("Visit")),
    ("booking", "slot_minutes", _("Minutes of a slot")),
)
"""Part of the scenario, figure, label."""

APPOINTMENTS: Mapping[str, Promise] = {
    "even": _("the same number in every slot"),
    "early_extra": _("some more in the first slot"),
    "dome": _("fewer in the middle of the morning"),
    "none": _("none: first come, first served"),
}

STAGES: Mapping[str, Promise] = {
    "registration": pgettext_lazy("stage", "registration"),
    "inspection": pgettext_lazy("stage", "inspection of parcels"),
    "search": pgettext_lazy("stage", "search of visitors"),
    "visit_room": pgettext_lazy("stage", "visit room"),
}


def stage(code: str) -> str:
    """Say where families wait."""
    return str(STAGES[code])


def more(code: str, count: int) -> str:
    """Say what would be added at a stage."""
    words = {
        "registration": ngettext("%(n)s clerk more", "%(n)s clerks more", count),
        "inspection": ngettext(
            "%(n)s officer more for parcels", "%(n)s officers more for parcels", count
        ),
        "search": ngettext(
            "%(n)s officer more for the search",
            "%(n)s officers more for the search",
            count,
        ),
        "visit_room": ngettext(
            "%(n)s place more in the visit room",
            "%(n)s places more in the visit room",
            count,
        ),
    }
    return words[code] % {"n": count}
