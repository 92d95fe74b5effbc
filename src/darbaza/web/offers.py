"""What each room offers on the first page and in the menu.

``web`` stands above all rooms, so it knows their addresses by name; an address that is
not there (a room not installed) or a permission that is missing takes the offer away.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from darbaza.accounts.permissions import Permission
from darbaza.accounts.types import Actor
from darbaza.appointments import selectors as appointments
from darbaza.custody import selectors as custody
from darbaza.gate import selectors as gate
from darbaza.visits import selectors as visits
from darbaza.watchlists import selectors as watchlists

P = Permission
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the menu."""

    label: Words
    url_name: str
    permission: Permission
    key: str = ""
    """The key that leads there from any page, for those who have no mouse."""
    seldom: bool = False
    """Not daily work: stands under "More", so that the menu fits into one line."""


@dataclass(frozen=True, slots=True)
class Step:
    """One next step on the first page."""

    label: Words
    hint: Words
    url_name: str
    permission: Permission


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the first page, from a room's own selector."""

    label: Words
    url_name: str
    permission: Permission
    count: Callable[[Actor, datetime], int]


MENU: tuple[Place, ...] = (
    Place(_("Desk"), "gate:desk", P.GATE_DESK, key="Alt+D"),
    Place(_("Inner gate"), "gate:inner", P.GATE_ADMIT, key="Alt+I"),
    Place(pgettext_lazy("menu", "Board"), "gate:board", P.GATE_BOARD),
    Place(pgettext_lazy("menu", "Queue"), "gate:queue", P.QUEUE_CALL),
    Place(
        pgettext_lazy("menu", "Waiting times"), "gate:waits", P.WAIT_SEE, seldom=True
    ),
    Place(_("Belongings"), "gate:belongings", P.GATE_BELONGINGS),
    Place(_("Inside"), "gate:everyone", P.GATE_PASSAGE, key="Alt+E"),
    Place(_("Visits"), "visits:today", P.VISIT_SEE),
    Place(pgettext_lazy("menu", "Appointments"), "appointments:day", P.APPOINTMENT_SEE),
    Place(_("Parcels"), "parcels:today", P.PARCEL_SEE),
    Place(_("Call centre"), "appointments:centre", P.APPOINTMENT_SERVE, seldom=True),
    Place(
        _("Texts to families"), "appointments:messages", P.APPOINTMENT_SEE, seldom=True
    ),
    Place(
        pgettext_lazy("menu", "Second look"),
        "appointments:reviews",
        P.VISIT_REGISTER,
        seldom=True,
    ),
    Place(pgettext_lazy("menu", "Inspection"), "parcels:inspection", P.PARCEL_INSPECT),
    Place(_("Prisoners"), "custody:register", P.PRISONER_SEE),
    Place(_("Persons"), "persons:search", P.PERSON_SEE),
    Place(pgettext_lazy("menu", "What if"), "gate:what_if", P.WAIT_PLAN, seldom=True),
    Place(_("Timetable"), "visits:timetable", P.TIMETABLE_SEE, seldom=True),
    Place(_("Rules"), "entitlements:rules", P.RULE_SEE, seldom=True),
    Place(_("Overrides"), "visits:overrides", P.OVERRIDE_SEE, seldom=True),
    Place(_("Import"), "custody:imports", P.REGISTER_IMPORT, seldom=True),
    Place(_("Institution"), "sites:institution", P.SITE_SEE, seldom=True),
    Place(_("Users"), "accounts:users", P.USER_SEE, seldom=True),
    Place(_("Printers"), "sites:printers", P.PRINT_SEE, seldom=True),
    Place(_("Devices"), "accounts:devices", P.DEVICE_MANAGE, seldom=True),
    Place(_("Watch-lists"), "watchlists:lists", P.WATCHLIST_SEE, seldom=True),
    Place(pgettext_lazy("audit", "Record"), "web:record", P.AUDIT_SEE, seldom=True),
)

STEPS: tuple[Step, ...] = (
    Step(
        _("Register visitors"),
        _("Scan a document, choose whom to visit, print the pass."),
        "gate:desk",
        P.GATE_DESK,
    ),
    Step(
        _("Shift"),
        _("Open it, count, hand it over with both signatures."),
        "gate:shift",
        P.SHIFT_HAND_OVER,
    ),
    Step(
        _("Set up the queue"),
        _("Lanes, windows, kiosks and public displays."),
        "gate:queue_setup",
        P.QUEUE_MANAGE,
    ),
    Step(
        _("Lockers"),
        _("Number the lockers in which visitors leave their things."),
        "gate:lockers",
        P.GATE_SET_UP,
    ),
    Step(
        _("Readers and scales"),
        _("How those of a post are; try one, give its agent a token."),
        "gate:readers",
        P.GATE_SET_UP,
    ),
    Step(
        _("Badges"),
        _("Cards of staff and contractors: one scan is in or out."),
        "gate:badges",
        P.GATE_SET_UP,
    ),
    Step(
        _("Look over the entrance"),
        _("Who is inside, who waits, what was refused."),
        "gate:board",
        P.GATE_BOARD,
    ),
    Step(
        _("What if: waits at the entrance"),
        _("What appointments, one clerk more or shorter steps would change."),
        "gate:what_if",
        P.WAIT_PLAN,
    ),
    Step(
        _("Visits of today"),
        _("List, calendar, paper for the morning."),
        "visits:today",
        P.VISIT_SEE,
    ),
    Step(
        _("Findings"),
        _("Prohibited things found, with their protocols; chains of custody."),
        "parcels:findings",
        P.FINDING_SEE,
    ),
    Step(
        _("Watch-lists"),
        _("Which lists people are compared with, and what came of it."),
        "watchlists:lists",
        P.WATCHLIST_SEE,
    ),
    Step(
        _("Register of prisoners"),
        _("Admit, transfer, contacts and restrictions."),
        "custody:register",
        P.PRISONER_MANAGE,
    ),
    Step(
        _("Overrides"),
        _("Who lifted a refusal, and why."),
        "visits:overrides",
        P.OVERRIDE_SEE,
    ),
    Step(
        _("Rules"),
        _("Quotas and their sources; what is not yet verified."),
        "entitlements:rules",
        P.RULE_MANAGE,
    ),
    Step(
        _("Import lists"),
        _("Prisoners, contacts, bans and users from a table."),
        "custody:imports",
        P.REGISTER_IMPORT,
    ),
    Step(
        _("Users and roles"),
        _("New colleagues, lost passwords, roles."),
        "accounts:users",
        P.USER_MANAGE,
    ),
    Step(
        _("The record"),
        _("Everything that happened, and the proof that nothing was changed."),
        "web:record",
        P.AUDIT_SEE,
    ),
)

FIGURES: tuple[Figure, ...] = (
    Figure(
        _("visitors inside now"),
        "gate:board",
        P.GATE_BOARD,
        lambda by, at: gate.occupancy(by=by, at=at).inside,
    ),
    Figure(
        _("visits on today's list"),
        "visits:today",
        P.GATE_BOARD,
        lambda by, at: _visits_today(by, at),  # noqa: PLW0108 - defined below
    ),
    Figure(
        _("appointments today"),
        "appointments:day",
        P.APPOINTMENT_SEE,
        lambda by, at: (
            appointments.of_day(localtime(at).date(), by=by)
            .exclude(status__in=["moved", "cancelled"])
            .count()
        ),
    ),
    Figure(
        _("contacts waiting for a decision"),
        "custody:waiting",
        P.CONTACT_APPROVE,
        lambda by, _at: custody.waiting_contacts(by=by).count(),
    ),
    Figure(
        _("likenesses with watch-lists to judge"),
        "watchlists:likenesses",
        P.WATCHLIST_JUDGE,
        lambda by, _at: watchlists.open_count(by=by),
    ),
    Figure(
        _("bookings to look at again"),
        "appointments:reviews",
        P.VISIT_REGISTER,
        lambda by, _at: appointments.reviews(by=by).count(),
    ),
    Figure(
        _("texts to read out by telephone"),
        "appointments:calls",
        P.APPOINTMENT_BOOK,
        lambda by, at: appointments.to_tell(by=by, at=at).count(),
    ),
    Figure(
        _("open complaints"),
        "visits:complaints",
        P.COMPLAINT_ANSWER,
        lambda by, at: visits.complaints(on=localtime(at).date(), by=by).count(),
    ),
)


def _visits_today(by: Actor, at: datetime) -> int:
    today = localtime(at).date()
    wanted = visits.Filters(first=today, last=today + timedelta(days=1))
    return visits.visits(wanted, by=by).count()


def menu(by: Actor) -> Iterator[tuple[Place, str]]:
    """Yield the menu entries that this actor may open, with their addresses."""
    for place in MENU:
        address = _address(place.url_name)
        if by.may(place.permission) and address:
            yield place, address


def steps(by: Actor, *, at: datetime) -> list[dict[str, Words]]:  # noqa: ARG001
    """Return the next steps of this actor, most frequent first."""
    found = ((step, _address(step.url_name)) for step in STEPS)
    return [
        {"label": step.label, "hint": step.hint, "url": address}
        for step, address in found
        if address and by.may(step.permission)
    ]


def figures(by: Actor, at: datetime) -> list[dict[str, object]]:
    """Return the figures that this actor may see."""
    return [
        {
            "label": figure.label,
            "value": figure.count(by, at),
            "url": _address(figure.url_name),
        }
        for figure in FIGURES
        if by.may(figure.permission)
    ]


KEYS: list[tuple[Words, list[tuple[str, Words]]]] = [
    (
        _("On every page"),
        [
            ("?", _("Show the keys of this page")),
            ("/", _("Go to the search box")),
            ("Tab", _("Go to the next control")),
            ("Shift + Tab", _("Go to the control before")),
            ("Enter", _("Do the main step")),
            ("Esc", _("Close what lies above the page")),
            ("Alt+D", _("Go to the desk")),
            ("Alt+I", _("Go to the inner gate")),
            ("Alt+E", _("Go to everyone inside")),
        ],
    ),
    (
        _("At the desk"),
        [
            ("F2", _("Put aside and begin with the next")),
            ("F3", _("Type a person without a reader")),
            ("F6", _("Add a child")),
            ("F7", _("Add an adult")),
            ("F8", _("Refuse")),
            ("F9", _("Print again")),
            ("Alt+Q", _("Call the next number")),
            ("Alt+V", _("Call the number again")),
            ("Alt+H", _("Nobody came with the number")),
            ("Alt+Y", _("Put the number aside")),
            ("Alt+B", _("Go to the calls to the blocks")),
            ("Alt+U", _("Undo what was just registered")),
            ("Alt+L", _("Take the belongings of the party")),
            ("Alt+M", _("Money was brought: say where to pay")),
        ],
    ),
    (
        _("At the calls to the blocks"),
        [("1 – 9", _("Next step of this call: call, brought, back"))],
    ),
    (
        _("At the inspection"),
        [
            ("F2", _("Nothing found: to the store")),
            ("F3", _("Look closer")),
            ("F4", _("Found something")),
            ("F6", _("This picture of the device belongs to the bag")),
            ("F9", _("Print the label or the protocol")),
        ],
    ),
    (
        _("At the inner gate"),
        [
            ("F2", _("In or out by itself")),
            ("F3", _("In only")),
            ("F4", _("Out only")),
            ("F12", _("Evacuation list")),
        ],
    ),
]


def keys() -> list[tuple[Words, list[tuple[str, Words]]]]:
    """Return the keys of the pages, in groups."""
    return KEYS


@cache
def _address(name: str) -> str:
    """Return an address of the menu; the addresses are those of the start."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
