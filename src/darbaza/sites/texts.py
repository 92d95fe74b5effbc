"""Words of sites: events, kinds of place, faults, and why something was refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from darbaza.pages import grounds
from darbaza.pages.grounds import Text
from darbaza.sites import events
from darbaza.sites.models import Printer
from darbaza.sites.types import Fault, Place

EVENTS: dict[str, Promise] = {
    events.INSTALLED.code: _("Installation founded"),
    events.INSTITUTION_OPENED.code: _("Institution opened"),
    events.INSTITUTION_CHANGED.code: _("Institution's choices changed"),
    events.INSTITUTION_CLOSED.code: _("Institution closed"),
    events.INSTITUTION_REOPENED.code: _("Institution opened again"),
    events.PLACE_ADDED.code: _("Place added"),
    events.PLACE_CHANGED.code: _("Place changed"),
    events.PLACE_CLOSED.code: _("Place closed"),
    events.PLACE_REOPENED.code: _("Place opened again"),
    events.SEATS_ADDED.code: _("Tables added"),
    events.PRINTER_ADDED.code: _("Printer added"),
    events.PRINTER_CHANGED.code: _("Printer changed"),
    events.PRINTER_CLOSED.code: _("Printer closed"),
    events.PRINTER_REOPENED.code: _("Printer opened again"),
    events.PRINTER_TESTED.code: _("Test page sent to a printer"),
    events.PRINT_WAITS.code: _("A paper did not come out and waits"),
    events.PRINT_AGAIN.code: _("A paper was sent to its printer again"),
    events.PRINT_ELSEWHERE.code: _("A paper was sent to another printer"),
    events.PRINT_OPENED.code: _("A waiting paper was opened in the browser"),
    events.PRINT_CANCELLED.code: _("A waiting paper was given up"),
}

PLACES: dict[Place, tuple[Promise, Promise]] = {
    Place.BLOCK: (_("Blocks"), _("Add a block")),
    Place.CELL: (_("Cells"), _("Add a cell")),
    Place.ROOM: (_("Rooms for visits"), _("Add a room")),
    Place.SEAT: (_("Tables and booths"), _("Add a table")),
    Place.POST: (_("Working posts"), _("Add a post")),
}

FIELDS: dict[str, Promise] = {
    "name_ky": _("name in Kyrgyz"),
    "name_ru": _("name in Russian"),
    "name_en": _("name in English"),
    "code": _("number"),
    "kind": _("kind"),
    "address": _("address"),
    "phone": _("telephone"),
    "complaints_to": _("complaints go to"),
    "money_paid_to": _("money is paid"),
    "paper_language": _("language of official papers"),
    "entrance_capacity": _("visitors inside at once"),
    "shared_minutes": _("minutes until a shared computer locks"),
    "places": _("places"),
    "label": _("label"),
    "people": _("visitors at most"),
    "connection": _("connection"),
    "port": _("port"),
    "dots": _("width in dots"),
    "dpi": _("dots an inch"),
    "sheet": _("paper in it"),
    "post_id": _("post"),
    "passes": _("prints passes"),
    "receipts": _("prints receipts"),
    "labels": _("prints labels"),
    "papers": _("prints refusals and lists"),
}

FAULTS: dict[Fault, Promise] = {
    Fault.UNREACHABLE: _(
        "The printer does not answer at its address. Is it switched on, and is its"
        " network cable in?"
    ),
    Fault.REFUSED: _(
        "Something answers at this address but takes no papers now; another computer"
        " may be printing. If it stays so, compare address and port with the printer's"
        " own test page."
    ),
    Fault.SILENT: _("The printer takes nothing. Switch it off and on again."),
    Fault.BUSY: _("The printer is busy with another paper. Try again in a moment."),
    Fault.PAPER_OUT: _("The printer is out of paper. Put in paper and send again."),
    Fault.COVER_OPEN: _("The cover of the printer is open. Close it and send again."),
    Fault.OFFLINE: _(
        "The printer is paused or shows a fault of its own. Look at its lamps and"
        " press its paper button."
    ),
    Fault.NO_DEVICE: _(
        "The server has no such device. Is the cable in, and is the printer switched"
        " on?"
    ),
    Fault.NOT_ALLOWED: _(
        "The server may not use this printer. An administrator of the server gives"
        " it that right."
    ),
    Fault.NO_QUEUE: _(
        "The server has no queue of this name. Compare it with the list of CUPS."
    ),
    Fault.QUEUE_STOPPED: _(
        "The queue is stopped. Start it again on the server, or choose another printer."
    ),
    Fault.NO_CUPS: _(
        "The print service of the server (CUPS) does not answer. An administrator of"
        " the server must start it."
    ),
    Fault.BROKEN_OFF: _(
        "The connection broke off in the middle. Throw away what came out half, then"
        " send again."
    ),
    Fault.PAPER_ENDED: _(
        "The paper ended in the middle. Put in paper, throw away the half page, then"
        " send again."
    ),
    Fault.UNREADABLE: _(
        "This paper cannot be drawn for this printer. Open it in the browser and"
        " print it there."
    ),
}
"""What happened and what to do; that the paper is kept, the pages say themselves."""

REFUSALS: dict[str, Promise] = {
    "installation_is_other": _("This database is of the other kind for good."),
    "installation_not_empty": _(
        "This database holds institutions already; it cannot be founded anew."
    ),
    "installation_missing": _("This database is not founded yet."),
    "installation_is_demonstration": _(
        "This is a demonstration; real data must not enter it."
    ),
    "installation_is_real": _(
        "This is a real installation; demonstration data must not enter it."
    ),
    "institution_code_taken": _("Another institution has the number %(number)s."),
    "institution_closed": _("The institution is closed from %(closed_on)s already."),
    "place_name_taken": _(
        "Another place has the name %(place)s. Choose another name, or open the"
        " closed one again."
    ),
    "place_closed": _("%(place)s is closed. Open it again first."),
    "seat_range": _("Give the first and the last number, at most 200 tables at once."),
    "value_missing": _("Something is missing here."),
    "value_unknown": _("Choose one of the list."),
    "value_too_long": _("This is too long."),
    "value_out_of_range": _("This figure is not possible here."),
    "printer_name_taken": _("Another printer has the name %(printer)s."),
    "printer_address_impossible": _(
        "Give a number such as 192.168.1.50, a device such as /dev/usb/lp0, or for"
        " CUPS the name of its queue."
    ),
    "printer_closed": _("%(printer)s is closed. Choose another printer."),
    "print_job_settled": _("This paper was printed or given up already."),
    "print_job_sending": _("This paper is on its way. Wait a moment and look again."),
}


def changes(facts: dict[str, object]) -> str:
    """Say which values changed, old and new, from the facts of an event."""
    found = facts.get("changes")
    if not isinstance(found, dict):
        return ""
    lines = (f"{FIELDS.get(k, k)}: {v[0]} → {v[1]}" for k, v in found.items())
    return "; ".join(lines)


def state(printer: Printer) -> str:
    """Return how a printer is, in two words."""
    if printer.asked_at is None:
        return str(_("never asked"))
    return str(_("does not print") if printer.fault else _("ready"))


def fault(code: str) -> str:
    """Return what a person is told about a fault; "" for none."""
    return str(FAULTS[Fault(code)]) if code else ""


def register() -> None:
    """Tell the pages why something was refused."""
    words = {**REFUSALS, **{fault.value: said for fault, said in FAULTS.items()}}
    grounds.register({code: Text(said, said) for code, said in words.items()})
