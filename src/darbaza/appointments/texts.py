"""What people read for each code of appointments: troubles and the record."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from darbaza.appointments import events
from darbaza.audit import texts as audit
from darbaza.pages import grounds
from darbaza.pages.grounds import Text

_ELSEWHERE = _("This cannot be booked here. Please come to the entrance or call.")
TEXTS: Mapping[str, Text] = {
    "slot_full": Text(
        _("This time has just been taken."),
        _("This time has just been taken. Choose another."),
        _("Choose another time."),
    ),
    "slot_unknown": Text(_("Choose one of the times."), _("Choose one of the times.")),
    "hold_over": Text(
        _("The place was kept for ten minutes; they are over."),
        _("The ten minutes are over. Choose the time again."),
        _("Choose the time again."),
    ),
    "no_allowance": Text(
        _("The number of visits of this period is used up."),
        _("The number of visits of this period is used up."),
    ),
    "not_here": Text(
        _("The rules refuse this booking. Register at the desk to see the grounds."),
        _ELSEWHERE,
    ),
    "appointment_over": Text(
        _("This appointment was cancelled, moved or is over already."),
        _("This appointment was cancelled, moved or is over already."),
    ),
    "code_for_contacts": Text(
        _("A code is given to approved contacts of a prisoner held here."),
        _ELSEWHERE,
        _("Let the contact be approved first."),
    ),
    "hours_wrong": Text(_("The end comes after the beginning, on the same day."), ""),
    "plan_figures": Text(
        _(
            "Each stage needs at least one officer and some time; slots last 5 to 120"
            " minutes."
        ),
        "",
    ),
}
EVENTS: Mapping[str, Promise] = {
    events.PLAN_ADOPTED.code: _("Arrival plan adopted"),
    events.HOURS_ADDED.code: _("Hours for packages added"),
    events.HOURS_ENDED.code: _("Hours for packages ended"),
    events.CODE_GIVEN.code: _("Code for appointments given"),
    events.CODE_REVOKED.code: _("Code for appointments revoked"),
    events.BOOKED.code: _("Appointment booked"),
    events.MOVED.code: _("Appointment moved"),
    events.CANCELLED.code: _("Appointment cancelled"),
    events.COME.code: _("Family came to its appointment"),
    events.MISSED.code: _("Family did not come to its appointment"),
    events.WAITS.code: _("Family put on the waiting list"),
    events.OFFERED.code: _("Free time offered from the waiting list"),
    events.ASK_ANSWERED.code: _("Question of a family answered"),
    events.LOOKED_UP.code: _("Appointment looked up for a family"),
    events.MESSAGE_SENT.code: _("Message to a family sent"),
    events.REVIEW_OPENED.code: _("Appointment to be looked at again"),
    events.REVIEW_CLOSED.code: _("Appointment looked at, decided"),
    events.ERASED.code: _("Old codes, questions and messages erased"),
}


def register() -> None:
    """Give everything its words."""
    grounds.register(TEXTS)
    audit.register(EVENTS)
