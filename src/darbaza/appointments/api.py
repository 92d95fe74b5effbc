"""Appointments over the API: a day, free times, booking, moving, cancelling."""

from datetime import timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Field, Router, Schema, Status

from darbaza.appointments import selectors, services
from darbaza.appointments.models import Appointment
from darbaza.appointments.types import Kind, Offer, Wish
from darbaza.pages import schemas
from darbaza.pages.requests import Request
from darbaza.pages.schemas import Day, Moment, Words, answers

router = Router(tags=["appointments"])
DAY = timedelta(days=1)
What = Literal["visit", "parcel"]
People = Annotated[int, Field(ge=0, le=9)]
Slot = Annotated[Words, Field(min_length=1, max_length=120)]


class BookIn(Schema):
    """A time for a family with a code. The request id makes it happen once."""

    request_id: UUID
    code_id: UUID
    slot: Slot
    adults: People = 0
    children: People = 0
    list_code: Annotated[Words, Field(max_length=400)] = ""


class MoveIn(Schema):
    """Another time. The request id makes it happen once."""

    request_id: UUID
    slot: Slot


class CancelIn(Schema):
    """Who does not want it, and why; the family is told the harmless part."""

    reason: Annotated[Words, Field(min_length=1, max_length=300)]
    by_family: bool = True


class CodeOut(schemas.Told):
    """Whose code it is; the code itself is kept nowhere."""

    code_id: UUID
    person_id: UUID
    name: str
    valid_to: Day


class TimeOut(schemas.Told):
    """One arrival time and how many families may still come then."""

    slot: str
    """To be sent back with a booking."""
    kind: What
    arrives_at: Moment
    visit_at: Moment | None
    places: int
    free: int

    @classmethod
    def of(cls, offer: Offer) -> "TimeOut":
        """Return an arrival time as the API says it."""
        names = ("arrives_at", "visit_at", "places", "free")
        told: dict[str, Any] = {name: getattr(offer, name) for name in names}
        return cls(slot=offer.key, kind=offer.kind.value, **told)


class AppointmentOut(schemas.Told):
    """Who comes when, and for what."""

    appointment_id: UUID
    reference: str = Field(examples=["K7M-Q2XYZ"])
    kind: What
    status: str = Field(examples=["booked"])
    channel: str = Field(examples=["staff"])
    arrives_at: Moment
    visit_at: Moment | None
    visit_id: UUID | None
    prisoner: str
    prisoner_number: str
    person: str
    adults: int
    children: int
    replaces: UUID | None
    """The appointment that was moved here."""

    @classmethod
    def of(cls, row: Appointment) -> "AppointmentOut":
        """Return an appointment as the API says it."""
        plain = ("reference", "kind", "status", "channel", "arrives_at", "visit_at")
        more = ("visit_id", "adults", "children")
        told: dict[str, Any] = {name: getattr(row, name) for name in (*plain, *more)}
        return cls(
            appointment_id=row.pk,
            prisoner=row.prisoner.person.name,
            prisoner_number=row.prisoner.number,
            person=row.person.name,
            replaces=row.replaces_id,
            **told,
        )


class AppointmentsOut(schemas.Told):
    """One page of the appointments of a day."""

    total: int
    page: int
    appointments: list[AppointmentOut]


@router.get("/appointments", response=answers(AppointmentsOut))
def appointments_of_day(
    request: Request,
    on: Day | None = None,
    page: Annotated[int, Field(ge=1, le=10_000)] = 1,
    size: Annotated[int, Field(ge=1, le=200)] = 50,
) -> Any:
    """List the appointments of a day, today unless told, in order of arrival."""
    rows = selectors.of_day(on or timezone.localdate(), by=request.actor)
    found, total = schemas.page(rows, page, size)
    shown = [AppointmentOut.of(row) for row in found]
    return {"total": total, "page": page, "appointments": shown}


@router.get("/appointments/times", response=answers(list[TimeOut]))
def arrival_times(request: Request, kind: What, on: Day | None = None) -> Any:
    """List the arrival times of a day, today unless told, full ones too."""
    first, by = on or timezone.localdate(), request.actor
    found = selectors.slots(Kind(kind), first, first + DAY, by=by, at=timezone.now())
    return [TimeOut.of(offer) for offer in found]


@router.get("/prisoners/{uuid:prisoner_id}/codes", response=answers(list[CodeOut]))
def codes_in_force(request: Request, prisoner_id: UUID) -> Any:
    """List the codes in force of a prisoner's contacts, for booking."""
    today, by = timezone.localdate(), request.actor
    rows = selectors.accesses(prisoner_id=prisoner_id, on=today, by=by)
    return [
        CodeOut(
            code_id=row.pk,
            person_id=row.person_id,
            name=row.person.name,
            valid_to=row.valid_to,
        )
        for row in rows
    ]


@router.get("/codes/{uuid:code_id}/times", response=answers(list[TimeOut]))
def free_times(request: Request, code_id: UUID, kind: What, on: Day) -> Any:
    """List the free times of a day that may be booked for this family."""
    found = services.offers_for(
        code_id, Kind(kind), on, by=request.actor, at=timezone.now()
    )
    return [TimeOut.of(offer) for offer in found]


@router.get("/appointments/{uuid:appointment_id}", response=answers(AppointmentOut))
def appointment(request: Request, appointment_id: UUID) -> Any:
    """Give one appointment."""
    return AppointmentOut.of(selectors.appointment(appointment_id, by=request.actor))


@router.post("/appointments", response=answers(AppointmentOut, 201))
def book_appointment(request: Request, body: BookIn) -> Any:
    """Book a time for a family; 409 where it is full or the rules refuse it."""
    wish = Wish(body.adults, body.children, body.list_code)
    row = services.book_for(
        body.code_id, body.slot, wish,
        request_id=body.request_id, by=request.actor, at=timezone.now(),
    )  # fmt: skip
    return Status(201, _told(row, request))


@router.post(
    "/appointments/{uuid:appointment_id}/move", response=answers(AppointmentOut)
)
def move_appointment(request: Request, appointment_id: UUID, body: MoveIn) -> Any:
    """Move an appointment; the answer is the new one, the family is told."""
    row = services.move(
        appointment_id, body.slot,
        request_id=body.request_id, by=request.actor, at=timezone.now(),
    )  # fmt: skip
    return _told(row, request)


@router.post(
    "/appointments/{uuid:appointment_id}/cancel", response=answers(AppointmentOut)
)
def cancel_appointment(request: Request, appointment_id: UUID, body: CancelIn) -> Any:
    """Cancel an appointment; its visit is cancelled too, the family is told."""
    row = services.cancel(
        appointment_id, reason=body.reason, by_family=body.by_family,
        by=request.actor, at=timezone.now(),
    )  # fmt: skip
    return _told(row, request)


def _told(row: Appointment, request: Request) -> AppointmentOut:
    """Read it again as the actor: a request id of elsewhere betrays nothing."""
    return AppointmentOut.of(services.served(row.pk, by=request.actor))
