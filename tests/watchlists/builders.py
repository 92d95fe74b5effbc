"""Lists in force, bans, and people who come to a desk."""

from datetime import date
from typing import Any
from uuid import uuid4

from darbaza.custody.models import Restriction
from darbaza.watchlists import services
from darbaza.watchlists.models import Likeness, Version, WatchList
from darbaza.watchlists.types import ListDraft, Upload
from tests import cast
from tests.watchlists import files

KEPT_UNTIL = date(2027, 11, 1)


def a_list(name: str = "Test list", kind: str = "un", by: Any = cast.HEADQUARTERS):
    """Make an empty list."""
    draft = ListDraft(name, kind, "un.org", "Security Council", "sanctions", KEPT_UNTIL)
    return services.make(draft, request_id=uuid4(), by=by, at=cast.NINE)


def load(row: WatchList, *people: str, by: Any = cast.HEADQUARTERS, at: Any = None):
    """Put a list of these people in force and compare everybody."""
    at = at or cast.NINE
    version = offer(row, files.consolidated(*people), by=by, at=at)
    version = services.take_over(version.pk, by=by, at=at)
    for walk in version.screenings.all():
        while services.walk(walk.pk, by=by, at=at):
            pass
    return version


def offer(row: WatchList, data: bytes, *, by: Any = cast.HEADQUARTERS, at: Any = None):
    """Read a file for a list."""
    file = Upload("list.xml", data)
    return services.offer(row.pk, file, request_id=uuid4(), by=by, at=at or cast.NINE)


def come(person: Any, by: Any = cast.GATE_OFFICER, at: Any = None) -> list[Likeness]:
    """Compare somebody at a desk; return what is to be judged about them."""
    services.screen(person.pk, by=by, at=at or cast.NINE)
    return list(Likeness.objects.filter(person=person, status="open"))


def judge(row: Likeness, verdict: str = "another", by: Any = cast.SHIFT_SUPERVISOR):
    """Decide on a pair."""
    row.refresh_from_db()
    return services.judge(
        row.pk, verdict, reason="photograph compared", seen=row.mark,
        request_id=uuid4(), by=by, at=cast.NINE,
    )  # fmt: skip


def ban(person: Any, *, at: Any = cast.OTHER_COLONY, **more: Any) -> Restriction:
    """Ban somebody in one prison, for every prison."""
    more.setdefault("starts_on", date(2026, 1, 1))
    return Restriction.objects.create(
        institution_id=at, person=person, kind="banned", ground="court",
        reason="phone", authority="court", order_number="45", recorded_by="x",
        recorded_at=cast.NINE, **more,
    )  # fmt: skip


def versions(row: WatchList) -> list[Version]:
    """Return the files of a list, oldest first."""
    return list(row.versions.order_by("number"))
