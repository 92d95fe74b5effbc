"""What other rooms and pages may do with visits."""

from darbaza.visits.services.arrival import arrive
from darbaza.visits.services.presence import admit, let_out
from darbaza.visits.services.registration import decide, register
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
    "ClosureDraft",
    "SessionDraft",
    "TemplateDraft",
    "add_session",
    "add_template",
    "admit",
    "arrive",
    "cancel_session",
    "change_template",
    "close",
    "decide",
    "end_template",
    "let_out",
    "register",
    "reopen",
    "session_for",
]
