"""What the gate does: register with passes, let in and out, keep, hand over."""

from darbaza.gate.services.belongings import (
    add_lockers,
    close_locker,
    give_back,
    note_left_behind,
    take,
)
from darbaza.gate.services.calling import (
    call_next,
    call_ticket,
    link_visit,
    move_ticket,
    step_ticket,
)
from darbaza.gate.services.drafts import close_draft, keep_draft, open_draft
from darbaza.gate.services.lanes import (
    add_screen,
    close_lane,
    close_screen,
    set_lane,
    set_window,
)
from darbaza.gate.services.leaving import let_out_without_pass, note_other_person
from darbaza.gate.services.money import note_money
from darbaza.gate.services.passages import (
    add_badge,
    close_badge,
    come_in,
    go_out,
    scan_badge,
    undo,
)
from darbaza.gate.services.passes import (
    issue_passes,
    note_printed,
    register,
    replace_lost,
)
from darbaza.gate.services.readers import (
    deliver_scan,
    deliver_weight,
    report_devices,
    take_pictures,
    take_scans,
)
from darbaza.gate.services.scans import let_in_by_code, let_out_by_code
from darbaza.gate.services.shift import (
    list_evacuation,
    note_exported,
    report_shift,
)
from darbaza.gate.services.shifts import close_shift, hand_over, open_shift
from darbaza.gate.services.tickets import take_ticket, take_with_appointment
from darbaza.gate.services.timings import enter_timing
from darbaza.gate.services.vehicles import drive_in, drive_out, search_out

__all__ = [
    "add_badge",
    "add_lockers",
    "add_screen",
    "call_next",
    "call_ticket",
    "close_badge",
    "close_draft",
    "close_lane",
    "close_locker",
    "close_screen",
    "close_shift",
    "come_in",
    "deliver_scan",
    "deliver_weight",
    "drive_in",
    "drive_out",
    "enter_timing",
    "give_back",
    "go_out",
    "hand_over",
    "issue_passes",
    "keep_draft",
    "let_in_by_code",
    "let_out_by_code",
    "let_out_without_pass",
    "link_visit",
    "list_evacuation",
    "move_ticket",
    "note_exported",
    "note_left_behind",
    "note_money",
    "note_other_person",
    "note_printed",
    "open_draft",
    "open_shift",
    "register",
    "replace_lost",
    "report_devices",
    "report_shift",
    "scan_badge",
    "search_out",
    "set_lane",
    "set_window",
    "step_ticket",
    "take",
    "take_pictures",
    "take_scans",
    "take_ticket",
    "take_with_appointment",
    "undo",
]
