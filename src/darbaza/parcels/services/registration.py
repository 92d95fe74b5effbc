"""Decide on a sending, register it with its bags, or record why it was refused."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.entitlements import services as ledger
from darbaza.kernel.db import PreparedObjects
from darbaza.kernel.decisions import Decision
from darbaza.kernel.errors import Forbidden, Invalid
from darbaza.parcels import entry, events, policies
from darbaza.parcels.models import Sending
from darbaza.parcels.selectors import facts
from darbaza.parcels.services import writing
from darbaza.parcels.types import (
    Known,
    OverrideRequest,
    Registered,
    Registration,
    SendingVerdict,
)

NOTHING: Mapping[int | None, Collection[str]] = MappingProxyType({})


@requires(Permission.PARCEL_REGISTER)
def decide(
    registration: Registration, *, by: Actor, at: datetime, rank: Actor | None = None
) -> SendingVerdict:
    """Give the decision that ``register`` would take now; nothing is written.

    Args:
        registration: The sending in front of the window.
        by: The officer.
        at: Now.
        rank: Whoever answers for the overrides, if not the officer.

    Raises:
        NotFound: Prisoner or an item does not exist for this actor.
        Invalid: A line, a weight or the sender is impossible.
        Forbidden: An override that the rank may not give.
    """
    check(registration, begun=True)
    known = facts.known(registration, by=by, at=at)
    verdict, _used = verdict_of(registration, known, rank or by)
    return verdict


@requires(Permission.PARCEL_REGISTER)
@transaction.atomic
def register(
    registration: Registration, *, by: Actor, at: datetime, rank: Actor | None = None
) -> Registered:
    """Register a sending with its lines and bags, or its refusal; charge the allowance.

    The request id makes it happen once: sent again, the first answer comes back.
    Arguments and errors as ``decide``.
    """
    check(registration)
    audit.lock(by.institution_id)
    done = _asked_before.one(request=registration.request_id)
    if done:
        return writing.repeated(done)
    known = facts.known(registration, by=by, at=at, locked=True)
    verdict, used = verdict_of(registration, known, rank or by)
    registered = writing.write(registration, known, verdict, by=by, at=at)
    writing.overrides(registered, used, by=rank or by, at=at)
    if known.allowance and verdict.accepted:
        ledger.append_use(known.allowance, registered.sending_id, by=by, at=at)
    audit.record(
        events.REGISTERED if verdict.accepted else events.REFUSED,
        target=("sending", str(registered.sending_id)), by=by, at=at,
        prisoner=str(registration.prisoner_id),
        sender=str(registration.sender_id or ""),
        channel=registration.channel, grams=known.sending.grams,
        lines=[[one.line.item, one.line.quantity, one.fate] for one in verdict.lines],
        codes=verdict.sending.codes,
        overrides=[one.code for one, _permission in used],
        rank=str((rank or by).id) if used else "",
        request=str(registration.request_id),
    )  # fmt: skip
    return registered


_asked_before = PreparedObjects(
    lambda request: Sending.objects.filter(request_id=request)
)


def check(registration: Registration, *, begun: bool = False) -> None:
    """Refuse what can never be right, before anything is read.

    Args:
        registration: The sending.
        begun: It is still being entered, so that something may be missing.

    Raises:
        Invalid: Which line and which value; ``line`` counts from 1.
    """
    if not (registration.sender_id or registration.sender_name.strip()):
        raise Invalid("sender_missing", field="sender")
    if len(registration.lines) > policies.MOST_LINES:
        raise Invalid("too_many_goods", most=policies.MOST_LINES)
    if not begun:
        _check_whole(registration)
    _check_figures(registration)


def _check_whole(registration: Registration) -> None:
    if registration.channel == "medicine" and not registration.advice.strip():
        raise Invalid("advice_missing", field="advice")
    if not registration.lines and registration.channel != "legal_mail":
        raise Invalid("no_lines", field="item")


def _check_figures(registration: Registration) -> None:
    for number, line in enumerate(registration.lines, start=1):
        entry.check_line(number, line.quantity, line.grams)
    weighed = registration.weighed_g
    if weighed is not None and not 0 < weighed <= entry.HEAVIEST_G:
        raise Invalid("weight_impossible", line=0)


def verdict_of(
    registration: Registration,
    known: Known,
    rank: Actor,
    *,
    standing: Mapping[int | None, Collection[str]] = NOTHING,
) -> tuple[SendingVerdict, list[tuple[OverrideRequest, str]]]:
    """Decide with what is known; also give the overrides used and their permissions.

    ``standing`` are codes set aside before, by the number of their line.
    """
    given = (known.sending, known.goods)
    plain = policies.decide(*given, rules=known.rules, lifts=standing)
    used = _lifts(plain, registration, rank)
    if not used:
        return plain, []
    codes: dict[int | None, list[str]] = defaultdict(list)
    codes.update((number, list(lifted)) for number, lifted in standing.items())
    for override, _permission in used:
        codes[override.position].append(override.code)
    return policies.decide(*given, rules=known.rules, lifts=codes), used


def _lifts(
    verdict: SendingVerdict, registration: Registration, rank: Actor
) -> list[tuple[OverrideRequest, str]]:
    decisions = _decisions(verdict)
    found = []
    for override in registration.overrides:
        decision = decisions.get(override.position, Decision())
        ground = next((g for g in decision.blocking if g.code == override.code), None)
        if ground is None or not ground.lift:
            continue
        if not override.reason.strip():
            raise Invalid("override_without_reason", field="reason")
        if not rank.may(Permission(ground.lift)):
            raise Forbidden(permission=ground.lift)
        found.append((override, ground.lift))
    return found


def _decisions(verdict: SendingVerdict) -> Mapping[int | None, Decision]:
    """Return the decisions by the number of their line; None: the sending as such."""
    found: dict[int | None, Decision] = {None: verdict.sending}
    for number, one in enumerate(verdict.lines, start=1):
        found[number] = one.decision
    return found
