"""People over the API: find, register, photograph; zones of documents."""

from dataclasses import asdict
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Field, Router, Schema, Status
from ninja.errors import HttpError

from darbaza.pages import schemas
from darbaza.pages.requests import Request
from darbaza.pages.schemas import Code, Day, Name, answers
from darbaza.persons import mrz, selectors, services
from darbaza.persons.mrz import command
from darbaza.persons.types import DocumentDraft, PersonDraft

router = Router(tags=["persons"])
PHOTO_BYTES = 12 * 1024 * 1024
DocumentKind = Literal[
    "passport", "id_card", "visa", "birth_certificate", "driving_licence",
    "phone_document", "lawyer_licence", "service_card", "release_certificate", "other",
]  # fmt: skip


class HitOut(Schema):
    """Somebody found, with the reasons as codes.

    ``document`` is the number asked for, else that of the newest document shown.
    """

    person_id: UUID
    name: str = Field(examples=["Асанов Бакыт"])
    name_latin: str = Field(examples=["ASANOV BAKYT"])
    sex: str = Field(examples=["M"])
    birth_on: Day | None
    citizenship: str = Field(examples=["KGZ"])
    photo_id: UUID | None
    score: float = Field(examples=[1.0])
    reasons: list[str] = Field(examples=[["same_document"]])
    document: str = Field(examples=["ID1234567"])


class PersonIn(Schema):
    """Somebody as their document names them."""

    surname: Name = Field("", examples=["Асанов"])
    given_names: Name = Field("", examples=["Бакыт"])
    patronymic: Name = ""
    surname_latin: Name = Field("", examples=["ASANOV"])
    given_names_latin: Name = Field("", examples=["BAKYT"])
    sex: Literal["F", "M", "X"] = "X"
    birth_on: Day | None = Field(None, examples=["1985-03-12"])
    citizenship: Annotated[Code, Field(max_length=3)] = "KGZ"
    personal_number: Annotated[Code, Field(max_length=14)] = ""
    phone: Code = ""
    language: Literal["ky", "ru", "en"] = "ky"


class DocumentIn(Schema):
    """A document that somebody shows."""

    kind: DocumentKind = Field(examples=["passport"])
    number: Annotated[Code, Field(min_length=1)] = Field(examples=["ZZ0000017"])
    issuer: Annotated[Code, Field(max_length=3)] = Field("", examples=["KGZ"])
    issued_by: Name = ""
    issued_on: Day | None = None
    expires_on: Day | None = Field(None, examples=["2031-05-20"])
    source: Literal["typed", "reader", "image"] = "reader"


class RegisterIn(Schema):
    """A new person. The request id makes a second sending harmless."""

    request_id: UUID
    person: PersonIn
    document: DocumentIn | None = None


class PersonOut(Schema):
    """A person's record."""

    id: UUID
    name: str
    name_latin: str
    sex: str
    birth_on: Day | None
    citizenship: str
    language: str
    photo_id: UUID | None


class ZoneIn(Schema):
    """Text of a machine-readable zone as a reader types it."""

    text: Annotated[str, Field(max_length=4000), schemas.Printable]


class ZoneOut(Schema):
    """A zone as read; ``trust`` is sure, compare or none."""

    trust: Literal["sure", "compare", "none"]
    format: str | None = Field(examples=["TD3"])
    document_number: str | None
    surname: str | None
    given_names: str | None
    birth_on: str | None
    expires_on: str | None
    sex: str | None
    nationality: str | None
    personal_number: str | None
    repaired: list[str]
    error: str | None = None


@router.get("/persons", response=answers(list[HitOut]))
def search(
    request: Request,
    q: Annotated[Name, Field(min_length=1)],
    birth_on: Day | None = None,
    limit: Annotated[int, Field(ge=1, le=50)] = 20,
) -> Any:
    """Find people by name in any script, by document or by personal number."""
    found = selectors.search(q, birth_on, by=request.actor, limit=limit)
    return [asdict(hit) for hit in found]


@router.get("/persons/by-document", response=answers(list[HitOut]))
def by_document(
    request: Request, number: Code, issuer: Annotated[Code, Field(max_length=3)] = ""
) -> Any:
    """Find who showed a document of this number."""
    found = selectors.by_document(number, issuer, by=request.actor)
    return [asdict(hit) for hit in found]


@router.post("/persons", response=answers(PersonOut, 201))
def register(request: Request, body: RegisterIn) -> Any:
    """Register a new person; ask ``GET /persons`` first who it may be."""
    document = DocumentDraft(**body.document.dict()) if body.document else None
    row = services.register(
        PersonDraft(**body.person.dict()),
        document,
        by=request.actor,
        at=timezone.now(),
        request_id=body.request_id,
    )
    return Status(201, row)


@router.get("/persons/{uuid:person_id}", response=answers(PersonOut))
def person(request: Request, person_id: UUID) -> Any:
    """Give one person; a merged record leads to the kept one."""
    return selectors.person(person_id, by=request.actor)


@router.post("/persons/{uuid:person_id}/documents", response=answers(schemas.Done, 201))
def add_document(request: Request, person_id: UUID, body: DocumentIn) -> Any:
    """Note a document that the person showed."""
    row = services.add_document(
        person_id, DocumentDraft(**body.dict()), by=request.actor, at=timezone.now()
    )
    return Status(201, {"id": str(row.pk)})


@router.put(
    "/persons/{uuid:person_id}/photo",
    response=answers(schemas.Done),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "image/jpeg": {"schema": {"type": "string", "format": "binary"}}
            },
        }
    },
)
def store_photo(request: Request, person_id: UUID) -> Any:
    """Keep a photograph: JPEG, PNG or WebP as the body."""
    if int(request.headers.get("Content-Length") or 0) > PHOTO_BYTES:
        raise HttpError(413, "too large")
    row = services.store_photo(
        person_id, request.body, by=request.actor, at=timezone.now()
    )
    return {"id": str(row.pk)}


@router.get("/photos/{uuid:photo_id}", **schemas.file_answers("image/jpeg"))
def photo(request: Request, photo_id: UUID) -> HttpResponse:
    """Give a photograph as JPEG."""
    row = selectors.photo(photo_id, by=request.actor)
    return HttpResponse(bytes(row.image), content_type="image/jpeg")


@router.post("/mrz", response=answers(ZoneOut))
def read_zone(request: Request, body: ZoneIn) -> Any:  # noqa: ARG001 - any device
    """Read a machine-readable zone: nothing is stored."""
    return command.report(mrz.parse(body.text), file=None, seconds=0.0)
