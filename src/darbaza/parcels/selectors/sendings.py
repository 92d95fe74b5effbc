"""Sendings: lists, one, and what a sender sent last."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import selectors as record
from darbaza.kernel.errors import NotFound
from darbaza.parcels.models import Bag, Line, Sending
from darbaza.persons import selectors as persons

MEANT = 100
"""So many people at most may be meant by a name that narrows a list."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of sendings is narrowed to; ``last`` is the day after the last."""

    first: date | None = None
    last: date | None = None
    status: str = ""
    channel: str = ""
    prisoner_id: UUID | None = None
    sender_id: UUID | None = None


@requires(Permission.PARCEL_SEE)
def sendings(filters: Filters, *, by: Actor) -> QuerySet[Sending]:
    """Return the sendings that the actor sees, newest first."""
    rows = Sending.objects.filter(institution_id__in=by.sees)
    if filters.first:
        rows = rows.filter(handed_in_at__gte=_midnight(filters.first))
    if filters.last:
        rows = rows.filter(handed_in_at__lt=_midnight(filters.last))
    named = {
        name: getattr(filters, name)
        for name in ("status", "channel", "prisoner_id", "sender_id")
        if getattr(filters, name)
    }
    rows = rows.filter(**named).select_related("prisoner__person", "sender")
    return rows.order_by("-handed_in_at", "-id")


@requires(Permission.PARCEL_SEE)
def found(rows: QuerySet[Sending], text: str, *, by: Actor) -> QuerySet[Sending]:
    """Narrow sendings to those that every word of a text finds.

    Receipt, label of a bag, number and name of the prisoner, name of the sender; names
    as they begin, and as ``persons`` finds them: in either script, in any order, with
    a slip.
    """
    words = Q()
    for word in text.split()[:5]:
        words &= _word(word)
    people = [hit.person_id for hit in persons.search(text, by=by, limit=MEANT)]
    if people:
        words |= Q(prisoner__person_id__in=people) | Q(sender_id__in=people)
    return rows.filter(words, institution_id__in=by.sees)


def _word(word: str) -> Q:
    reference = word.upper()
    if "-" not in reference and len(reference) == 7:
        reference = f"{reference[:3]}-{reference[3:]}"
    wanted = Q(reference=reference) | Q(prisoner__number__iexact=word)
    wanted |= Q(pk__in=Bag.objects.filter(label=word.upper()).values("sending_id"))
    for name in ("prisoner__person__surname", "sender__surname", "sender_name"):
        wanted |= Q(**{f"{name}__istartswith": word})
        wanted |= Q(**{f"{name}__istartswith": word.capitalize()})
    for name in ("prisoner__person__surname_latin", "sender__surname_latin"):
        wanted |= Q(**{f"{name}__istartswith": word})
    return wanted


@requires(Permission.PARCEL_SEE)
def history(row: Sending, *, by: Actor) -> list[Any]:
    """Return what the record says about a sending and its bags, newest first."""
    keys = [row.pk, *row.bags.values_list("pk", flat=True)]
    events = [
        event for key in keys for event in record.history(key, institutions=by.sees)
    ]
    return sorted(events, key=lambda event: (event.at, event.seq), reverse=True)


@requires(Permission.PARCEL_SEE)
def sending(sending_id: UUID, *, by: Actor) -> Sending:
    """Return one sending with its bags, their lines and steps.

    Raises:
        NotFound: No such sending for this actor.
    """
    rows = Sending.objects.filter(institution_id__in=by.sees, pk=sending_id)
    rows = rows.select_related("prisoner__person", "sender", "document")
    found = rows.prefetch_related(
        "bags__lines__item", "bags__steps", "overrides"
    ).first()
    if found is None:
        raise NotFound("sending")
    return found


@requires(Permission.PARCEL_REGISTER)
def last_of(
    sender_id: UUID, prisoner_id: UUID | None = None, *, by: Actor
) -> list[Line]:
    """Return the lines that went in of what a sender handed in last, here.

    Args:
        sender_id: Who sent it.
        prisoner_id: To whom; None: to anybody.
        by: The officer.
    """
    rows = Sending.objects.filter(
        sender_id=sender_id, institution_id=by.institution_id
    ).exclude(status__in=["cancelled", "refused"])
    if prisoner_id:
        rows = rows.filter(prisoner_id=prisoner_id)
    newest = rows.order_by("-handed_in_at", "-id").first()
    if newest is None:
        return []
    lines = Line.objects.filter(bag__sending=newest, bag__part="goods")
    return list(lines.exclude(item__closed_on__isnull=False).order_by("position"))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def day_after(day: date) -> date:
    """Return the next day, for half-open spans."""
    return day + timedelta(days=1)
