"""What is handed over with a shift, by small providers; and the shifts themselves."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.gate import states
from darbaza.gate.models import Category, Draft, Shift
from darbaza.gate.selectors import belongings, board, people
from darbaza.gate.types import Figure
from darbaza.kernel.errors import NotFound
from darbaza.parcels import selectors as parcels
from darbaza.visits import selectors as visits


def _passes(by: Actor, _at: datetime) -> list[Figure]:
    count = board.outstanding(by=by).count()
    return [Figure("passes_outstanding", count, "gate:board")]


def _people(by: Actor, _at: datetime) -> list[Figure]:
    """Count everybody inside; visitors and staff are said even where there is none."""
    found = Counter(one.category for one in people.everyone_inside(by=by))
    always = ("visitor", Category.STAFF)
    wanted = dict.fromkeys((*always, *Category.values))
    return [
        Figure(f"inside_{category}", found[category], "gate:everyone")
        for category in wanted
        if found[category] or category in always
    ]


def _at_visits(by: Actor, _at: datetime) -> list[Figure]:
    calls = apps.get_model("visits", "Call")._default_manager.filter(
        institution_id=by.institution_id, brought_at__isnull=False, returned_at=None
    )
    return [Figure("prisoners_at_visits", calls.count(), "gate:evacuation")]


def _vehicles(by: Actor, _at: datetime) -> list[Figure]:
    count = people.vehicles_inside(by=by).count()
    return [Figure("vehicles_inside", count, "gate:vehicles")]


def _held(by: Actor, _at: datetime) -> list[Figure]:
    count = belongings.held(by=by).count()
    return [Figure("deposits_held", count, "gate:belongings")]


def _bags(by: Actor, _at: datetime) -> list[Figure]:
    """Count what parcels leave to the next shift."""
    back = parcels.to_give_back(by=by).count()
    return [
        Figure("bags_held", parcels.held_bags(by=by), "parcels:store"),
        Figure("bags_to_give_back", back, "parcels:inspection"),
        Figure(
            "inspections_waiting",
            parcels.unfinished_inspections(by=by),
            "parcels:inspection",
        ),
    ]


def _waiting(by: Actor, at: datetime) -> list[Figure]:
    today = timezone.localdate(at)
    wanted = visits.Filters(first=today, last=today + timedelta(days=1))
    rows = visits.visits(wanted, by=by).filter(
        institution_id=by.institution_id, status="registered"
    )
    return [Figure("visits_waiting", rows.count(), "visits:today")]


def _half_done(by: Actor, _at: datetime) -> list[Figure]:
    rows = Draft.objects.filter(institution_id=by.institution_id, done_at=None)
    full = [row for row in rows if not states.load(row.state).empty]
    return [Figure("drafts_open", len(full), "gate:board")]


PROVIDERS: tuple[Callable[[Actor, datetime], list[Figure]], ...] = (
    _passes,
    _people,
    _at_visits,
    _vehicles,
    _held,
    _bags,
    _waiting,
    _half_done,
)
"""What a hand-over counts, in the order of the page.

Another room's figures are one line here; their words are one line each in
``texts.FIGURES``.
"""


@requires(Permission.GATE_BOARD)
def handing_over(*, by: Actor, at: datetime) -> list[Figure]:
    """Return every figure that the incoming officer holds against the rooms."""
    return [figure for provider in PROVIDERS for figure in provider(by, at)]


@requires(Permission.GATE_BOARD)
def shift_running(*, by: Actor) -> Shift | None:
    """Return the open shift of the actor's institution, None where there is none."""
    rows = Shift.objects.filter(institution_id=by.institution_id, ended_at=None)
    return rows.select_related("after").first()


@requires(Permission.GATE_BOARD)
def shifts(*, by: Actor) -> QuerySet[Shift]:
    """Return all shifts of the actor's institution, newest first."""
    rows = Shift.objects.filter(institution_id=by.institution_id)
    return rows.order_by("-opened_at", "-id")


@requires(Permission.GATE_BOARD)
def shift_of(shift_id: UUID, *, by: Actor) -> Shift:
    """Return one shift.

    Raises:
        NotFound: No such shift in the actor's institution.
    """
    row = shifts(by=by).filter(pk=shift_id).first()
    if row is None:
        raise NotFound("shift")
    return row


@requires(Permission.GATE_BOARD)
def ended_shifts(first: datetime, last: datetime, *, by: Actor) -> QuerySet[Shift]:
    """Return the shifts that ended from ``first`` (included) to ``last`` (excluded)."""
    rows = shifts(by=by).filter(ended_at__gte=first, ended_at__lt=last)
    return rows.order_by("ended_at")
