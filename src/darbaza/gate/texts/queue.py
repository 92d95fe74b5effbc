"""What people read about the queue: refusals, events, states, stages."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from darbaza.gate.queueing import Step
from darbaza.gate.waits import Stage
from darbaza.pages.grounds import Text

TEXTS: dict[str, Text] = {
    "ticket_in_hand": Text(
        _("%(label)s is called here and has not come yet."),
        "",
        _("Call again, say that nobody came, or put the number aside; then go on."),
    ),
    "ticket_state": Text(
        _("This cannot be done with %(label)s now: somebody was faster."),
        "",
        _("Look at the list: it shows how the number stands."),
    ),
    "ticket_step_unknown": Text(_("This step does not exist."), ""),
    "window_missing": Text(
        _("Nobody knows at which window you sit."),
        "",
        _("Choose the window first; then call."),
    ),
    "lane_letter": Text(_("One or two letters, as V or PB."), ""),
    "lane_letter_taken": Text(_("Another lane has the letter %(prefix)s."), ""),
    "lane_in_use": Text(
        _("Somebody still waits in the lane “%(name)s” today."),
        "",
        _("Call them, or move them to another lane; then close it."),
    ),
    "screen_name_taken": Text(_("Another screen is called %(name)s."), ""),
    "appointment_unknown": Text(
        _("There is no appointment today under this code."),
        "",
        _("Compare the code with your paper, or take a number without it."),
    ),
    "appointment_lane": Text(
        _("This entrance takes no appointments at the kiosk. Ask the officer."), ""
    ),
    "timing_empty": Text(_("Enter at least one of the times."), ""),
    "timing_too_long": Text(_("No time may be longer than twelve hours."), ""),
    "timing_in_future": Text(_("This day has not come yet."), ""),
}

EVENTS: Mapping[str, Promise] = {
    "gate.ticket_taken": _("Number taken"),
    "gate.ticket_called": _("Number called"),
    "gate.ticket_stepped": _("Number moved on in the queue"),
    "gate.lane_set": _("Lane of the queue set up"),
    "gate.lane_closed": _("Lane of the queue closed"),
    "gate.window_set": _("Lanes of a window chosen"),
    "gate.screen_made": _("Kiosk or display set up"),
    "gate.screen_closed": _("Kiosk or display closed"),
    "gate.timing_entered": _("Stop-watch timing entered"),
}

STEPS: Mapping[Step, Promise] = {
    Step.TAKEN: _("number taken"),
    Step.CALLED: pgettext_lazy("stamp", "called"),
    Step.CALLED_AGAIN: _("called again"),
    Step.ACCEPTED: _("document accepted"),
    Step.REGISTERED: pgettext_lazy("stamp", "registered"),
    Step.SEARCHED: _("search begun"),
    Step.SEATED: _("came in"),
    Step.HANDED_IN: _("handed in"),
    Step.LEFT: pgettext_lazy("stamp", "left"),
    Step.MOVED: _("moved to another lane"),
    Step.PARKED: _("put aside"),
    Step.RETURNED: _("back in its place"),
    Step.NO_SHOW: _("nobody came"),
    Step.DONE: pgettext_lazy("stamp", "done"),
    Step.GONE: _("has gone"),
}

STAGES: Mapping[Stage, Promise] = {
    Stage.WAIT: pgettext_lazy("stage", "waiting for the call"),
    Stage.DESK: pgettext_lazy("stage", "at the window"),
    Stage.TO_SEARCH: pgettext_lazy("stage", "waiting after the window"),
    Stage.SEARCH: pgettext_lazy("stage", "search and way in"),
    Stage.INSIDE: pgettext_lazy("stage", "the visit itself"),
    Stage.WHOLE: pgettext_lazy("stage", "from the number to the seat"),
}

GROUPS: Mapping[str, Promise] = {
    "hour": pgettext_lazy("report", "hour"),
    "lane": pgettext_lazy("report", "lane"),
    "window": pgettext_lazy("report", "window"),
    "day": pgettext_lazy("report", "day"),
}
