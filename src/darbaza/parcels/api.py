"""Packages and parcels over the API: goods, decision, registering, bags."""

from datetime import timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from darbaza.pages import schemas
from darbaza.pages.requests import Request
from darbaza.pages.schemas import Code, Day, Done, Moment, Problem, Words, answers
from darbaza.parcels import selectors, services
from darbaza.parcels.chain import Where
from darbaza.parcels.models import Bag, Sending
from darbaza.parcels.services.bags import Move
from darbaza.parcels.types import (
    Channel,
    Correction,
    OverrideRequest,
    Registered,
    Registration,
    SendingVerdict,
    Wanted,
)

router = Router(tags=["parcels"])
AT_MOST = 100
Place = Literal[
    "inspection", "store", "round", "delivered", "back", "held", "seized",
    "investigator", "destroyed", "sent_on",
]  # fmt: skip


class LineIn(Schema):
    """One kind of goods; grams of all pieces together."""

    item_id: UUID
    quantity: int = Field(1, ge=1, le=10_000)
    grams: int = Field(0, ge=0, le=1_000_000)
    words: Annotated[Words, Field(max_length=120)] = ""


class LiftIn(Schema):
    """A ground to set aside; ``position`` is its line from 1, none for the whole."""

    code: Annotated[Code, Field(min_length=1)] = Field(examples=["item_too_many"])
    reason: Annotated[Words, Field(min_length=1, max_length=300)]
    position: int | None = Field(None, ge=1, le=200)


class SendingIn(Schema):
    """A sending. The request id makes it happen once."""

    request_id: UUID
    prisoner_id: UUID
    channel: Literal["package", "parcel", "packet", "medicine", "legal_mail"]
    lines: list[LineIn] = Field([], max_length=200)
    sender_id: UUID | None = None
    document_id: UUID | None = None
    sender_name: Annotated[Words, Field(max_length=200)] = ""
    weighed_g: int | None = Field(None, ge=1, le=1_000_000)
    advice: Annotated[Words, Field(max_length=120)] = ""
    language: Literal["ky", "ru", "en"] = "ky"
    note: Annotated[Words, Field(max_length=300)] = ""
    overrides: list[LiftIn] = Field([], max_length=40)

    def registration(self) -> Registration:
        """Return it as the services take it."""
        values = self.dict(exclude={"lines", "overrides", "channel"})
        return Registration(
            **values,
            channel=Channel(self.channel),
            lines=tuple(Wanted(**line.dict()) for line in self.lines),
            overrides=tuple(OverrideRequest(**one.dict()) for one in self.overrides),
        )


class LineOut(schemas.Told):
    """The decision on one line: what goes in of it, and what becomes of the rest."""

    position: int
    decision: schemas.DecisionOut
    fate: Literal["taken", "part", "back", "kept"]
    taken: int


class SendingVerdictOut(schemas.Told):
    """The decision on a sending and on each of its lines."""

    accepted: bool
    sending: schemas.DecisionOut
    lines: list[LineOut]

    @classmethod
    def of(cls, verdict: SendingVerdict) -> "SendingVerdictOut":
        """Return a verdict as the API says it."""
        return cls(
            accepted=verdict.accepted,
            sending=schemas.DecisionOut.of(verdict.sending),
            lines=[
                LineOut(
                    position=n,
                    decision=schemas.DecisionOut.of(one.decision),
                    fate=one.fate.value,
                    taken=one.taken,
                )
                for n, one in enumerate(verdict.lines, start=1)
            ],
        )


class SentOut(schemas.Told):
    """What was registered, with its bags by part: goods, back, kept."""

    sending_id: UUID
    reference: str
    status: str
    bags: dict[str, UUID]
    again: bool

    @classmethod
    def of(cls, done: Registered) -> "SentOut":
        """Return what was registered as the API says it."""
        return cls(
            sending_id=done.sending_id,
            reference=done.reference,
            status=done.status,
            bags=dict(done.bags),
            again=done.again,
        )


class GoodsOut(schemas.Told):
    """One kind of goods of the catalogue."""

    item_id: UUID
    code: str
    name: str
    category: str
    piece_g: int | None
    perishable: bool


class BagOut(schemas.Told):
    """A bag: where it is, in whose hands, and what lies in it."""

    bag_id: UUID
    part: str
    label: str
    where: str
    holder: str
    seal: str
    place: str
    goods: list[str]

    @classmethod
    def of(cls, bag: Bag) -> "BagOut":
        """Return a bag as the API says it."""
        names = ("part", "label", "where", "holder", "seal", "place")
        told: dict[str, Any] = {name: getattr(bag, name) for name in names}
        goods = [str(line) for line in bag.lines.all()]
        return cls(bag_id=bag.pk, goods=goods, **told)


class SendingOut(schemas.Told):
    """One sending with its three clocks."""

    sending_id: UUID
    reference: str
    channel: str
    status: str
    sender: str
    prisoner: str
    grams: int
    handed_in_at: Moment
    decided_at: Moment | None
    delivered_at: Moment | None

    @classmethod
    def of(cls, row: Sending, **more: Any) -> "SendingOut":
        """Return a sending as the API says it."""
        names = ("reference", "channel", "status", "grams", "handed_in_at")
        clocks = ("decided_at", "delivered_at")
        told: dict[str, Any] = {n: getattr(row, n) for n in (*names, *clocks)}
        prisoner = str(row.prisoner)
        return cls(
            sending_id=row.pk, sender=row.sent_by, prisoner=prisoner, **told, **more
        )


class WrittenOut(schemas.Told):
    """All that is written down of one kind; ``gone`` pieces stay as they are."""

    position: int
    item_id: UUID
    quantity: int
    grams: int
    words: str
    sent_back: bool
    gone: int


class SendingWholeOut(SendingOut):
    """One sending with its bags, its lines, and how often it was corrected."""

    bags: list[BagOut]
    lines: list[WrittenOut]
    corrections: int


class CorrectedLineIn(LineIn):
    """All that was handed in of one kind; a position that is left out never was."""

    position: int = Field(ge=1, le=400)
    sent_back: bool = False


class CorrectionIn(Schema):
    """A sending as it should have been written down. The request id makes it one.

    ``seen`` is how many corrections it had when it was read; 409 after a newer one.
    """

    request_id: UUID
    reason: Annotated[Words, Field(min_length=1, max_length=300)]
    seen: int = Field(ge=0)
    channel: Literal["package", "parcel", "packet", "medicine", "legal_mail"]
    lines: list[CorrectedLineIn] = Field([], max_length=200)
    weighed_g: int | None = Field(None, ge=1, le=1_000_000)
    advice: Annotated[Words, Field(max_length=120)] = ""
    overrides: list[LiftIn] = Field([], max_length=40)

    def correction(self) -> Correction:
        """Return it as the services take it."""
        values = self.dict(exclude={"lines", "overrides", "channel"})
        return Correction(
            **values,
            channel=Channel(self.channel),
            lines={
                line.position: Wanted(**line.dict(exclude={"position"}))
                for line in self.lines
            },
            overrides=tuple(OverrideRequest(**one.dict()) for one in self.overrides),
        )


class MoveIn(Schema):
    """One hand-over of a bag. The same request id again is the same step."""

    request_id: UUID
    to: Place
    taker: Annotated[Words, Field(max_length=160)] = ""
    witness: Annotated[Words, Field(max_length=160)] = ""
    seal: Annotated[Words, Field(max_length=40)] | None = None
    place: Annotated[Words, Field(max_length=60)] = ""
    order: Annotated[Words, Field(max_length=60)] = ""
    signed: bool = False
    note: Annotated[Words, Field(max_length=300)] = ""


@router.get("/parcels/goods", response=answers(list[GoodsOut]))
def find_goods(request: Request, q: Annotated[Words, Query()]) -> Any:
    """Find goods of the catalogue by the beginnings of their words."""
    found = selectors.find_items(q, by=request.actor)
    return [
        GoodsOut(
            item_id=item.pk, code=item.code, name=item.name, category=item.category,
            piece_g=item.piece_g, perishable=item.perishable,
        )
        for item in found
    ]  # fmt: skip


@router.post("/parcels/decide", response=answers(SendingVerdictOut))
def decide_sending(request: Request, body: SendingIn) -> Any:
    """Say what registering would decide now; nothing is written."""
    wanted = body.registration()
    verdict = services.decide(wanted, by=request.actor, at=timezone.now())
    return SendingVerdictOut.of(verdict)


@router.post(
    "/parcels/sendings",
    response={**answers(SentOut, 201), 409: SentOut | Problem},
)
def register_sending(request: Request, body: SendingIn) -> Any:
    """Register a sending with its bags; 409 where it was refused and is on record."""
    wanted = body.registration()
    done = services.register(wanted, by=request.actor, at=timezone.now())
    return Status(409 if done.status == "refused" else 201, SentOut.of(done))


@router.get("/parcels/sendings", response=answers(list[SendingOut]))
def list_sendings(request: Request, day: Day) -> Any:
    """List the sendings handed in on a day, newest first, at most a hundred."""
    filters = selectors.Filters(first=day, last=day + timedelta(days=1))
    rows = selectors.sendings(filters, by=request.actor)[:AT_MOST]
    return [SendingOut.of(row) for row in rows]


@router.get("/parcels/sendings/{uuid:sending_id}", response=answers(SendingWholeOut))
def one_sending(request: Request, sending_id: UUID) -> Any:
    """Give one sending with its bags."""
    row = selectors.sending(sending_id, by=request.actor)
    bags = [BagOut.of(bag) for bag in row.bags.all()]
    written = selectors.written(row, by=request.actor)
    lines = [
        WrittenOut(
            position=position, item_id=one.item_id, quantity=one.quantity,
            grams=one.grams, words=one.words, sent_back=one.sent_back,
            gone=written.gone.get(position, 0),
        )
        for position, one in sorted(written.lines.items())
    ]  # fmt: skip
    return SendingWholeOut.of(row, bags=bags, lines=lines, corrections=written.seen)


@router.post("/parcels/sendings/{uuid:sending_id}/corrections", response=answers(Done))
def correct_sending(request: Request, sending_id: UUID, body: CorrectionIn) -> Any:
    """Correct what was written down wrongly; 409 where it may not go in like that."""
    made = services.correct(
        sending_id, body.correction(), by=request.actor, at=timezone.now()
    )
    return Done(id=str(made.pk), status=made.sending.status)


@router.post("/parcels/bags/{uuid:bag_id}/move", response=answers(Done))
def move_bag(request: Request, bag_id: UUID, body: MoveIn) -> Any:
    """Hand a bag over: one step of its chain of custody; 409 where it forbids it."""
    values = body.dict(exclude={"request_id", "to"})
    move = Move(Where(body.to), **values)
    bag = services.move(
        bag_id, move, request_id=body.request_id, by=request.actor, at=timezone.now()
    )
    return Done(id=str(bag.pk), status=bag.where)
