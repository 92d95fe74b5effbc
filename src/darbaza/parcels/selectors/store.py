"""What lies at the counter, in the store and on a round, and by when it is due."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.entitlements import selectors as entitlements
from darbaza.kernel.errors import NotFound
from darbaza.parcels import delivery
from darbaza.parcels.chain import Where
from darbaza.parcels.delivery import Facts, Hours, Missed
from darbaza.parcels.models import Bag, Picture
from darbaza.parcels.selectors.sendings import MEANT
from darbaza.persons import selectors as persons

RULE = "parcels.delivery"
LYING = (Where.COUNTER, Where.INSPECTION, Where.STORE, Where.ROUND)
"""Where a bag waits for somebody to do something soon."""
_SHOWN = (
    "sending__sender", "sending__prisoner__person", "sending__prisoner__institution",
    "sending__prisoner__block", "sending__prisoner__cell__block",
)  # fmt: skip
_SIGNED = (Picture.Kind.SIGNATURE, Picture.Kind.PAPER)
NOWHERE = "none"
"""Stands for prisoners without a block."""


@dataclass(frozen=True, slots=True)
class Lying:
    """What the list of the store is narrowed to."""

    q: str = ""
    block: str = ""
    """Key of a block, or "none"."""
    where: str = ""
    perishable: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class OfBlock:
    """How much of one block waits for a round."""

    key: str
    code: str
    bags: int
    perishable: int


@requires(Permission.PARCEL_SEE)
def hours(at: datetime, *, by: Actor) -> Hours:
    """Return the hours of the rule in force for delivery."""
    found = entitlements.figures(timezone.localdate(at), by=by).get(RULE, {})
    return Hours(_number(found.get("hours")), _number(found.get("hours_perishable")))


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


@requires(Permission.PARCEL_SEE)
def lying(filters: Lying, *, by: Actor, at: datetime) -> QuerySet[Bag]:
    """Return what lies here, late perishable goods first, then by when it is due.

    Each bag has ``due`` and ``in_hospital``.
    """
    rows = _with_clock(_here(by), at, by)
    if filters.where:
        rows = rows.filter(where=filters.where)
    if filters.block == NOWHERE:
        rows = rows.filter(sending__prisoner__block=None)
    elif filters.block:
        rows = rows.filter(sending__prisoner__block_id=filters.block)
    if filters.perishable:
        rows = rows.filter(perishable=True)
    if filters.late:
        rows = rows.filter(due__lt=at)  # type: ignore[misc] # annotated
    rotting = Case(When(perishable=True, due__lt=at, then=Value(0)), default=Value(1))
    rows = found(rows, filters.q, by=by) if filters.q else rows
    return rows.order_by(rotting, F("due").asc(nulls_last=True), "pk")


@requires(Permission.PARCEL_SEE)
def found(rows: QuerySet[Bag], text: str, *, by: Actor) -> QuerySet[Bag]:
    """Narrow bags by label, receipt, or the prisoner: number, or name in any script."""
    people = [hit.person_id for hit in persons.search(text, by=by, limit=MEANT)]
    return rows.filter(
        Q(label__istartswith=text)
        | Q(sending__reference__istartswith=text)
        | Q(sending__prisoner__number__iexact=text)
        | Q(sending__prisoner__person__surname__istartswith=text)
        | Q(sending__prisoner__person_id__in=people)
    )


def _here(by: Actor) -> QuerySet[Bag]:
    rows = Bag.objects.filter(
        institution_id__in=by.sees, where__in=LYING, sending__isnull=False
    )
    return rows.select_related(*_SHOWN)


def _with_clock(rows: QuerySet[Bag], at: datetime, by: Actor) -> QuerySet[Bag]:
    allowed = hours(at, by=by)
    return rows.annotate(
        in_hospital=Exists(_in_hospital(at).filter(pk=OuterRef("pk"))),
        due=ExpressionWrapper(
            F("sending__handed_in_at")
            + Case(
                When(
                    perishable=True, then=_span(allowed.perishable or allowed.ordinary)
                ),
                default=_span(allowed.ordinary),
                output_field=DurationField(),
            ),
            output_field=DateTimeField(),
        ),
    )


def _span(figure: int | None) -> Cast:
    """Return a span of time; PostgreSQL must be told of what kind a NULL is."""
    span = None if figure is None else timedelta(hours=figure)
    return Cast(Value(span, output_field=DurationField()), DurationField())


def _in_hospital(at: datetime) -> QuerySet[Bag]:
    day = timezone.localdate(at)
    prefix = "sending__prisoner__separations__"
    known: dict[str, Any] = {
        f"{prefix}kind": "hospital",
        f"{prefix}starts_on__lte": day,
        f"{prefix}ended_at": None,
    }
    open_end = Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gt": day})
    return Bag.objects.filter(open_end, **known)


@requires(Permission.PARCEL_SEE)
def clocked(sending_id: UUID, *, by: Actor, at: datetime) -> list[Bag]:
    """Return every bag of a sending with its clock, lines, steps and pictures."""
    rows = Bag.objects.filter(sending_id=sending_id, institution_id__in=by.sees)
    rows = rows.select_related("sending__prisoner")
    rows = rows.prefetch_related("lines__item", "steps")
    return list(_with_clock(rows, at, by).order_by("part", "id"))


@requires(Permission.PARCEL_SEE)
def stored_bag(bag_id: UUID, *, by: Actor, at: datetime) -> Bag:
    """Return one bag of a sending with its clock.

    Raises:
        NotFound: No such bag for this actor.
    """
    rows = Bag.objects.filter(institution_id__in=by.sees, sending__isnull=False)
    rows = rows.select_related(*_SHOWN)
    row = _with_clock(rows, at, by).filter(pk=bag_id).first()
    if row is None:
        raise NotFound("bag")
    return row


@requires(Permission.PARCEL_SEE)
def for_round(
    blocks: Collection[str] | None = None, *, by: Actor, at: datetime
) -> QuerySet[Bag]:
    """Return the bags in the store that a round of these blocks takes along.

    Goods for prisoners who are held here and not in hospital; None: of all blocks.
    """
    rows = _with_clock(_here(by), at, by).filter(  # type: ignore[misc] # annotated
        institution_id=by.institution_id,
        where=Where.STORE,
        part=Bag.Part.GOODS,
        sending__prisoner__status="held",
        sending__prisoner__institution_id=by.institution_id,
        in_hospital=False,
    )
    if blocks is not None:
        keys = [key for key in blocks if key != NOWHERE]
        wanted = Q(sending__prisoner__block_id__in=keys)
        if NOWHERE in blocks:
            wanted |= Q(sending__prisoner__block=None)
        rows = rows.filter(wanted)
    return rows.order_by(*_BY_CELL)


_BY_CELL = (
    "sending__prisoner__block__code", "sending__prisoner__cell__code",
    "sending__prisoner__person__surname", "label",
)  # fmt: skip


@requires(Permission.PARCEL_SEE)
def waiting_blocks(*, by: Actor, at: datetime) -> list[OfBlock]:
    """Return how many bags of each block wait in the store for a round."""
    key = "sending__prisoner__block"
    rows = for_round(by=by, at=at).order_by(f"{key}__code")
    counted = rows.values(key, f"{key}__code")
    counted = counted.annotate(
        n=Count("pk"), soft=Count("pk", filter=Q(perishable=True))
    )
    return [
        OfBlock(
            NOWHERE if row[key] is None else str(row[key]),
            row[f"{key}__code"] or "",
            row["n"],
            row["soft"],
        )
        for row in counted
    ]


@requires(Permission.PARCEL_SEE)
def on_round(*, by: Actor, at: datetime) -> QuerySet[Bag]:
    """Return what is out on a round here, by block and cell."""
    rows = _with_clock(_here(by), at, by)
    rows = rows.filter(institution_id=by.institution_id, where=Where.ROUND)
    return rows.prefetch_related("lines__item").order_by(*_BY_CELL)


@requires(Permission.PARCEL_SEE)
def signatures(sending_id: UUID, *, by: Actor) -> QuerySet[Picture]:
    """Return the signatures and signed papers of a sending, without their pixels."""
    rows = Picture.objects.filter(
        bag__sending_id=sending_id, institution_id__in=by.sees
    )
    return rows.filter(kind__in=_SIGNED).defer("image").order_by("taken_at", "id")


@requires(Permission.PARCEL_SEE)
def signature(picture_id: UUID, *, by: Actor) -> Picture:
    """Return one signature or signed paper.

    Raises:
        NotFound: No such picture for this actor.
    """
    rows = Picture.objects.filter(
        pk=picture_id, institution_id__in=by.sees, kind__in=_SIGNED
    )
    row = rows.first()
    if row is None:
        raise NotFound("picture")
    return row


@requires(Permission.PARCEL_SEE)
def unsigned(*, by: Actor) -> QuerySet[Bag]:
    """Return what was signed for on paper and has no picture of that paper yet."""
    signed = Picture.objects.filter(bag_id=OuterRef("pk"), kind__in=_SIGNED)
    rows = Bag.objects.filter(
        ~Exists(signed),
        institution_id=by.institution_id,
        where=Where.DELIVERED,
        sending__isnull=False,
    )
    return rows.select_related("sending__prisoner__person").order_by("-since", "pk")


def next_of(bag: Bag) -> delivery.Next:
    """Say what happens next with a bag that came with its clock."""
    return delivery.next_of(facts(bag))


def facts(bag: Bag) -> Facts:
    """Return what is known about a bag that came with its clock."""
    prisoner = bag.sending.prisoner if bag.sending else None
    return Facts(
        Where(bag.where),
        bag.part == Bag.Part.GOODS,
        held=prisoner is not None and prisoner.status == "held",
        here=prisoner is not None and prisoner.institution_id == bag.institution_id,
        in_hospital=bool(getattr(bag, "in_hospital", False)),
    )


def missed(bag: Bag) -> Missed:
    """Return why a bag most likely comes back from its round."""
    known = facts(bag)
    if not known.held:
        return Missed.RELEASED
    if not known.here:
        return Missed.TRANSFERRED
    return Missed.HOSPITAL if known.in_hospital else Missed.ABSENT
