"""Decide on a likeness, with the reason; two at once, and the second looks again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.watchlists import events
from darbaza.watchlists.models import Judgement, Likeness
from darbaza.watchlists.types import Verdict


@requires(Permission.WATCHLIST_JUDGE)
@transaction.atomic
def judge(
    likeness_id: UUID,
    verdict: str,
    *,
    reason: str,
    seen: str,
    request_id: UUID,
    by: Actor,
    at: datetime,
) -> Likeness:
    """Say whether the two are one person; sent again, once.

    Args:
        likeness_id: Which pair.
        verdict: "same", "another" or "unsure".
        reason: Why; kept with the decision.
        seen: What the judge looked at, ``mark`` of the row.
        request_id: Of the form.
        by: Who judges.
        at: Now.

    Raises:
        NotFound: No such pair, or none of the actor's institutions has to do with it.
        Invalid: No such decision, or no reason.
        Conflict: Somebody judged in between, or the facts changed.
    """
    if verdict not in set(Verdict):
        raise Invalid("watch_verdict_unknown", field="verdict")
    if not reason.strip():
        raise Invalid("say_why", field="reason")
    row = _locked(likeness_id, by=by)
    if Judgement.objects.filter(request_id=request_id).exists():
        return row
    if seen != row.mark:
        raise Conflict("watch_judged_meanwhile")
    row.judgements += 1
    Judgement.objects.create(
        institution_id=by.institution_id,
        likeness=row,
        number=row.judgements,
        outcome=verdict,
        reason=reason.strip()[:500],
        entry_id=row.entry_id,
        pair=row.pair,
        judged_at=at,
        judged_by=by.name,
        request_id=request_id,
    )
    row.status, row.judged_at = verdict, at
    row.save(update_fields=["status", "judged_at", "judgements"])
    facts = {"list_id": row.watchlist_id, "person_id": row.person_id}
    audit.record(
        events.JUDGED, target=row, by=by, at=at, verdict=verdict, score=row.score,
        reasons=row.reasons, **facts,
    )  # fmt: skip
    return row


@requires(Permission.WATCHLIST_JUDGE)
@transaction.atomic
def note_exported(count: int, *, kind: str, by: Actor, at: datetime) -> None:
    """Record that somebody took the list of decisions as a file."""
    audit.record(events.EXPORTED, target=None, by=by, at=at, kind=kind, rows=count)


def _locked(likeness_id: UUID, *, by: Actor) -> Likeness:
    rows = Likeness.objects.select_for_update(of=("self",))
    mine = rows.filter(pk=likeness_id, sightings__institution_id__in=by.sees)
    found = mine.first()
    if found is None:
        raise NotFound("likeness")
    return found
