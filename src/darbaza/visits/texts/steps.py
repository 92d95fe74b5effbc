"""Words for steps that cannot be taken: at the inner gate, in changes, in lists."""

from django.utils.translation import gettext_lazy as _

from darbaza.pages.grounds import Text
from darbaza.visits.texts.saying import Saying
from darbaza.visits.texts.whole import ASK

_NEXT = _("Open the visit again and look at its state.")
_PARTY = _("At most %(most)s people can be in one party.")

GATE = {
    "left_already": Text(
        _("This visitor has already left."), ASK, _("Register anew, if they return.")
    ),
    "not_inside": Text(_("This visitor is not inside."), ASK, _NEXT),
    "visitor_not_allowed": Text(_("This visitor was not allowed to come in."), ASK),
    "visit_not_open": Text(
        Saying(_("This is no longer possible: the visit is %(status)s.")), ASK, _NEXT
    ),
    "visit_not_booked": Text(
        Saying(_("This visit is not booked: it is %(status)s.")), ASK, _NEXT
    ),
    "visit_not_inside": Text(
        Saying(_("Nobody is inside: the visit is %(status)s.")), ASK, _NEXT
    ),
}

CHANGES = {
    "change_without_reason": Text(_("Give the reason in a few words."), ""),
    "override_without_reason": Text(_("An override needs its reason."), ""),
    "cause_unknown": Text(_("Choose why the visit is cancelled."), ""),
    "outcome_unknown": Text(_("Choose how the visit ended."), ""),
    "outcome_not_possible": Text(
        Saying(_("This outcome does not fit: the visit is %(status)s.")), "", _NEXT
    ),
    "result_unknown": Text(_("Choose what became of the call."), ""),
    "call_settled": Text(
        Saying(_("The call is settled already: %(result)s.")), "", _NEXT
    ),
    "prisoner_not_brought": Text(_("The prisoner has not been brought."), ""),
    "kind_needs_new_visit": Text(
        _("This kind uses an allowance that this visit has not used."),
        "",
        _("Cancel the visit as entered in error and register it anew."),
    ),
    "lead_visitor_missing": Text(_("A visit has exactly one lead visitor."), ""),
    "party_too_large": Text(_PARTY, _PARTY),
    "visitor_twice": Text(_("The same person stands twice in the party."), ""),
    "visitor_unknown": Text(_("This visitor is not of this visit."), ""),
    "end_not_after_start": Text(_("The end must come after the start."), ""),
    "time_not_come": Text(_("This time has not come yet."), ""),
    "complaint_missing": Text(_("Write down what the family complains about."), ""),
    "complaint_stands": Text(
        _("Another complaint against this refusal is recorded already."), ""
    ),
    "no_complaint": Text(_("There is no complaint to answer."), ""),
    "complaint_answered": Text(_("This complaint has been answered already."), ""),
    "answer_missing": Text(_("Write the answer."), ""),
    "session_in_use": Text(
        _("%(visits)s visits hold places in this session."),
        "",
        _("Cancel or move them first."),
    ),
    "outside_notice": Text(
        _("A visit on %(day)s cannot be booked today: outside the time of notice."),
        "",
    ),
    "template_ended": Text(_("This row of the timetable has ended."), ""),
    "session_without_places": Text(_("Give at least one place, open or closed."), ""),
    "template_too_short": Text(_("Give a length and a rhythm of at least 1."), ""),
    "weekday_unknown": Text(_("Choose a day of the week."), ""),
}
