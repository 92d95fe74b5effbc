"""What the system has on record of a played morning, as one JSON object.

Run as ``python -m tests.morning.said`` with DARBAZA_HOME.
"""

import json
import sys

import django


def said() -> dict[str, object]:
    """Return every stamp by number, who came to what, and who is left at the end."""
    from darbaza.appointments.models import Appointment  # noqa: PLC0415
    from darbaza.gate.models import Ticket, TicketEvent  # noqa: PLC0415
    from darbaza.visits.models import Visitor  # noqa: PLC0415

    stamps: dict[str, dict[str, str]] = {}
    rows = TicketEvent.objects.select_related("ticket").order_by("at", "id")
    for row in rows:
        of_ticket = stamps.setdefault(row.ticket.label, {})
        of_ticket.setdefault(row.step, row.at.isoformat())
    return {
        "stamps": stamps,
        "states": dict(Ticket.objects.values_list("code", "state")),
        "appointments": dict(Appointment.objects.values_list("reference", "status")),
        "inside": Visitor.objects.filter(status="inside").count(),
    }


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(said()))
