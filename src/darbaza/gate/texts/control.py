"""What people read about belongings, passages, vehicles, money and the shift."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from darbaza.pages.grounds import Text

BELONGINGS: dict[str, Text] = {
    "locker_labels": Text(
        _(
            "Write numbers or ranges with commas, as 1-60, A7;"
            " at most %(most)s at once."
        ),
        "",
    ),
    "locker_in_use": Text(
        _("In locker %(label)s lie things of %(name)s since %(since)s."),
        "",
        _("What you typed is kept: choose another locker."),
    ),
    "locker_closed": Text(
        _("Locker %(label)s is out of use. What you typed is kept: choose another."), ""
    ),
    "tag_in_use": Text(
        _("Tag %(tag)s is out already: %(name)s has it since %(since)s."),
        "",
        _("What you typed is kept: take another tag, or leave the box empty."),
    ),
    "tag_unknown": Text(
        _("No belongings are under this tag. Scan again, or search by name."), ""
    ),
    "deposit_empty": Text(_("Nothing is entered: say how many of what is left."), ""),
    "deposit_too_long": Text(_("At most %(most)s lines fit on one tag."), ""),
    "deposit_too_many": Text(
        _("At most %(most)s of one kind. Count bags, not what is in them."), ""
    ),
    "deposit_other_unnamed": Text(_("Say in a word what the other things are."), ""),
    "deposit_of_whom": Text(
        _("Give name and document of whoever leaves these things."), ""
    ),
    "deposit_reason_missing": Text(
        _("Say in a few words how you know that they are theirs."), ""
    ),
    "deposit_returned": Text(
        _("This was given back already, %(at)s, by %(by)s."),
        "",
        _("Nothing is changed. Take the tag from whoever shows it."),
    ),
}

PASSAGES: dict[str, Text] = {
    "badge_incomplete": Text(_("A badge needs a number and a name."), ""),
    "badge_number_taken": Text(_("Badge %(number)s belongs to %(name)s."), ""),
    "badge_unknown": Text(
        _("No badge here has the number %(number)s."),
        "",
        _("Scan again, or enter the person by hand (F3)."),
    ),
    "badge_closed": Text(
        _("The badge of %(name)s is closed since %(on)s: not let in."),
        "",
        _("Keep the badge and call the shift supervisor."),
    ),
    "badge_expired": Text(
        _("The badge of %(name)s was valid until %(on)s: not let in."),
        "",
        _("Enter the person by hand (F3) where the supervisor says so."),
    ),
    "passage_without_name": Text(_("Give the name."), ""),
    "passage_category": Text(_("Choose as what this person comes."), ""),
    "inside_already": Text(
        _(
            "%(name)s is inside already, since %(since)s. Another person of that name?"
            " Give the document."
        ),
        "",
    ),
    "left_before": Text(_("%(name)s left already, %(at)s. Nothing is changed."), ""),
    "passage_annulled": Text(_("This entry was annulled %(at)s by %(by)s."), ""),
    "passage_undo_reason": Text(_("Say in a few words what was wrong."), ""),
}

VEHICLES: dict[str, Text] = {
    "vehicle_without_plate": Text(_("Give the number plate."), ""),
    "vehicle_kind": Text(_("Choose the kind of vehicle."), ""),
    "vehicle_without_driver": Text(_("Give the name of the driver."), ""),
    "search_by_no_means": Text(
        _("Say how it was searched: mirror, dog or load. Nothing moves before."), ""
    ),
    "vehicle_inside_already": Text(
        _("A vehicle with the plate %(plate)s is inside since %(since)s."), ""
    ),
    "vehicle_search_found": Text(
        _("Something was found: the vehicle does not move."),
        "",
        _("Keep driver and vehicle where they are and call the shift supervisor."),
    ),
    "vehicle_left_before": Text(_("%(plate)s left already, %(at)s."), ""),
    "vehicle_turned_away": Text(_("%(plate)s was turned away %(at)s."), ""),
    "vehicle_people_gone": Text(
        _("Somebody whom you ticked is not inside any more. Look at the list again."),
        "",
    ),
    "vehicle_not_searched": Text(
        _("The vehicle was not searched for its way out, or something was found."),
        "",
        _("Search it and enter that nothing was found."),
    ),
    "vehicle_other_driver": Text(
        _("Another driver than on the way in."), "", _("Say why.")
    ),
    "vehicle_other_load": Text(
        _("Another load than on the way in."), "", _("Say why, and on whose order.")
    ),
    "vehicle_other_seals": Text(
        _("Other seals than on the way in."), "", _("Say why.")
    ),
    "vehicle_people_inside": Text(
        _("People who came in it stay inside."), "", _("Say why, and who knows of it.")
    ),
}

SHIFTS: dict[str, Text] = {
    "shift_open_already": Text(
        _("The shift is open already: %(name)s has it since %(since)s."),
        "",
        _("It can be handed over to you: both sign."),
    ),
    "shift_ended": Text(
        _("This shift ended %(at)s: handed over by %(by)s to %(to)s."),
        "",
        _("Nothing is changed. The shift that runs now is shown below."),
    ),
    "shift_to_oneself": Text(
        _("Whoever takes over must be another officer than you."), ""
    ),
    "shift_not_theirs": Text(
        _("This colleague may not take over a shift here. Nothing was handed over."), ""
    ),
    "shift_difference": Text(
        _("Counted %(counted)s, the system says %(count)s: say why."), ""
    ),
    "shift_signature": Text(
        _("Your own password is wrong. Nothing was handed over."), ""
    ),
}

TEXTS: dict[str, Text] = {**BELONGINGS, **PASSAGES, **VEHICLES, **SHIFTS}

EVENTS: Mapping[str, Promise] = {
    "gate.lockers_added": _("Lockers added"),
    "gate.locker_closed": _("Locker taken out of use"),
    "gate.deposit_taken": _("Belongings taken into keeping"),
    "gate.deposit_returned": _("Belongings given back"),
    "gate.left_with_deposit": _("Left while belongings are held"),
    "gate.money_brought": _("Money brought to the window, not taken"),
    "gate.badge_added": _("Badge added"),
    "gate.badge_closed": _("Badge closed"),
    "gate.came_in": _("Came in"),
    "gate.went_out": _("Went out"),
    "gate.passage_annulled": _("Passage annulled"),
    "gate.vehicle_in": _("Vehicle let in"),
    "gate.vehicle_turned_away": _("Vehicle turned away"),
    "gate.vehicle_searched": _("Vehicle searched"),
    "gate.vehicle_out": _("Vehicle let out"),
    "gate.shift_opened": _("Shift opened"),
    "gate.shift_handed_over": _("Shift handed over"),
    "gate.shift_closed": _("Shift closed"),
}

CATEGORIES: Mapping[str, Promise] = {
    "visitor": _("visitor"),
    "staff": _("staff"),
    "contractor": _("contractor"),
    "delivery": _("delivery"),
    "official": _("official"),
    "other": _("other guest"),
}
"""As what somebody is inside."""

GROUPS: Mapping[str, Promise] = {
    "visitor": _("Visitors"),
    "staff": _("Staff"),
    "contractor": _("Contractors"),
    "delivery": _("People of deliveries"),
    "official": _("Officials"),
    "other": _("Other guests"),
}
"""The same of many."""

FIGURES: Mapping[str, Promise] = {
    "passes_outstanding": _("Passes outside our hands"),
    "inside_visitor": _("Visitors inside"),
    "inside_staff": _("Staff inside"),
    "inside_contractor": _("Contractors inside"),
    "inside_delivery": _("People of deliveries inside"),
    "inside_official": _("Officials inside"),
    "inside_other": _("Other guests inside"),
    "prisoners_at_visits": _("Prisoners at visits"),
    "vehicles_inside": _("Vehicles inside"),
    "deposits_held": _("Belongings in keeping"),
    "bags_held": _("Bags under seal"),
    "bags_to_give_back": _("Bags to give back"),
    "inspections_waiting": _("Bags waiting for inspection"),
    "visits_waiting": _("Registered, not yet inside"),
    "drafts_open": _("Half done at the desks"),
}
"""What is counted when a shift is handed over."""


def figure(code: str) -> str:
    """Return the words of a figure of the hand-over."""
    return str(FIGURES.get(code, code))


def category(code: str) -> str:
    """Return as what somebody is inside, in words."""
    return str(CATEGORIES.get(code, code))


def group(code: str) -> str:
    """Return as what several are inside, in words."""
    return str(GROUPS.get(code, code))


def listed(belongings: Iterable[Any]) -> str:
    """Return the lines of a deposit in one line: "2 × bag (red), keys"."""
    return ", ".join(line(one) for one in belongings)


def line(one: Any) -> str:
    """Return one line of a deposit in words."""
    many = f"{one.count} × " if one.count > 1 else ""
    words = f" ({one.words})" if one.words else ""
    return f"{many}{one.get_kind_display()}{words}"
