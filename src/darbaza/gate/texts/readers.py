"""Words about readers and scales: how they are, what a test showed."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

SOURCES: Mapping[str, Promise] = {
    "wedge": _("typed like a keyboard"),
    "serial": _("a serial line"),
    "chip": _("the chip of the document"),
    "folder": _("a file"),
    "vendor": _("the maker's program"),
    "paper": _("put in by hand"),
}

STATES: Mapping[str, Promise] = {
    "ready": pgettext_lazy("reader", "ready"),
    "waiting": _("not there yet"),
    "failed": _("does not work"),
}

DEVICE_TROUBLES: Mapping[str, Promise] = {
    "not_plugged_in": _("It is not plugged in, or its device has another name."),
    "not_allowed": _("This computer does not let the agent use the device."),
    "broke_off": _("The last scan stopped in the middle. Scan once more."),
    "unreadable": _("The last bytes were no scan. Check the speed of the line."),
    "too_long": _("It sent far more than a document holds."),
    "no_folder": _("The folder does not exist."),
    "not_moved": _("A file that was read cannot be moved out of the folder."),
    "no_desk": _("The last scan came while no page was open at this post."),
    "too_late": _("The last scan came too late, and was dropped."),
    "no_server": _("The last scan did not reach the server in time."),
    "refused": _("The server refused the last scan."),
    "not_understood": _("The scale sends lines that are no weight."),
    "kit_failed": _("The maker's program stopped with an error."),
}

FIELD_STATES: Mapping[str, Promise] = {
    "checked": _("check digit fits"),
    "unchecked": _("no check digit covers it"),
    "repaired": _("repaired by check digits"),
    "failed": _("check digit does not fit"),
}

TROUBLES: Mapping[str, Any] = {
    "broke_off": _("The reader stopped in the middle. Lead the document evenly."),
    "layout_cyrillic": _(
        "A Russian or Kyrgyz keyboard is switched on. The desk reads it all the same."
    ),
    "layout_german": _(
        "A German keyboard is switched on, or the reader is set to one. The desk reads"
        " it all the same."
    ),
    "caps_lock": _("Caps Lock is on. The desk reads it all the same."),
    "slow": _(
        "A key came every %(ms)s milliseconds. Set the reader to send without pauses."
    ),
    "no_document": _("This is neither a document nor a code of ours."),
    "line_missing": ngettext_lazy(
        "Only %(lines)s line came of %(wanted)s. Is the reader set to send all lines?",
        "Only %(lines)s lines came of %(wanted)s. Is the reader set to send all lines?",
        "lines",
    ),
    "line_cut": _(
        "Line %(line)s has %(signs)s signs; a line has 30, 36 or 44. It was cut, or"
        " two lines came as one."
    ),
    "check_digit": _("The check digit does not fit: %(field)s."),
    "composite_too": _(
        "The check digit of the whole zone does not fit either, for it covers that too."
    ),
    "repaired": _("Repaired by check digits: %(field)s."),
    "no_line_ends": _(
        "All lines came as one. It can be read; set the reader to end lines with CR."
    ),
    "personal_number_differs": _(
        "The personal number does not agree with sex or date of birth."
    ),
    "unknown_issuer": _(
        "The issuing State is not known: look at the document with care."
    ),
    "unknown_nationality": _("The nationality is not known."),
    "unusual_code": _("The kind of document is unusual."),
    "unusual_number": _("The number is not written as on Kyrgyz documents."),
    "no_name": _("No name stands in the zone."),
    "no_number": _("No document number stands in the zone."),
    "several_readings": _(
        "It can be read in two ways: compare every Y and Z with the document."
    ),
    "mended_length": _("A line was too long or too short and was mended."),
}
"""What a test showed, by code."""


def source(code: str) -> str:
    """Return the way on which a scan came."""
    return str(SOURCES.get(code, code))


def trouble(code: str, figures: Mapping[str, object], fields: Mapping[str, Any]) -> str:
    """Return in words what a test showed."""
    given = dict(figures)
    if "field" in given:
        given["field"] = str(fields.get(str(given["field"]), given["field"]))
    words = TROUBLES.get(code)
    return str(words % given) if words else code
