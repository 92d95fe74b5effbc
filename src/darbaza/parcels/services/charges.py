"""The allowance that a sending uses: entries are balanced by entries, never edited."""

from datetime import datetime
from uuid import UUID

from darbaza.accounts.types import Actor
from darbaza.entitlements import services as ledger
from darbaza.entitlements.types import Allowance
from darbaza.parcels.models import Correction, Sending


def give_back(row: Sending, *, note: str, by: Actor, at: datetime) -> None:
    """Return the allowance that a sending uses now; doing it again adds nothing."""
    ledger.give_back(_subject(row), note=note, by=by, at=at)


def charge_anew(
    made: Correction, allowance: Allowance | None, *, by: Actor, at: datetime
) -> None:
    """Return the allowance of the wrong channel and charge that of the right one.

    Args:
        made: The correction that is charged from now on, not yet marked so.
        allowance: Of the right channel, read under lock; None: it uses none.
        by: The officer.
        at: Now.
    """
    give_back(made.sending, note="channel_corrected", by=by, at=at)
    made.recharged = True
    made.save(update_fields=["recharged"])
    if allowance:
        ledger.append_use(allowance, made.pk, by=by, at=at)


def _subject(row: Sending) -> UUID:
    """Return under which id a sending is charged: its own, or its correction's."""
    last = row.corrections.filter(recharged=True).order_by("-number").first()
    return last.pk if last else row.pk
