"""Shapes that every room's API shares: texts, days, grounds, problems."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import AfterValidator, AwareDatetime, BaseModel

from darbaza.kernel.decisions import Decision, Ground
from darbaza.pages import grounds

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 1, 1)
EARLIEST, LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def _printable(text: str) -> str:
    if "\x00" in text or any("\ud800" <= c <= "\udfff" for c in text):
        message = "no control characters"
        raise ValueError(message)
    return text


def _near(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        message = "outside 1900 to 2200"
        raise ValueError(message)
    return day


def _soon(moment: datetime) -> datetime:
    if not EARLIEST <= moment <= LATEST:
        message = "outside 1990 to 2200"
        raise ValueError(message)
    return moment


Printable = AfterValidator(_printable)
Words = Annotated[str, Field(max_length=500), Printable]
Name = Annotated[str, Field(max_length=120), Printable]
Code = Annotated[str, Field(max_length=40), Printable]
Day = Annotated[date, AfterValidator(_near)]
Moment = Annotated[AwareDatetime, AfterValidator(_soon)]


class Problem(Schema):
    """Why something was not done. ``number`` finds the line in the server's log."""

    code: str = Field(examples=["visit_not_open"])
    detail: str = Field(examples=["This is no longer possible: the visit is ended."])
    number: str = Field(examples=["4D556818"])
    fields: dict[str, str] = {}


class Told(BaseModel):
    """An answer made of plain values by its own ``of``.

    Ninja's own ``Schema`` would read every value again as an attribute of a row, which
    takes longer than deciding on a visit.
    """


class GroundOut(Told):
    """One reason of a decision, by code, with the rule under it and words."""

    code: str = Field(examples=["quota_used"])
    effect: Literal["allow", "warn", "block"]
    rule: str = Field(examples=["visits.quota.short"])
    verified: bool
    figures: dict[str, Any] = Field(examples=[{"quota": 6, "next_on": "2027-01-01"}])
    lift: str = Field(examples=["override.director"])
    text: str
    next_step: str

    @classmethod
    def of(cls, ground: Ground) -> "GroundOut":
        """Return a ground as the API says it, in the language of the request."""
        facts: dict[str, Any] = ground.as_facts()
        facts["text"] = grounds.officer(ground)
        return cls(**facts, next_step=grounds.next_step(ground))


class DecisionOut(Told):
    """All grounds of a decision, and what they come to."""

    effect: Literal["allow", "warn", "block"]
    grounds: list[GroundOut]

    @classmethod
    def of(cls, decision: Decision) -> "DecisionOut":
        """Return a decision as the API says it."""
        told: dict[str, Any] = {"effect": decision.effect.name.lower()}
        return cls(**told, grounds=[GroundOut.of(g) for g in decision.grounds])


class Done(Schema):
    """It is done; sent again, it is not done twice."""

    id: str
    status: str = Field("", examples=["registered"])


PROBLEMS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422), Problem)


def answers(good: Any, status: int = 200) -> dict[int, Any]:
    """Return the answers of an operation: the good one, and every problem."""
    return {status: good, **PROBLEMS}


def file_answers(media_type: str) -> dict[str, Any]:
    """Return what an operation that gives a file says of its answers, to be passed on.

    The file itself is no JSON: it is only described.
    """
    content = {media_type: {"schema": {"type": "string", "format": "binary"}}}
    good = {"description": "OK", "content": content}
    return {"response": PROBLEMS, "openapi_extra": {"responses": {200: good}}}


def page(rows: Any, number: int, size: int) -> tuple[list[Any], int]:
    """Return one page of rows (the first is 1) and how many rows there are."""
    start = (number - 1) * size
    return list(rows[start : start + size]), rows.count()


def first_errors(errors: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Return the wrong fields of a request, each with its first message."""
    found: dict[str, str] = {}
    for error in errors:
        name = ".".join(str(part) for part in error["loc"][1:]) or str(error["loc"][0])
        found.setdefault(name, str(error["msg"]))
    return found
