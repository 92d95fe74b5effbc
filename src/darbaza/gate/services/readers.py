"""Readers and scales of a post: the agent delivers, the page that is open takes.

Nothing here is written down: a scan counts once the officer's page has taken it up, and
from there it goes the way of every other scan.
"""

from datetime import datetime, timedelta
from uuid import UUID

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.gate.arrivals import Brought, Delivery, DeviceState, Taken, Weighed
from darbaza.gate.tray import FRESH, TRAYS, Place
from darbaza.kernel.errors import Conflict, Forbidden, Invalid
from darbaza.persons import mrz
from darbaza.persons.mrz import reading as pictures


@requires(Permission.READER_DELIVER)
def deliver_scan(delivery: Delivery, *, by: Actor, at: datetime) -> bool:
    """Lay a scan into the tray of the agent's post; False where it was there before.

    A picture is read only where the text beside it is no document.

    Raises:
        Invalid: Neither text nor picture came.
        Conflict: It is too old, or no page is open at the post.
    """
    place = _place_of(by)
    if not delivery.text.strip() and not delivery.image:
        raise Invalid("nothing_delivered", field="text")
    read_at = _fresh(delivery.age_ms, at)
    _must_be_watched(place, at)
    scan = Brought(
        delivery.id,
        delivery.device,
        delivery.source,
        read_at,
        text=delivery.text,
        complete=delivery.complete,
    )
    if delivery.image and mrz.parse(delivery.text).format is None:
        read = pictures.read(delivery.image)
        # Reading takes its time, and the visitor is still there: fresh from now on.
        scan = Brought(scan.id, scan.device, scan.source, at, reading=read)
    return TRAYS.put(place, scan)


@requires(Permission.READER_DELIVER)
def deliver_weight(weight: Weighed, *, age_ms: int, by: Actor, at: datetime) -> bool:
    """Lay a weight into the tray of the agent's post; False where it was there.

    Raises:
        Conflict: It is too old, or no page is open at the post.
    """
    place = _place_of(by)
    _fresh(age_ms, at)
    _must_be_watched(place, at)
    return TRAYS.weigh(place, weight)


@requires(Permission.READER_DELIVER)
def report_devices(
    devices: tuple[DeviceState, ...], *, by: Actor, at: datetime
) -> bool:
    """Keep how the devices of a post are; say whether a page is open there."""
    place = _place_of(by)
    TRAYS.report(place, devices, at)
    return TRAYS.watched(place, at)


@requires(Permission.READER_USE)
def take_scans(post_id: UUID, *, pictures_too: bool, by: Actor, at: datetime) -> Taken:
    """Take what lies ready at a post; its page is open from now on for a while.

    ``pictures_too`` takes pictures as well, for a test; the desk takes them one by one
    (``take_picture``), because each becomes a question.
    """
    place = (by.institution_id, post_id)
    TRAYS.look(place, at)

    def wanted(scan: Brought) -> bool:
        return pictures_too or scan.reading is None

    return Taken(
        tuple(TRAYS.take(place, wanted, at)),
        pictures=int(TRAYS.holds(place, _pictured, at)),
        weight=TRAYS.take_weight(place, at),
        running=TRAYS.state(place, at) is not None,
    )


@requires(Permission.READER_USE)
def take_pictures(post_id: UUID, *, by: Actor, at: datetime) -> list[Brought]:
    """Take the pictures that lie ready at a post, oldest first."""
    return TRAYS.take((by.institution_id, post_id), _pictured, at)


def _pictured(scan: Brought) -> bool:
    return scan.reading is not None


def _place_of(by: Actor) -> Place:
    """Return where an agent stands; only its own kind of token has a post."""
    if by.post_id is None:
        raise Forbidden(permission=Permission.READER_DELIVER.value)
    return by.institution_id, by.post_id


def _fresh(age_ms: int, at: datetime) -> datetime:
    """Return when it was read by our clock, or refuse what nobody waits for."""
    age = timedelta(milliseconds=age_ms)
    if age > FRESH:
        raise Conflict("scan_too_old", seconds=FRESH.seconds)
    return at - age


def _must_be_watched(place: Place, at: datetime) -> None:
    if not TRAYS.watched(place, at):
        raise Conflict("desk_not_open")
