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
    "waiting_over": Text(
        _("This family no longer waits: it has booked, left or its days are over."), ""
    ),
    "code_for_contacts": Text(
        _("A code is given to approved contacts of a prisoner held here."),
        _ELSEWHERE,
        _("Let the contact be approved first."),
    ),
    "hand_in_closed": Text(
        _("The house takes no packages on this day: it is closed."), _ELSEWHERE
    ),
    "hand_in_ended": Text(
        _("No packages are taken at this hour any more."), _ELSEWHERE
    ),
    "messages_printed": Text(
        _("Texts are printed here and read out by telephone; nothing is sent."),
        "",
        _("An administrator chooses the way: settings, DARBAZA_MESSAGES."),
    ),
    "message_without_address": Text(_("Enter a telephone number or an address."), ""),
    "review_without_appointment": Text(
        _("This visit was booked without an appointment: move it on its own page."), ""
    ),
    "review_over": Text(_("Somebody has decided on this already."), ""),
    "hours_wrong": Text(_("The end comes after the beginning, on the same day."), ""),
    "plan_figures": Text(
        _(
            "Each stage needs at least one officer and some time; slots last 5 to 120"
            " minutes."
        ),
        "",
    ),
}
TROUBLES: Mapping[str, Promise] = {
    "no_way": _("Nobody listens at the address of the gateway: it is off, or wrong."),
    "no_answer": _("The gateway did not answer within ten seconds."),
    "broken_off": _("The connection to the gateway broke off."),
    "redirected": _("The gateway sends us to another address; this is not followed."),
    "closed": _("The gateway takes nothing from us now: %(said)s"),
    "refused": _("The gateway does not take this text: %(said)s"),
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
    events.TAKEN_OFF.code: _("Family taken off the waiting list"),
    events.OFFERED.code: _("Free time offered from the waiting list"),
    events.ASK_ANSWERED.code: _("Question of a family answered"),
    events.LOOKED_UP.code: _("Appointment looked up for a family"),
    events.MESSAGE_SENT.code: _("Message to a family sent"),
    events.MESSAGE_FAILED.code: _("Message to a family could not be sent"),
    events.MESSAGE_AGAIN.code: _("Message to a family goes once more"),
    events.MESSAGE_TOLD.code: _("Message read out to a family by telephone"),
    events.LIST_PRINTED.code: _("List of messages printed"),
    events.RECHECKED.code: _("Everything booked was decided again"),
    events.REVIEW_CHANGED.code: _("What stands against an appointment has changed"),
    events.REVIEW_OPENED.code: _("Appointment to be looked at again"),
    events.REVIEW_CLOSED.code: _("Appointment looked at, decided"),
    events.DAY_EXPORTED.code: _("Appointments of a day taken as a file"),
    events.ERASED.code: _("Old codes, questions and messages erased"),
}


def trouble(error: str) -> str:
    """Return what went wrong with a text, in words; nothing where nothing did."""
    code, _colon, said = error.partition(": ")
    words = TROUBLES.get(code)
    return str(words) % {"said": said} if words else error


def register() -> None:
    """Give everything its words."""
    grounds.register(TEXTS)
    audit.register(EVENTS)
