"""Words for the events of this room, in the record and in the history of a visit."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS: dict[str, Promise] = {
    "visit.booked": _("Booked"),
    "visit.registered": _("Registered"),
    "visit.arrived": _("Party arrived, decided again"),
    "visit.refused": _("Refused"),
    "visit.refusal_printed": _("Refusal printed"),
    "visit.admitted": _("Visitor let in"),
    "visit.not_admitted": _("Visitor not let in"),
    "visit.let_out": _("Visitor let out"),
    "visit.cancelled": _("Cancelled"),
    "visit.corrected": _("Corrected"),
    "visit.moved": _("Moved to another time"),
    "visit.ended_early": _("Ended early"),
    "visit.outcome_set": _("Outcome recorded"),
    "visit.noted": _("Note written"),
    "visit.kept": _("Kept after a second look"),
    "visit.missed": _("Closed: nobody came"),
    "visit.entered_later": _("Entered later from paper"),
    "visit.prisoner_called": _("Prisoner called"),
    "visit.prisoner_brought": _("Prisoner brought"),
    "visit.prisoner_not_brought": _("Prisoner not brought"),
    "visit.prisoner_returned": _("Prisoner back in the block"),
    "visit.complaint_received": _("Complaint recorded"),
    "visit.complaint_answered": _("Complaint answered"),
    "visit.list_exported": _("List of visits given out as a file"),
    "timetable.template_added": _("Row of the timetable added"),
    "timetable.template_changed": _("Row of the timetable changed"),
    "timetable.template_ended": _("Row of the timetable ended"),
    "timetable.closed": _("Days closed for visits"),
    "timetable.reopened": _("Days opened again for visits"),
    "timetable.session_added": _("Session added by hand"),
    "timetable.session_cancelled": _("Session cancelled"),
}
