"""Lists and reports in words, as plain values for a page and for a sheet alike."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from darbaza.accounts.types import Actor
from darbaza.gate import selectors, texts
from darbaza.gate.types import Evacuation, Shift, grouped
from darbaza.pages import dates
from darbaza.sites import selectors as sites


def evacuation(found: Evacuation, language: str, *, by: Actor) -> dict[str, Any]:
    """Return the evacuation list as data of its sheet."""
    return {
        "language": language,
        "institution": str(sites.institution(by.institution_id, by=by).name),
        "printed": dates.moment(found.at),
        "title": _("Evacuation list"),
        "totals": [
            [_("Visitors"), str(found.visitors)],
            [_("of them children"), str(found.children)],
            [_("Prisoners"), str(found.prisoners)],
        ],
        "visitors": _("Visitors"),
        "prisoners": _("Prisoners"),
        "out": _("out"),
        "nobody": _("Nobody is at visits."),
        "rooms": [
            {
                "name": room.name or _("Without a room"),
                "people": str(room.people),
                "visitors": [
                    [v.name, str(texts.PARTS.get(v.part, v.part)), v.seat, v.reference]
                    for v in room.visitors
                ],
                "prisoners": [list(p) for p in room.prisoners],
            }
            for room in found.rooms
        ],
        "signature": _("Counted by, time"),
    }


def shift(found: Shift, *, by: Actor, at: datetime) -> dict[str, Any]:
    """Return a shift as data of its page and its sheet."""
    people = selectors.inside_now(by=by)
    kinds = dict(_kinds())
    return {
        "shift": found,
        "institution": str(sites.institution(by.institution_id, by=by).name),
        "printed": dates.moment(at),
        "title": _("Shift report"),
        "span": f"{dates.moment(found.first)} – {dates.moment(found.last)}",
        "by": by.name,
        "figures": _figures(found),
        "tables": [
            _table(_("Registered, by kind"), [_("Visits"), _("People")],
                   [[str(kinds.get(k, k)), str(v), str(p)] for k, v, p in found.kinds]),
            _table(_("Refused, by ground"), [_("Times")],
                   [[texts.ground(code), str(n)] for code, n in found.refused]),
            _table(_("Overrides, by officer"), [_("Times")],
                   [[name, str(n)] for name, n in found.overrides]),
        ],
        "none": _("none"),
        "inside_title": _("Still inside"),
        "inside": [_still(p, at) for p in people],
        "outstanding": str(selectors.outstanding(by=by).count()),
        "outstanding_title": _("Passes not given back"),
        "head_title": _("Head of the record"),
        "head_number": str(found.head.seq) if found.head else "",
        "head_hash": grouped(found.head.hash) if found.head else "",
        "head_note": _(
            "Keep this paper: it proves later that nothing before it was changed."
        ),
        "signatures": [_("Shift supervisor"), _("Takes over")],
    }  # fmt: skip


def _still(one: Any, at: datetime) -> list[str]:
    late = dates.minutes(at - one.ends_at)
    words = _("overdue by %(minutes)s min") % {"minutes": late} if late else ""
    return [one.name, one.reference, one.room, dates.clock(one.came_in_at), words]


def _figures(found: Shift) -> list[list[str]]:
    steps = found.steps
    registered = steps["visit.registered"] + steps["visit.arrived"]
    lost = steps["gate.pass_lost"] + steps["gate.left_without_pass"]
    return [
        [label, str(count)]
        for label, count in (
            (_("Parties registered"), registered),
            (_("Visits booked"), steps["visit.booked"]),
            (_("Parties refused"), steps["visit.refused"]),
            (_("Let in"), steps["visit.admitted"]),
            (_("Let out"), steps["visit.let_out"]),
            (_("Stopped at the inner gate"),
             steps["visit.not_admitted"] + steps["gate.code_refused"]),
            (_("Another person with a pass"), steps["gate.other_person"]),
            (_("Cancelled"), steps["visit.cancelled"]),
            (_("Moved"), steps["visit.moved"]),
            (_("Ended early"), steps["visit.ended_early"]),
            (_("Passes lost"), lost),
            (_("Entered later from paper"), found.entered_later),
        )
    ]  # fmt: skip


def _table(title: str, heads: list[str], rows: list[list[str]]) -> dict[str, Any]:
    return {"title": title, "heads": heads, "rows": rows}


def _kinds() -> Any:
    return apps.get_model("visits", "Visit")._meta.get_field("kind").choices
