"""Who waits, who is called, how long it will take; and the screens that show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.gate import queueing
from darbaza.gate.models import Lane, Screen, Ticket, TicketEvent, WindowLane
from darbaza.gate.queueing import Expected, Place, State, Step
from darbaza.kernel.errors import NotFound

AT_A_WINDOW = (State.CALLED, State.SERVING)
RECENT_SERVICES = 30
RECENT_WAITS = 100
LEARNED_WITHIN = timedelta(days=14)
SHOWN_CALLS, SHOWN_NEXT = 6, 8
OF_A_SCREEN = frozenset(
    {
        Permission.QUEUE_SHOW,
        Permission.QUEUE_TAKE,
        Permission.APPOINTMENT_SEE,
        Permission.PRINT_USE,
        Permission.PRINT_SEE,
        Permission.SITE_SEE,
    }
)
"""What a kiosk or a display may do, through its own pages alone: no other takes it."""


@requires(Permission.QUEUE_SHOW)
def lanes(*, by: Actor, closed: bool = False) -> QuerySet[Lane]:
    """Return the lanes of the actor's institution as the kiosk shows them."""
    rows = Lane.objects.filter(institution_id=by.institution_id)
    return rows if closed else rows.filter(closed_on=None)


@requires(Permission.QUEUE_SHOW)
def lane(lane_id: UUID, *, by: Actor) -> Lane:
    """Return one open lane.

    Raises:
        NotFound: No such lane here, or it is closed.
    """
    row = lanes(by=by).filter(pk=lane_id).first()
    if row is None:
        raise NotFound("lane")
    return row


@requires(Permission.QUEUE_SHOW)
def ticket(ticket_id: UUID, *, by: Actor) -> Ticket:
    """Return one ticket with lane and window.

    Raises:
        NotFound: No such ticket in the actor's institution.
    """
    rows = Ticket.objects.select_related("lane", "window", "institution")
    row = rows.filter(pk=ticket_id, institution_id=by.institution_id).first()
    if row is None:
        raise NotFound("ticket")
    return row


@requires(Permission.QUEUE_SHOW)
def waiting(*, by: Actor, at: datetime) -> list[Ticket]:
    """Return today's waiting tickets in the order in which they are called now."""
    rows = _today(by, at).filter(state=State.WAITING).select_related("lane")
    return sorted(
        rows,
        key=lambda t: (
            not queueing.is_ready(in_time(t), at=at),
            t.place_at,
            t.number,
        ),
    )


@requires(Permission.QUEUE_CALL)
def aside(*, by: Actor, at: datetime) -> list[Ticket]:
    """Return today's tickets that were put aside or did not come, newest first."""
    states = (State.PARKED, State.NO_SHOW)
    rows = _today(by, at).filter(state__in=states).select_related("lane", "window")
    return list(rows.order_by("-called_at"))


@requires(Permission.QUEUE_CALL)
def at_window(post_id: UUID | None, *, by: Actor, at: datetime) -> Ticket | None:
    """Return the ticket that is called or served at a window, None for none."""
    if post_id is None:
        return None
    rows = _today(by, at).filter(window_id=post_id, state__in=AT_A_WINDOW)
    return rows.select_related("lane", "window").first()


@requires(Permission.QUEUE_SHOW)
def window_lanes(post_id: UUID, *, by: Actor) -> frozenset[UUID] | None:
    """Return the lanes that a window serves, None for all."""
    rows = WindowLane.objects.filter(institution_id=by.institution_id, post_id=post_id)
    return frozenset(rows.values_list("lane_id", flat=True)) or None


@dataclass(frozen=True, slots=True)
class Call:
    """A number on the public display."""

    label: str
    window: dict[str, str]
    """The window's name by language."""
    called_at: datetime
    calls: int
    """How often it was called: a further call sounds again."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that a public display shows: numbers and windows only."""

    calls: tuple[Call, ...]
    following: tuple[str, ...]
    waiting: int


@requires(Permission.QUEUE_SHOW)
def shown(*, by: Actor, at: datetime) -> Shown:
    """Return the display: the newest call first, then who is next."""
    steps = (Step.CALLED, Step.CALLED_AGAIN)
    events = TicketEvent.objects.filter(
        institution_id=by.institution_id, step__in=steps,
        ticket__day=timezone.localdate(at), ticket__state__in=AT_A_WINDOW,
    )  # fmt: skip
    newest: dict[UUID, list[TicketEvent]] = {}
    for event in events.select_related("ticket__window").order_by("-at", "-id"):
        newest.setdefault(event.ticket_id, []).append(event)
    line = waiting(by=by, at=at)
    return Shown(
        tuple(_call(rows) for rows in list(newest.values())[:SHOWN_CALLS]),
        tuple(t.label for t in line[:SHOWN_NEXT]),
        len(line),
    )


def _call(events: Sequence[TicketEvent]) -> Call:
    row, post = events[0].ticket, events[0].ticket.window
    names = {n: getattr(post, f"name_{n}") if post else "" for n in ("ky", "ru", "en")}
    return Call(row.label, names, events[0].at, len(events))


def in_time(row: Ticket) -> datetime | None:
    """Return the appointment of a ticket that came in time for it."""
    if row.due_at is None or row.taken_at > row.due_at + queueing.LATE:
        return None
    return row.due_at


@requires(Permission.QUEUE_SHOW)
def expected(
    row: Lane, place: Place, *, by: Actor, at: datetime
) -> tuple[int, Expected]:
    """Return how many go before a place in a lane, and how long it will wait."""
    open_windows = _open_windows(row, by, at)
    rivals = _rival_lanes(open_windows, by)
    line = [
        Place(t.place_at, t.due_at, t.number)
        for t in waiting(by=by, at=at)
        if rivals is None or t.lane_id in rivals
    ]
    ahead = queueing.ahead_of(place, line)
    told = queueing.expected_wait(
        ahead=ahead,
        windows=len(open_windows),
        service_minutes=_service_minutes(by, at),
        usual_minutes=row.usual_minutes,
        ratios=_ratios(row, at),
    )
    return ahead, told


def _today(by: Actor, at: datetime) -> QuerySet[Ticket]:
    day = timezone.localdate(at)
    return Ticket.objects.filter(institution_id=by.institution_id, day=day)


def _served(by: Actor) -> dict[UUID, set[UUID]]:
    served: dict[UUID, set[UUID]] = {}
    rows = WindowLane.objects.filter(institution_id=by.institution_id)
    for post_id, lane_id in rows.values_list("post_id", "lane_id"):
        served.setdefault(post_id, set()).add(lane_id)
    return served


def _open_windows(row: Lane, by: Actor, at: datetime) -> set[UUID]:
    """Return the windows that serve a lane and have called somebody lately."""
    rows = TicketEvent.objects.filter(
        institution_id=by.institution_id, step=Step.CALLED,
        at__gt=at - queueing.TOO_OLD, window__isnull=False,
    )  # fmt: skip
    called = set(rows.values_list("window_id", flat=True))
    served = _served(by)
    return {w for w in called if w not in served or row.pk in served[w]}


def _rival_lanes(windows: set[UUID], by: Actor) -> set[UUID] | None:
    """Return the lanes that these windows serve besides; None for every lane."""
    served = _served(by)
    if not windows or any(window not in served for window in windows):
        return None
    return set().union(*(served[window] for window in windows))


def _service_minutes(by: Actor, at: datetime) -> list[float]:
    """Return how long windows needed for those served last today."""
    rows = TicketEvent.objects.filter(
        institution_id=by.institution_id, step=Step.DONE,
        ticket__day=timezone.localdate(at),
    ).order_by("-at")[:RECENT_SERVICES]  # fmt: skip
    ended = dict(rows.values_list("ticket_id", "at"))
    calls = TicketEvent.objects.filter(ticket__in=list(ended), step=Step.CALLED)
    called = dict(calls.order_by("at").values_list("ticket_id", "at"))
    times = [(ended[key] - called[key]).total_seconds() / 60 for key in called]
    return [minutes for minutes in times if minutes >= 0]


def _ratios(row: Lane, at: datetime) -> list[float]:
    rows = Ticket.objects.filter(
        lane=row, called_at__isnull=False, taken_at__gt=at - LEARNED_WITHIN, due_at=None
    ).order_by("-taken_at")
    return [
        queueing.ratio(max(0.0, (called - taken).total_seconds() / 60), reckoned)
        for taken, called, reckoned in rows.values_list(
            "taken_at", "called_at", "reckoned_minutes"
        )[:RECENT_WAITS]
        if called
    ]


def screen_actor(secret: str) -> Actor | None:
    """Return the actor of the kiosk or display that carries a secret, or None.

    Unknown and closed ones are not told apart.
    """
    row = Screen.objects.filter(secret_hash=secret_hash(secret), closed_on=None).first()
    if row is None:
        return None
    return Actor(
        id=row.pk, name=row.name, institution_id=row.institution_id,
        sees=frozenset({row.institution_id}), permissions=OF_A_SCREEN, device=row.kind,
    )  # fmt: skip


def secret_hash(secret: str) -> str:
    """Return what is stored of a screen's secret: 64 hexadecimal digits.

    Secrets hold 100 random bits, so a plain hash is enough.
    """
    bare = "".join(secret.split()).upper()
    return sha256(bare.encode("utf-8", "surrogatepass")).hexdigest()


@requires(Permission.QUEUE_SHOW)
def screen(*, by: Actor) -> Screen | None:
    """Return the screen that acts, None where a person does."""
    rows = Screen.objects.select_related("post", "institution")
    return rows.filter(pk=by.id, institution_id=by.institution_id).first()


@requires(Permission.QUEUE_MANAGE)
def screens(*, by: Actor) -> QuerySet[Screen]:
    """Return the kiosks and displays of the actor's institution that are in use."""
    rows = Screen.objects.filter(institution_id=by.institution_id, closed_on=None)
    return rows.select_related("post")
