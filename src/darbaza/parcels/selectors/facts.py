"""What a decision on a sending rests on, as things stand in this transaction."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from darbaza.accounts.types import Actor
from darbaza.custody import selectors as custody
from darbaza.entitlements import selectors as entitlements
from darbaza.entitlements.types import Allowance, Balance
from darbaza.kernel.decisions import Decision
from darbaza.kernel.errors import NotFound
from darbaza.parcels import models, policies
from darbaza.parcels.models import Item
from darbaza.parcels.selectors import goods
from darbaza.parcels.types import (
    ALLOWANCES,
    Channel,
    Known,
    Line,
    Registration,
    Sending,
)


def known(
    registration: Registration, *, by: Actor, at: datetime, locked: bool = False
) -> Known:
    """Return every fact about a registration.

    Args:
        registration: The sending.
        by: The officer.
        at: Now, or the true time of a sending entered later.
        locked: Take the prisoner's lock first, to write what follows.

    Raises:
        NotFound: Prisoner or an item does not exist for this actor.
    """
    day = timezone.localdate(at)
    prisoner = custody.prisoner(registration.prisoner_id, by=by)
    here = prisoner.institution_id == by.institution_id
    held = prisoner.status == "held"
    allowance, balance = (
        _allowance(registration, day, by, locked=locked)
        if held and here
        else (None, None)
    )
    barred, until, banned = _barred(registration, day, by)
    figures = entitlements.figures(day, by=by)
    limit = figures.get(f"parcels.weight.{registration.channel}", {})
    sending = Sending(
        channel=registration.channel,
        day=day,
        held=held,
        here=here,
        in_hospital=_in_hospital(registration.prisoner_id, day, by),
        barred=barred,
        barred_until=until,
        banned=banned,
        balance=balance,
        most_g=_grams(limit),
        weighed_g=registration.weighed_g,
        lines=_lines(registration, by),
    )
    return Known(
        sending,
        goods.goods(day, advice=bool(registration.advice), by=by),
        entitlements.rules(day, by=by),
        allowance,
    )


def known_again(
    row: models.Sending, registration: Registration, *, by: Actor, locked: bool = False
) -> Known:
    """Return the facts of a correction: rules and goods of the day when it came.

    Prisoner and orders were looked at then and are not asked again; the allowance only
    where the channel uses another one.

    Args:
        row: The sending as it stands.
        registration: As it should have been registered.
        by: The officer.
        locked: Take the prisoner's lock first, to write what follows.

    Raises:
        NotFound: An item does not exist.
    """
    day = timezone.localdate(row.handed_in_at)
    kind = ALLOWANCES.get(registration.channel)
    charged = kind is not None and kind == ALLOWANCES.get(Channel(row.channel))
    allowance, balance = None, None
    if not charged and _is_here(row.prisoner, by):
        allowance, balance = _allowance(registration, day, by, locked=locked)
    figures = entitlements.figures(day, by=by)
    grounds = Decision.of_facts(row.grounds).grounds
    sending = Sending(
        channel=registration.channel,
        day=day,
        held=True,
        here=True,
        balance=balance,
        most_g=_grams(figures.get(f"parcels.weight.{registration.channel}", {})),
        weighed_g=registration.weighed_g,
        lines=_lines(registration, by),
        settled=policies.settled(grounds, charged=charged),
        charged=charged,
    )
    found = goods.goods(day, advice=bool(registration.advice), by=by)
    return Known(sending, found, entitlements.rules(day, by=by), allowance)


def _is_here(prisoner: Any, by: Actor) -> bool:
    here = prisoner.institution_id == by.institution_id
    return bool(prisoner.status == "held" and here)


def _allowance(
    registration: Registration, day: date, by: Actor, *, locked: bool
) -> tuple[Allowance | None, Balance | None]:
    kind = ALLOWANCES.get(registration.channel)
    if kind is None:
        return None, None
    prisoner_id = registration.prisoner_id
    if locked:
        return entitlements.locked_balance(prisoner_id, kind, day, by=by)
    return None, entitlements.balance(prisoner_id, kind, day, by=by)


def _barred(
    registration: Registration, day: date, by: Actor
) -> tuple[bool, date | None, bool]:
    """Whether this sender may not send, until when, and whether banned from visits."""
    pair = registration.sender_id, registration.prisoner_id
    holding = custody.restrictions_between(*pair, day, by=by)
    barring = [row for row in holding if row.kind == "no_parcels"]
    ends = [row.ends_on for row in barring]
    until = None if None in ends else max((e for e in ends if e), default=None)
    banned = any(row.kind == "banned" and row.person_id for row in holding)
    return bool(barring), until, banned


def _in_hospital(prisoner_id: UUID, day: date, by: Actor) -> bool:
    rows = custody.separated_on(prisoner_id, day, by=by)
    return any(row.kind == "hospital" for row in rows)


def _lines(registration: Registration, by: Actor) -> tuple[Line, ...]:
    keys = {line.item_id for line in registration.lines}
    found: dict[UUID, Item] = goods.items(keys, by=by)
    if len(found) != len(keys):
        raise NotFound("item")
    if registration.channel is Channel.LEGAL_MAIL:
        return ()
    return tuple(
        Line(
            found[one.item_id].code,
            found[one.item_id].category,
            one.quantity,
            one.grams,
            perishable=found[one.item_id].perishable,
            sent_back=one.sent_back,
        )
        for one in registration.lines
    )


def _grams(figures: Mapping[str, Any]) -> int | None:
    most = figures.get("most_g")
    return most if isinstance(most, int) else None
