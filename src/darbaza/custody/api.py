"""Prisoners over the API: found by number or name, contacts proposed."""

from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

from django.utils import timezone
from ninja import Field, Router, Schema, Status

from darbaza.custody import selectors, services
from darbaza.pages import schemas
from darbaza.pages.requests import Request
from darbaza.pages.schemas import Code, Day, Name, answers

router = Router(tags=["prisoners"])


class PrisonerHit(Schema):
    """One prisoner found."""

    prisoner_id: UUID
    number: str = Field(examples=["27-0001"])
    name: str = Field(examples=["Осмонов Азамат"])
    birth_on: Day | None
    regime: str = Field(examples=["colony_general"])
    conditions: str = Field(examples=["ordinary"])
    legal_status: str = Field(examples=["sentenced"])
    status: str = Field(examples=["held"])
    block: str
    score: float
    reasons: list[str]


class ContactIn(Schema):
    """Somebody who is proposed as a contact."""

    person_id: UUID
    kinship: Code = Field(examples=["sibling"])
    proof: Name = Field("", examples=["birth certificate seen"])


@router.get("/prisoners", response=answers(list[PrisonerHit]))
def search(
    request: Request,
    q: Annotated[Name, Field(min_length=1)],
    limit: Annotated[int, Field(ge=1, le=50)] = 20,
) -> Any:
    """Find who is held here, by number or by name in any script."""
    found = selectors.search(q, by=request.actor, limit=limit)
    return [asdict(hit) for hit in found]


@router.post(
    "/prisoners/{uuid:prisoner_id}/contacts", response=answers(schemas.Done, 201)
)
def propose_contact(request: Request, prisoner_id: UUID, body: ContactIn) -> Any:
    """Propose a contact; the same pair again is the same row."""
    row = services.propose_contact(
        prisoner_id,
        body.person_id,
        body.kinship,
        proof=body.proof,
        by=request.actor,
        at=timezone.now(),
    )
    return Status(201, {"id": str(row.pk), "status": row.status})
