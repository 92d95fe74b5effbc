"""What the gate does: register with passes, reprint, lost pass, drafts."""

from darbaza.gate.services.drafts import close_draft, keep_draft, open_draft
from darbaza.gate.services.leaving import let_out_without_pass, note_other_person
from darbaza.gate.services.passes import (
    issue_passes,
    note_printed,
    register,
    replace_lost,
)
from darbaza.gate.services.scans import let_in_by_code, let_out_by_code
from darbaza.gate.services.shift import list_evacuation, report_shift

__all__ = [
    "close_draft",
    "issue_passes",
    "keep_draft",
    "let_in_by_code",
    "let_out_by_code",
    "let_out_without_pass",
    "list_evacuation",
    "note_other_person",
    "note_printed",
    "open_draft",
    "register",
    "replace_lost",
    "report_shift",
]
