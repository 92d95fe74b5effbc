"""Correcting a sending that was written down wrongly, before it is delivered.

The correction is a record of its own: lines that it replaces stay readable, and the
decision is taken anew with the rules of the day on which the sending came.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.decisions import Decision
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.parcels import entry, events, models, recount
from darbaza.parcels.chain import Where
from darbaza.parcels.models import Sending
from darbaza.parcels.recount import Lot
from darbaza.parcels.selectors import correcting as reading
from darbaza.parcels.selectors import facts
from darbaza.parcels.services import changes, charges, placing, registration, writing
from darbaza.parcels.types import (
    Channel,
    Correction,
    Known,
    OverrideRequest,
    Registered,
    Registration,
    SendingVerdict,
    Wanted,
)

BEFORE = ("channel", "grams", "weighed", "advice", "effect", "grounds")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A correction put as the registration that should have been made."""

    registration: Registration
    known: Known
    positions: tuple[int, ...]
    """Position of each line of the registration."""
    verdict: SendingVerdict
    used: list[tuple[OverrideRequest, str]]


@requires(Permission.PARCEL_REGISTER)
def decide_correction(
    sending_id: UUID,
    correction: Correction,
    *,
    by: Actor,
    at: datetime,  # noqa: ARG001 - the day of the sending decides; as every door
    rank: Actor | None = None,
) -> dict[int | None, Decision]:
    """Give the decisions that ``correct`` would take, by position; nothing is written.

    Under None stands the decision on the sending as such. Arguments and errors as
    ``correct``.
    """
    rows = Sending.objects.select_related("prisoner")
    row = rows.filter(pk=sending_id, institution_id=by.institution_id).first()
    if row is None:
        raise NotFound("sending")
    asked = _asked(row, correction, reading.lots(row, by=by), rank or by, by=by)
    found: dict[int | None, Decision] = {None: asked.verdict.sending}
    for position, one in zip(asked.positions, asked.verdict.lines, strict=False):
        found[position] = one.decision
    return found


@requires(Permission.PARCEL_REGISTER)
@transaction.atomic
def correct(
    sending_id: UUID,
    correction: Correction,
    *,
    by: Actor,
    at: datetime,
    rank: Actor | None = None,
) -> models.Correction:
    """Correct a sending; sent again, once.

    What lies open is counted again and put where the decision wants it; goods that
    come to an inspected bag take it back to the inspection. Of the other allowance
    that another channel uses, one is used, and the first one is returned.

    Args:
        sending_id: The sending.
        correction: What should have been written down, and why it was not.
        by: The officer.
        at: Now.
        rank: Whoever answers for the overrides, if not the officer.

    Raises:
        NotFound: No such sending in the actor's institution, or no such goods.
        Invalid: No reason, an impossible line, or pieces that have gone already.
        Conflict: It has come to its end or is out on a round, somebody else corrected
            it meanwhile, nothing is different, or as corrected nothing may go in.
        Forbidden: An override that the rank may not give.
    """
    if not correction.reason.strip():
        raise Invalid("reason_missing", field="reason")
    row = changes.locked(sending_id, by=by)
    done = row.corrections.filter(request_id=correction.request_id).first()
    if done:
        return done
    lots = reading.lots(row, by=by)
    _check_open(row, correction)
    asked = _asked(row, correction, lots, rank or by, by=by, locked=True)
    if not asked.verdict.accepted:
        raise Conflict("correction_not_accepted")
    made = _record(row, correction, by=by, at=at)
    if not asked.known.sending.charged and correction.channel != row.channel:
        charges.charge_anew(made, asked.known.allowance, by=by, at=at)
    before = _heads(row)
    _write(row, asked)
    changed = placing.place(made, _shares(asked, lots), by=by, at=at)
    if not changed and _heads(row) == before:
        raise Conflict("nothing_corrected")
    same = Registered(row.pk, row.reference, row.status)
    writing.overrides(same, _used(asked), by=rank or by, at=at)
    _tell(made, asked, rank or by, by=by, at=at)
    return made


def _tell(
    made: models.Correction, asked: _Asked, rank: Actor, *, by: Actor, at: datetime
) -> None:
    """Put a correction on record with every line as it stands now."""
    audit.record(
        events.CORRECTED, target=made.sending, by=by, at=at, number=made.number,
        reason=made.reason, channel=made.sending.channel, grams=made.sending.grams,
        lines=[
            [position, one.line.item, one.line.quantity, one.line.grams, one.fate]
            for position, one in zip(asked.positions, asked.verdict.lines, strict=False)
        ],
        codes=asked.verdict.sending.codes,
        overrides=[one.code for one, _permission in asked.used],
        rank=str(rank.id) if asked.used else "",
        request=str(made.request_id),
    )  # fmt: skip


def _shares(asked: _Asked, lots: list[Lot]) -> Iterator[recount.Share]:
    lines = zip(
        asked.positions, asked.registration.lines, asked.verdict.lines, strict=False
    )
    for position, wanted, decided in lines:
        own = [lot for lot in lots if lot.position == position]
        yield from recount.shares(position, wanted, decided, own)


def _used(asked: _Asked) -> list[tuple[OverrideRequest, str]]:
    """Return the overrides used, with the positions that the sending knows."""
    return [
        (
            replace(one, position=asked.positions[one.position - 1])
            if one.position
            else one,
            permission,
        )
        for one, permission in asked.used
    ]


def _check_open(row: Sending, correction: Correction) -> None:
    if not row.correctable:
        raise Conflict("sending_came_to_its_end")
    if row.bags.filter(where=Where.ROUND).exists():
        raise Conflict("sending_on_round")
    if row.corrections.count() != correction.seen:
        raise Conflict("corrected_meanwhile")


def _asked(
    row: Sending,
    correction: Correction,
    lots: list[Lot],
    rank: Actor,
    *,
    by: Actor,
    locked: bool = False,
) -> _Asked:
    positions = tuple(sorted(correction.lines))
    for position in positions:
        one = correction.lines[position]
        entry.check_line(position, one.quantity, one.grams)
    recount.check(dict(correction.lines), lots)
    index = {position: n for n, position in enumerate(positions, start=1)}
    wanted = Registration(
        prisoner_id=row.prisoner_id,
        channel=correction.channel,
        request_id=correction.request_id,
        lines=tuple(correction.lines[position] for position in positions),
        sender_id=row.sender_id,
        sender_name=row.sender_name,
        weighed_g=correction.weighed_g,
        advice=correction.advice,
        overrides=tuple(
            replace(one, position=index.get(one.position) if one.position else None)
            for one in correction.overrides
        ),
    )
    registration.check(wanted)
    if wanted.lines and wanted.channel is Channel.LEGAL_MAIL:
        raise Conflict("letter_stays_closed")
    known = facts.known_again(row, wanted, by=by, locked=locked)
    standing = _standing(row, correction, known, lots)
    verdict, used = registration.verdict_of(wanted, known, rank, standing=standing)
    return _Asked(wanted, known, positions, verdict, used)


def _standing(
    row: Sending, correction: Correction, known: Known, lots: list[Lot]
) -> dict[int | None, list[str]]:
    """Return what rank set aside before and still stands, as it was not corrected."""
    before = recount.totals(lots)
    index = {position: n for n, position in enumerate(sorted(correction.lines), 1)}
    found: dict[int | None, list[str]] = {}
    for override in row.overrides.all():
        position = override.position
        if position is None and known.sending.grams <= row.grams:
            found.setdefault(None, []).append(override.code)
        elif position in index and _same(correction.lines[position], before[position]):
            found.setdefault(index[position], []).append(override.code)
    return found


def _same(asked: Wanted, before: Wanted) -> bool:
    now = (asked.item_id, asked.quantity, asked.grams)
    return now == (before.item_id, before.quantity, before.grams)


def _heads(row: Sending) -> tuple[Any, ...]:
    return row.channel, row.grams, row.weighed, row.advice


def _record(
    row: Sending, correction: Correction, *, by: Actor, at: datetime
) -> models.Correction:
    return models.Correction.objects.create(
        institution_id=row.institution_id,
        sending=row,
        number=correction.seen + 1,
        reason=correction.reason.strip()[:300],
        before={name: getattr(row, name) for name in BEFORE},
        at=at,
        by_name=by.name,
        request_id=correction.request_id,
    )


def _write(row: Sending, asked: _Asked) -> None:
    row.channel = asked.registration.channel.value
    row.grams = asked.known.sending.grams
    row.weighed = asked.registration.weighed_g is not None
    row.advice = asked.registration.advice.strip()
    row.effect = asked.verdict.sending.effect.name.lower()
    row.grounds = asked.verdict.sending.as_facts()
    row.save(update_fields=BEFORE)
