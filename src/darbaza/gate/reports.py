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
            *([texts.group(c), str(len(people))] for c, people in found.others),
            [_("Everybody"), str(found.everybody)],
        ],
        "others": _others(found),
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


def _others(found: Evacuation) -> list[dict[str, Any]]:
    """Return those who are neither visitors nor prisoners, by category."""
    return [
        {
            "name": texts.group(category),
            "people": str(len(people)),
            "rows": [
                [p.name, p.organisation, p.place, p.plate, dates.clock(p.came_in_at)]
                for p in people
            ],
        }
        for category, people in found.others
    ]


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
        "handovers": _handovers(found, by),
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


def _handovers(found: Shift, by: Actor) -> list[dict[str, Any]]:
    """Return each shift that ended in the span, with both counts and both names."""
    heads = [_("System"), _("Counted by hand"), _("Why it differs")]
    return [
        {
            "title": _("Handed over %(at)s")
            % {"at": dates.moment(row.ended_at or found.last)},
            "heads": heads,
            "rows": [
                [texts.figure(one["code"]), str(one["count"]), _counted(one["counted"]),
                 one["reason"]]
                for one in row.figures
            ],
            "note": row.note,
            "signatures": [row.handed_by, row.taken_by or _("nobody took over")],
        }
        for row in selectors.ended_shifts(found.first, found.last, by=by)
    ]  # fmt: skip


def _counted(number: int | None) -> str:
    return "–" if number is None else str(number)


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
            (_("Belongings taken into keeping"), steps["gate.deposit_taken"]),
            (_("Belongings given back"), steps["gate.deposit_returned"]),
            (_("Staff and others let in"), steps["gate.came_in"]),
            (_("Staff and others let out"), steps["gate.went_out"]),
            (_("Vehicles let in"), steps["gate.vehicle_in"]),
            (_("Vehicles turned away"), steps["gate.vehicle_turned_away"]),
            (_("Money brought, not taken"), steps["gate.money_brought"]),
        )
    ]  # fmt: skip


def _table(title: str, heads: list[str], rows: list[list[str]]) -> dict[str, Any]:
    return {"title": title, "heads": heads, "rows": rows}


def _kinds() -> Any:
    return apps.get_model("visits", "Visit")._meta.get_field("kind").choices
