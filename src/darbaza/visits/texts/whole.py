"""Words for grounds on the visit as such: prisoner, allowance, session, keep-apart."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from darbaza.pages.grounds import Text
from darbaza.visits.texts.saying import Saying

ASK = _("Please ask at the window: a colleague will help you.")
RANK = _("The shift supervisor may set this aside with a reason.")
HEAD = _("The head of the institution may set this aside with a reason.")
OTHER_TIME = _("Offer another session.")

PRISONER = {
    "released": Text(
        _("This person is no longer held here: released."),
        _("A visit here is not possible."),
        _("Ask the register, if the file seems wrong."),
    ),
    "transferred": Text(
        _("The prisoner has been transferred to another institution."),
        _("A visit here is not possible. Close relatives can ask where to go."),
        _("Close relatives are told the new place by the register."),
    ),
    "isolation": Text(
        Saying(
            _("In the punishment isolator until %(until)s."),
            _("In the punishment isolator."),
        ),
        Saying(
            _("A visit is not possible now. Please come again after %(until)s."),
            _("A visit is not possible now. Please ask when it will be."),
        ),
        HEAD,
    ),
    "quarantine": Text(
        Saying(
            _("In quarantine after admission until %(until)s."),
            _("In quarantine after admission."),
        ),
        Saying(
            _("A visit is not possible yet. Please come again after %(until)s."),
            _("A visit is not possible yet. Please ask when it will be."),
        ),
        HEAD,
    ),
    "hospital": Text(
        Saying(_("In hospital until %(until)s."), _("In hospital.")),
        _("A visit is not possible today. Please ask when it will be."),
        RANK,
    ),
    "prisoner_no_visits": Text(
        Saying(
            _("No visits for this prisoner until %(until)s: order %(order)s,"
              " %(authority)s."),
            _("No visits for this prisoner until further notice: order %(order)s,"
              " %(authority)s."),
        ),
        Saying(
            _("A visit is not possible until %(until)s because of a restriction."),
            _("A visit is not possible now because of a restriction."),
        ),
        HEAD,
    ),
    "keep_apart_session": Text(
        _("Somebody whom this prisoner must not meet is in the same session."),
        _("This time is not possible. We will gladly offer you another one."),
        OTHER_TIME,
    ),
    "keep_apart_day": Text(
        _("Somebody whom this prisoner must not meet has a visit on the same day."),
        _("This day is not possible. We will gladly offer you another one."),
        HEAD,
    ),
}  # fmt: skip

ALLOWANCE = {
    "quota_left": Text(
        Saying(ngettext_lazy(
            "%(left)s visit left (%(kind)s) in the period before %(until)s.",
            "%(left)s visits left (%(kind)s) in the period before %(until)s.",
            "left",
        )),
        Saying(ngettext_lazy(
            "%(left)s visit is left before %(until)s.",
            "%(left)s visits are left before %(until)s.",
            "left",
        )),
    ),
    "quota_used": Text(
        Saying(ngettext_lazy(
            "The allowance of %(quota)s visit (%(kind)s) is used; next from"
            " %(next_on)s.",
            "The allowance of %(quota)s visits (%(kind)s) is used; next from"
            " %(next_on)s.",
            "quota",
        )),
        _("All visits of this period have taken place. The next one is possible from"
          " %(next_on)s."),
        _("The head of the institution may grant an extra visit."),
    ),
    "quota_unlimited": Text(
        _("No limit on the number of visits."),
        _("The number of visits is not limited."),
    ),
    "no_quota_rule": Text(
        _("No rule says how many visits this regime and these conditions allow."),
        _("The visit does not count against a limit."),
        _("Headquarters may enter the rule."),
    ),
    "no_allowance_needed": Text(
        _("This kind of visit uses no allowance."),
        _("This visit does not count against a limit."),
    ),
    "never_overheard": Text(
        _("A lawyer's visit: by sight only, never overheard."),
        _("Nobody listens to this conversation."),
    ),
}  # fmt: skip

SESSION = {
    "no_session": Text(
        _("No session takes place at this time."),
        _("There are no visits at this time. We will gladly tell you when there are."),
        OTHER_TIME,
    ),
    "session_closed": Text(
        _("The session is closed."),
        _("Visits do not take place at this time. Please choose another time."),
        OTHER_TIME,
    ),
    "session_of_other_block": Text(
        _("This session is held for other blocks."),
        _("This time is kept for other visitors. Please choose another time."),
        OTHER_TIME,
    ),
    "session_full": Text(
        _("The session is full: %(taken)s of %(places)s places are taken."),
        _("All places at this time are taken. Please choose another time."),
        RANK,
    ),
    "seat_taken": Text(
        _("No seat is free in this room, or the chosen one is taken."),
        _("All places at this time are taken. Please choose another time."),
        _("Choose another seat or another session."),
    ),
    "too_many_visitors": Text(
        _("%(people)s visitors, but the seat holds at most %(most)s."),
        _("At most %(most)s visitors can come in together."),
        RANK,
    ),
}
