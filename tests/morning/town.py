"""A prison with families of its own: everybody whom the script brings to the gate.

Run as ``python -m tests.morning.town FAMILIES FIRST_VISIT`` it fills the database of
DARBAZA_HOME and prints, as one JSON object, what the people know of themselves.
"""

import json
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import django

BETWEEN, LONG = 30, 40
PACKAGES = (time(9, 15), time(12))
SESSIONS = 6
SEATS = 60
DESKS = tuple(f"desk-{number}" for number in range(1, 6))
OFFICERS = (*DESKS, "bags-1", "search-1", "search-2", "inner-1")
SUPERVISOR = "supervisor"
PASSWORD = "correct horse battery"


def fill(
    families: int, first_visit: datetime, *, places: int = SEATS // 2
) -> dict[str, Any]:
    """Put one prison with its staff, its queue and its families into the database.

    Six visits of a day begin half an hour apart, with so many places each; packages
    come in the hours of any day.
    """
    from django.core.management import call_command  # noqa: PLC0415

    from tests.visits import builders  # noqa: PLC0415

    call_command("load_catalogue", verbosity=0)
    home = builders.house("27", seats=SEATS)
    for number in range(SESSIONS):
        start = first_visit + timedelta(minutes=BETWEEN * number)
        builders.session(
            home, starts_at=start, ends_at=start + timedelta(minutes=LONG),
            open_places=places, closed_places=0,
        )  # fmt: skip
    _plan(home)
    return {
        "windows": _staff(home),
        **_queue(home),
        "families": [_family(home, builders, number) for number in range(families)],
    }


def _staff(home: Any) -> dict[str, str]:
    """Make officers and windows; return the window of each desk by its officer."""
    from django.utils import timezone  # noqa: PLC0415

    from darbaza.accounts.models import Assignment, User  # noqa: PLC0415
    from darbaza.sites.models import Post  # noqa: PLC0415

    now, windows = timezone.now(), {}
    languages = ("ky", "ru", "en")
    for name in (*OFFICERS, SUPERVISOR):
        user = User(username=name, full_name=f"Officer {name}", language="en")
        user.created_at = now
        user.set_password(PASSWORD)
        user.save()
        Assignment.objects.create(
            user=user, institution_id=home.institution.pk, given_at=now, given_by="x",
            role="shift_supervisor" if name == SUPERVISOR else "gate_officer",
        )  # fmt: skip
        if name.startswith("desk"):
            names = {f"name_{code}": f"Window {name[-1]}" for code in languages}
            post = Post.objects.create(
                institution=home.institution, kind="window", **names
            )
            windows[name] = str(post.pk)
    return windows


def _plan(home: Any) -> None:
    """Adopt an arrival plan for these officers, and hours in which packages come."""
    from django.utils import timezone  # noqa: PLC0415

    from darbaza.accounts.permissions import Role  # noqa: PLC0415
    from darbaza.appointments import services  # noqa: PLC0415
    from darbaza.appointments.types import HandInDraft, PlanDraft  # noqa: PLC0415

    now = timezone.now()
    given = {"by": home.actor(Role.SHIFT_SUPERVISOR), "at": now}
    today = timezone.localdate(now)
    plan = PlanDraft(
        today, clerks=len(DESKS), inspectors=1, searchers=2,
        registration_minutes=Decimal("4.5"), inspection_minutes=Decimal("1.5"),
        search_minutes=Decimal("1.5"),
    )  # fmt: skip
    services.adopt(plan, **given)
    begin, end = PACKAGES
    for weekday in range(7):
        hours = HandInDraft(weekday, begin, end, valid_from=today)
        services.add_hand_in(hours, **given)


def _queue(home: Any) -> dict[str, str]:
    """Set up three lanes, a kiosk and a display; return their secrets."""
    from django.utils import timezone  # noqa: PLC0415

    from darbaza.gate import services  # noqa: PLC0415
    from darbaza.gate.types import LaneDraft, ScreenDraft  # noqa: PLC0415
    from darbaza.sites.types import Names  # noqa: PLC0415

    told = {"by": home.actor(), "at": timezone.now()}
    for prefix, kind in (("V", "visit"), ("P", "parcel"), ("E", "express")):
        services.set_lane(LaneDraft(prefix, kind, Names(kind, kind, kind)), **told)
    return {
        kind: services.add_screen(
            ScreenDraft(kind, kind), request_id=uuid4(), **told
        ).secret
        for kind in ("kiosk", "display")
    }


def _family(home: Any, builders: Any, number: int) -> dict[str, str]:
    """Put a prisoner and one visitor who may see them on record."""
    from django.utils import timezone  # noqa: PLC0415

    from darbaza.appointments import services as codes  # noqa: PLC0415
    from darbaza.appointments.types import Contact  # noqa: PLC0415
    from darbaza.custody.models import Contact as Tie  # noqa: PLC0415
    from darbaza.persons import services  # noqa: PLC0415
    from darbaza.persons.mrz import writing  # noqa: PLC0415
    from darbaza.persons.mrz.types import Document, Format  # noqa: PLC0415
    from darbaza.persons.types import DocumentDraft, PersonDraft  # noqa: PLC0415

    now = timezone.now()
    given = {"by": home.actor(), "at": now}
    word = _spelled(number)
    born, sex = (
        date(1960 + number % 40, 1 + number % 12, 1 + number % 28),
        "FM"[number % 2],
    )
    visitor = services.register(
        PersonDraft(
            f"Келген{word}", "Адам", sex=sex, birth_on=born, citizenship="KGZ",
            surname_latin=f"KELGEN{word}", given_names_latin="ADAM",
        ), **given,
    )  # fmt: skip
    paper = f"ZZ{number:07}"
    document = DocumentDraft("passport", paper, "KGZ", expires_on=date(2035, 1, 1))
    services.add_document(visitor.pk, document, **given)
    prisoner = builders.prisoner(home, f"27-{number:04}")
    Tie.objects.create(
        institution=home.institution, prisoner=prisoner, person=visitor,
        kinship="spouse", status="approved", proposed_at=now, decided_at=now,
        decided_by="test",
    )  # fmt: skip
    lines = writing.write(
        Document(
            format=Format.TD3, document_code="P", issuer="KGZ", nationality="KGZ",
            document_number=paper, sex=sex, birth_date=f"{born:%y%m%d}",
            expiry_date="350101", surname=f"KELGEN{word}", given_names="ADAM",
        )
    )  # fmt: skip
    code = codes.give_code(prisoner.pk, visitor.pk, Contact(language="en"), **given)
    return {
        "prisoner": prisoner.number, "prisoner_id": str(prisoner.pk),
        "person_id": str(visitor.pk), "sex": sex, "zone": "\r".join((*lines, "")),
        "code": code.code,
    }  # fmt: skip


def _spelled(number: int) -> str:
    """Return a number in letters, so that no two names are alike."""
    return "".join(chr(ord("A") + int(digit)) * 2 for digit in f"{number:03}")


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(
        json.dumps(fill(int(sys.argv[1]), datetime.fromisoformat(sys.argv[2])))
    )
