"""All writing about places and printers, and what this database is."""

from darbaza.sites.services.installation import (
    found_installation,
    must_be_demonstration,
    must_be_real,
)
from darbaza.sites.services.institutions import (
    change_institution,
    close_institution,
    create_institution,
    reopen_institution,
)
from darbaza.sites.services.jobs import (
    cancel_print,
    open_paper,
    print_sheet,
    print_test,
    send_again,
    send_elsewhere,
    send_to_printer,
)
from darbaza.sites.services.places import (
    add_block,
    add_cell,
    add_post,
    add_room,
    add_seats,
    change_block,
    change_cell,
    change_post,
    change_room,
    change_seat,
    close,
    reopen,
)
from darbaza.sites.services.printers import (
    add_printer,
    ask_printer,
    change_printer,
    close_printer,
    reopen_printer,
)

__all__ = [
    "add_block",
    "add_cell",
    "add_post",
    "add_printer",
    "add_room",
    "add_seats",
    "ask_printer",
    "cancel_print",
    "change_block",
    "change_cell",
    "change_institution",
    "change_post",
    "change_printer",
    "change_room",
    "change_seat",
    "close",
    "close_institution",
    "close_printer",
    "create_institution",
    "found_installation",
    "must_be_demonstration",
    "must_be_real",
    "open_paper",
    "print_sheet",
    "print_test",
    "reopen",
    "reopen_institution",
    "reopen_printer",
    "send_again",
    "send_elsewhere",
    "send_to_printer",
]
