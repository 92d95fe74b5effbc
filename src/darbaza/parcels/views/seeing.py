"""What several pages of the inspection show: attempts, the law, who confirms."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from darbaza.accounts import services as accounts
from darbaza.accounts.permissions import Permission
from darbaza.accounts.types import Actor
from darbaza.pages.requests import Request
from darbaza.parcels import inspection_words as words
from darbaza.parcels import selectors
from darbaza.parcels.chain import Where
from darbaza.parcels.models import Bag, Finding
from darbaza.parcels.selectors import Attempt


def attempts_of(bag: Bag, *, by: Actor) -> list[Attempt]:
    """Return the earlier attempts of whoever sent a bag; none where one may not see."""
    sending = bag.sending
    if sending is None or not by.may(Permission.FINDING_SEE):
        return []
    name = "" if sending.sender_id else sending.sender_name
    found = getattr(bag, "finding", None)
    own = found.pk if found else None
    return selectors.earlier_attempts(sending.sender_id, name=name, but=own, by=by)


def law(
    offences: Iterable[str], attempts: Iterable[Attempt], *, by: Actor
) -> list[dict[str, Any]]:
    """Return what the law says about these offences, by whoever tried before."""
    known, today = list(attempts), timezone.localdate()
    rules = {
        rule.code: rule
        for offence in offences
        for rule in selectors.law(offence, known, today, by=by)
    }
    return words.said(rules.values())


def shown(attempts: Iterable[Attempt], *, by: Actor) -> list[dict[str, Any]]:
    """Return attempts with the words of how they match and what was found."""
    names = words.categories(timezone.localdate(), by=by)
    return [
        {
            "one": one,
            "how": words.MATCHED[one.how],
            "category": names.get(one.category, one.category),
        }
        for one in attempts
    ]


def second(request: Request, given: dict[str, Any]) -> Actor | None:
    """Return the colleague who gave name and password, where the form asks for one.

    Raises:
        Forbidden: Wrong name or password, or no role here.
    """
    if not given.get("username"):
        return None
    return accounts.vouch(
        request, given["username"], given["password"], by=request.actor,
        at=timezone.now(),
    )  # fmt: skip


def may_undo(request: Request, bag: Bag) -> bool:
    """Tell whether a seizure without a finding can be undone by this officer."""
    ours = bag.institution_id == request.actor.institution_id
    may = ours and request.actor.may(Permission.OVERRIDE_SHIFT)
    return may and bool(selectors.seized_by_hand(bag.pk, by=request.actor))


def may_release(request: Request, row: Finding) -> bool:
    """Tell whether the thing can be taken out of evidence now, by this officer."""
    ours = row.institution_id == request.actor.institution_id
    may = ours and request.actor.may(Permission.PARCEL_INSPECT)
    return may and row.withdrawn_at is not None and row.bag.where == Where.SEIZED
