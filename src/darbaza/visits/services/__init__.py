"""What other rooms and pages may do with visits."""

from darbaza.visits.services.arrival import arrive
from darbaza.visits.services.booking import book
from darbaza.visits.services.calls import brought, call, not_brought, returned
from darbaza.visits.services.changes import (
    Correction,
    cancel,
    close_missed,
    correct,
    end_early,
    note,
    set_outcome,
)
from darbaza.visits.services.complaints import answer, complain
from darbaza.visits.services.exports import export
from darbaza.visits.services.moving import Moved, MoveTo, move
from darbaza.visits.services.paper import (
    EnteredLater,
    PaperVisit,
    enter_later,
    resolve,
)
from darbaza.visits.services.presence import admit, let_out
from darbaza.visits.services.printing import note_refusal_printed
from darbaza.visits.services.registration import decide, register
from darbaza.visits.services.review import Affected, affected, keep
from darbaza.visits.services.sessions import (
    SessionDraft,
    add_session,
    cancel_session,
    session_for,
)
from darbaza.visits.services.timetable import (
    ClosureDraft,
    TemplateDraft,
    add_template,
    change_template,
    close,
    end_template,
    reopen,
)

__all__ = [
    "Affected",
    "ClosureDraft",
    "Correction",
    "EnteredLater",
    "MoveTo",
    "Moved",
    "PaperVisit",
    "SessionDraft",
    "TemplateDraft",
    "add_session",
    "add_template",
    "admit",
    "affected",
    "answer",
    "arrive",
    "book",
    "brought",
    "call",
    "cancel",
    "cancel_session",
    "change_template",
    "close",
    "close_missed",
    "complain",
    "correct",
    "decide",
    "end_early",
    "end_template",
    "enter_later",
    "export",
    "keep",
    "let_out",
    "move",
    "not_brought",
    "note",
    "note_refusal_printed",
    "register",
    "reopen",
    "resolve",
    "returned",
    "session_for",
    "set_outcome",
]
