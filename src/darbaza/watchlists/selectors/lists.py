"""Which lists there are, what was loaded, how far screening has come. No people."""
# ruff: noqa: ARG001 - `by` is what @requires asks; lists are national

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.kernel.errors import Conflict, NotFound
from darbaza.watchlists import files, reading
from darbaza.watchlists.models import Likeness, Screening, Version, WatchList
from darbaza.watchlists.types import Reading


@dataclass(frozen=True, slots=True)
class Preview:
    """A file that waits: as read, and the heads of its columns."""

    reading: Reading
    head: tuple[str, ...] = ()


@requires(Permission.WATCHLIST_SEE)
def watch_lists(*, by: Actor) -> QuerySet[WatchList]:
    """Return every list, with counts and what was loaded last; erased ones too."""
    newest = Version.objects.filter(
        watchlist=OuterRef("pk"), status=Version.Status.LOADED
    ).order_by("-number")
    return (
        WatchList.objects.select_related("institution")
        .annotate(
            people=Count("entries", filter=Q(entries__closed_at=None), distinct=True),
            newest_number=Subquery(newest.values("number")[:1]),
            published_on=Subquery(newest.values("published_on")[:1]),
            loaded_at=Subquery(newest.values("loaded_at")[:1]),
            loaded_by=Subquery(newest.values("loaded_by")[:1]),
        )
        .order_by("name", "pk")
    )


@requires(Permission.WATCHLIST_SEE)
def watch_list(list_id: UUID, *, by: Actor) -> WatchList:
    """Return one list with the same figures.

    Raises:
        NotFound: There is no such list.
    """
    found = watch_lists(by=by).filter(pk=list_id).first()
    if found is None:
        raise NotFound("watchlist")
    return found


@requires(Permission.WATCHLIST_SEE)
def versions(list_id: UUID, *, by: Actor) -> QuerySet[Version]:
    """Return the files of a list that were taken over, newest first."""
    rows = Version.objects.filter(watchlist_id=list_id, status=Version.Status.LOADED)
    return rows.defer("data").order_by("-number")


@requires(Permission.WATCHLIST_SEE)
def figures(list_id: UUID, *, by: Actor) -> dict[str, int]:
    """Return how many likenesses of a list stand in each status."""
    rows = Likeness.objects.filter(watchlist_id=list_id).order_by().values("status")
    pairs = rows.annotate(count=Count("pk")).values_list("status", "count")
    return dict.fromkeys(Likeness.Status.values, 0) | dict(pairs)


@requires(Permission.WATCHLIST_MANAGE)
def version(version_id: UUID, *, by: Actor) -> Version:
    """Return a file with its list.

    Raises:
        NotFound: No such file, or of a list that another institution keeps.
    """
    rows = Version.objects.select_related("watchlist")
    found = rows.filter(pk=version_id, watchlist__institution_id__in=by.sees).first()
    if found is None:
        raise NotFound("watchlist")
    return found


@requires(Permission.WATCHLIST_MANAGE)
def preview(version_id: UUID, *, by: Actor) -> Preview:
    """Return what a file that waits would bring.

    Raises:
        NotFound: No such file for this actor.
        Conflict: It was taken over or thrown away.
        Invalid: It cannot be read as it is settled now.
    """
    row = version(version_id, by=by)
    if row.data is None:
        raise Conflict("watch_file_settled")
    head: tuple[str, ...] = ()
    if row.watchlist.kind == WatchList.Kind.CSV:
        how = {n: row.settings.get(n, "") for n in ("encoding", "separator")}
        head = reading.head(bytes(row.data), **how)
        if not row.settings.get("columns"):
            return Preview(Reading(()), head)
    return Preview(files.of(row), head)


@requires(Permission.WATCHLIST_SEE)
def screenings(*, by: Actor) -> QuerySet[Screening]:
    """Return the walks over everybody, newest first."""
    return Screening.objects.select_related("why__watchlist").order_by(
        "-started_at", "-pk"
    )


@requires(Permission.WATCHLIST_SEE)
def screening(screening_id: UUID, *, by: Actor) -> Screening:
    """Return one walk.

    Raises:
        NotFound: There is none.
    """
    found = screenings(by=by).filter(pk=screening_id).first()
    if found is None:
        raise NotFound("screening")
    return found
