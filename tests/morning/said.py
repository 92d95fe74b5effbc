"""What the system has on record of a played morning, as one JSON object.

Run as ``python -m tests.morning.said`` with DARBAZA_HOME.
"""

import json
import sys
from dataclasses import asdict

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
        "told_waits": _told_waits(),
        "inside": Visitor.objects.filter(status="inside").count(),
    }


def _told_waits() -> dict[str, int]:
    """Return how many numbers without appointment were told a wait that was right."""
    from django.db.models import Max, Min  # noqa: PLC0415

    from darbaza.accounts.types import system  # noqa: PLC0415
    from darbaza.gate import selectors  # noqa: PLC0415
    from darbaza.gate.models import Ticket  # noqa: PLC0415

    days = Ticket.objects.aggregate(Min("day"), Max("day"))
    by = system("morning", Ticket.objects.values_list("institution", flat=True)[0])
    told = selectors.accuracy(days["day__min"], days["day__max"], by=by)
    return asdict(told)


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(said()))
