"""Order of labels, and limits of what may be entered."""

import re
from ipaddress import ip_address

from darbaza.sites.types import SEATS_AT_ONCE, SeatRange

_NUMBER = re.compile(r"(\d+)")
# Only files that printers are found at: nothing else of the server can be written to.
_DEVICE = re.compile(
    r"/dev/(?:(?:usb/)?lp\d{1,3}|tty(?:USB|ACM|S)\d{1,3}"
    r"|(?:serial|usb)/by-(?:id|path)/[\w.:+-]{1,80}|printer-[\w-]{1,40})",
    re.ASCII,
)
_QUEUE = re.compile(r"[A-Za-z0-9_][\w.-]{0,119}", re.ASCII)


def natural(label: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key that puts "table 2" before "table 10"."""
    parts = (p for p in _NUMBER.split(label) if p)
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts)


def fits(seats: SeatRange) -> bool:
    """Tell whether a range of seats can be made in one go: 1 to 200, each for some."""
    return (
        0 <= seats.first <= seats.last
        and seats.last - seats.first < SEATS_AT_ONCE
        and seats.people > 0
        and all(len(label) <= 20 for label in seats.labels())
    )


def connection(kind: str, address: str) -> str:
    """Return how a printer of this kind is reached at this address.

    An address on the network is a number, not a name: looking up a name may hang for
    longer than a visitor can wait. "" where the address is impossible.
    """
    if kind == "cups":
        return "queue" if _QUEUE.fullmatch(address) else ""
    if address.startswith("/"):
        return "device" if _DEVICE.fullmatch(address) else ""
    try:
        number = ip_address(address)
    except ValueError:
        return ""
    return "" if number.is_multicast or number.is_unspecified else "network"
