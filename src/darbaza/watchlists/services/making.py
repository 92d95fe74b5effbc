"""Describe a list: where it comes from, whose it is, what for, and until when."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.kernel.ids import NOWHERE
from darbaza.watchlists import events
from darbaza.watchlists.models import WatchList
from darbaza.watchlists.types import ListDraft

NEEDED = ("name", "source", "owner", "purpose")


@requires(Permission.WATCHLIST_MANAGE)
@transaction.atomic
def make(draft: ListDraft, *, request_id: UUID, by: Actor, at: datetime) -> WatchList:
    """Make an empty list; sent again, once.

    Raises:
        Invalid: Something is missing, no such kind, or it is over already.
        Conflict: There is a list of this name.
    """
    for done in WatchList.objects.filter(request_id=request_id):
        return done
    if draft.kind not in {WatchList.Kind.UN, WatchList.Kind.CSV}:
        raise Invalid("watch_kind_unknown", field="kind")
    values = _checked(draft, at=at)
    _name_free(values["name"], None)
    row = WatchList.objects.create(
        institution_id=by.institution_id,
        made_at=at,
        made_by=by.name,
        request_id=request_id,
        **values,
    )
    audit.record(events.MADE, target=row, by=by, at=at, kind=row.kind)
    return row


@requires(Permission.WATCHLIST_MANAGE)
@transaction.atomic
def change(list_id: UUID, draft: ListDraft, *, by: Actor, at: datetime) -> WatchList:
    """Change what is said about a list, or how long it is kept; the kind stays.

    Raises:
        NotFound: There is no such list.
        Forbidden: It belongs to another institution.
        Invalid: Something is missing, or it would be over already.
        Conflict: It was erased, or there is another of this name.
    """
    row = own(list_id, by=by)
    values = _checked(draft, at=at)
    values.pop("kind")
    changed = sorted(n for n, v in values.items() if getattr(row, n) != v)
    if not changed:
        return row
    _name_free(values["name"], row.pk)
    for name in changed:
        setattr(row, name, values[name])
    row.save(update_fields=changed)
    kept = str(row.kept_until)
    audit.record(
        events.CHANGED, target=row, by=by, at=at, fields=changed, kept_until=kept
    )
    return row


def own(list_id: UUID, *, by: Actor) -> WatchList:
    """Return a list that the actor may write to, locked."""
    row = WatchList.objects.select_for_update().filter(pk=list_id).first()
    if row is None:
        raise NotFound("watchlist")
    if row.institution_id not in by.sees or row.kind == WatchList.Kind.BANS:
        raise Forbidden(permission=Permission.WATCHLIST_MANAGE.value)
    if row.erased_at:
        raise Conflict("watch_list_erased")
    return row


def _checked(draft: ListDraft, *, at: datetime) -> dict[str, object]:
    values: dict[str, object] = asdict(draft)
    for name in NEEDED:
        values[name] = str(values[name]).strip()
        if not values[name]:
            raise Invalid("watch_say_it", field=name)
    if draft.kept_until <= localdate(at):
        raise Invalid("watch_over_already", field="kept_until")
    return values


def _name_free(name: object, besides: UUID | None) -> None:
    rows = WatchList.objects.filter(name=name, erased_at=None)
    if rows.exclude(pk=besides or NOWHERE).exists():
        raise Conflict("watch_name_taken", field="name")
