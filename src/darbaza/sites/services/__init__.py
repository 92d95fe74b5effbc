"""All writing about places, and what this database is."""

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

__all__ = [
    "add_block",
    "add_cell",
    "add_post",
    "add_room",
    "add_seats",
    "change_block",
    "change_cell",
    "change_institution",
    "change_post",
    "change_room",
    "change_seat",
    "close",
    "close_institution",
    "create_institution",
    "found_installation",
    "must_be_demonstration",
    "must_be_real",
    "reopen",
    "reopen_institution",
]
