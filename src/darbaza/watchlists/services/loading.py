"""Load a file into a list: offered, looked at, then taken over or thrown away."""

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.watchlists import events, files, reading, versions
from darbaza.watchlists.models import Version, WatchList
from darbaza.watchlists.services import screening
from darbaza.watchlists.services.making import own
from darbaza.watchlists.types import Reading, Upload

Status = Version.Status
SHOWN_PROBLEMS = 200


@requires(Permission.WATCHLIST_MANAGE)
@transaction.atomic
def offer(
    list_id: UUID,
    file: Upload,
    *,
    published_on: date | None = None,
    request_id: UUID,
    by: Actor,
    at: datetime,
) -> Version:
    """Read a file and keep it beside its list; nothing is in force by that.

    The file in force, sent again, is the same version. Another file that waited is
    thrown away.

    Raises:
        NotFound: There is no such list.
        Forbidden: It belongs to another institution.
        Invalid: The file cannot be read.
    """
    for done in Version.objects.filter(request_id=request_id):
        return done
    row = own(list_id, by=by)
    digest = sha256(file.data).hexdigest()
    newest = row.versions.filter(status=Status.LOADED).order_by("-number").first()
    if newest is not None and newest.digest == digest:
        return newest
    settings = _settings(row, file.data)
    published = published_on
    if row.kind == WatchList.Kind.UN:
        published = files.read(row.kind, file.data, {}).published_on or published
    row.versions.filter(status=Status.WAITING).update(status=Status.DROPPED, data=None)
    return Version.objects.create(
        institution_id=by.institution_id,
        watchlist=row,
        number=row.versions.count() + 1,
        file_name=file.name[-120:] or "-",
        digest=digest,
        data=file.data,
        settings=settings,
        published_on=published or localdate(at),
        loaded_at=at,
        loaded_by=by.name,
        request_id=request_id,
    )


@requires(Permission.WATCHLIST_MANAGE)
@transaction.atomic
def settle(version_id: UUID, settings: Mapping[str, Any], *, by: Actor) -> Version:
    """Say how the table that waits is read; the list remembers it for the next one.

    Raises:
        NotFound: There is no such file.
        Conflict: It was taken over or thrown away.
        Invalid: No column of names, a column for two things, or it cannot be read so.
    """
    version = _waiting(version_id, by=by)
    columns = settings["columns"]
    if len(set(columns.values())) < len(columns):
        raise Invalid("watch_column_twice", field="columns")
    version.settings = dict(settings)
    files.of(version)
    version.save(update_fields=["settings"])
    version.watchlist.columns = dict(settings)
    version.watchlist.save(update_fields=["columns"])
    return version


@requires(Permission.WATCHLIST_MANAGE)
def take_over(version_id: UUID, *, by: Actor, at: datetime) -> Version:
    """Put a file in force and begin to screen everybody; in force already: nothing.

    The file is read before the transaction, so that nobody waits for it.

    Raises:
        NotFound: There is no such file.
        Conflict: It was thrown away.
        Invalid: It cannot be read.
    """
    offered = Version.objects.select_related("watchlist").filter(pk=version_id).first()
    if offered is None:
        raise NotFound("watchlist")
    if offered.status == Status.LOADED:
        return offered
    read = files.of(offered) if offered.data is not None else Reading(())
    with transaction.atomic():
        version = _waiting(version_id, by=by)
        if bytes(version.data or b"") != bytes(offered.data or b""):
            raise Conflict("watch_file_changed")
        _put_in_force(version, read, at=at)
        figures = {n: getattr(version, n) for n in ("added", "changed", "left")}
        audit.record(
            events.LOADED, target=version.watchlist, by=by, at=at,
            number=version.number, digest=version.digest, **figures,
        )  # fmt: skip
        screening.begin_walk(version, by=by, at=at)
    return version


@requires(Permission.WATCHLIST_MANAGE)
@transaction.atomic
def drop(version_id: UUID, *, by: Actor, at: datetime) -> Version:
    """Throw a file away that was not taken over.

    Raises:
        NotFound: There is no such file.
        Conflict: It was taken over, or thrown away before.
    """
    version = _waiting(version_id, by=by)
    version.status, version.data = Status.DROPPED, None
    version.save(update_fields=["status", "data"])
    facts = {"number": version.number, "digest": version.digest}
    audit.record(events.DROPPED, target=version.watchlist, by=by, at=at, **facts)
    return version


def _put_in_force(version: Version, read: Reading, *, at: datetime) -> None:
    version.status, version.data = Status.LOADED, None
    version.ignored, version.loaded_at = read.ignored, at
    version.problems = [
        {"line": p.line, "code": p.code, "figures": dict(p.figures)}
        for p in read.problems[:SHOWN_PROBLEMS]
    ]
    versions.apply(version, read.entries, at=at)
    version.save()


def _waiting(version_id: UUID, *, by: Actor) -> Version:
    rows = Version.objects.select_for_update(of=("self",)).select_related("watchlist")
    version = rows.filter(pk=version_id).first()
    if version is None:
        raise NotFound("watchlist")
    own(version.watchlist_id, by=by)
    if version.status != Status.WAITING:
        raise Conflict("watch_file_settled")
    return version


def _settings(row: WatchList, data: bytes) -> dict[str, Any]:
    """Return how a table is read: as last time where its columns allow that."""
    if row.kind != WatchList.Kind.CSV:
        return {}
    kept = dict(row.columns)
    how = {name: kept.get(name, "") for name in ("encoding", "separator")}
    heads = reading.head(data, **how)
    columns = kept.get("columns") or reading.guess(heads)
    usable = {name: i for name, i in columns.items() if i < len(heads)}
    return {**how, "columns": usable}
