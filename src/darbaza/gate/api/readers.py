"""What a local agent says: a scan, a weight, how its devices are (docs/agent.md).

The version of this contract is 1 and stands in every request; a field may be added
without a new one, none is taken away.
"""

import binascii
from base64 import b64decode
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Field, Router, Schema
from pydantic import AfterValidator

from darbaza.gate import services
from darbaza.gate.arrivals import Delivery, DeviceState, Weighed
from darbaza.kernel.errors import Invalid
from darbaza.pages.requests import Request
from darbaza.pages.schemas import Name, answers

TEXT_AT_MOST = 4_096
IMAGE_AT_MOST = 8_000_000
"""Characters of base64: a picture of six million bytes."""
router = Router(tags=["readers"])

Version = Literal[1]
Age = Annotated[int, Field(ge=0, le=86_400_000)]


def _whole(text: str) -> str:
    if any("\ud800" <= char <= "\udfff" for char in text):
        message = "no halves of characters"
        raise ValueError(message)
    return text


class ReadIn(Schema):
    """What a reader read. The same id again is the same scan."""

    version: Version = 1
    id: UUID
    device: Name = Field(examples=["passport reader"])
    source: Literal["wedge", "serial", "chip", "folder", "vendor"]
    text: Annotated[str, Field(max_length=TEXT_AT_MOST), AfterValidator(_whole)] = ""
    """As it arrived, framing and line ends included; bytes as Latin-1."""
    image: str = Field("", max_length=IMAGE_AT_MOST)
    """JPEG, PNG, WebP, TIFF or PDF, base64."""
    complete: bool = True
    age_ms: Age = 0


class WeightIn(Schema):
    """What a scale says. The same id again is the same weight."""

    version: Version = 1
    id: UUID
    device: Name
    grams: int = Field(0, ge=-1_000_000, le=1_000_000)
    stable: bool = False
    over: bool = False
    age_ms: Age = 0


class DeviceIn(Schema):
    """How one device is doing."""

    name: Name
    driver: Name = Field(examples=["serial-reader"])
    state: Literal["ready", "waiting", "failed"]
    trouble: Name = Field("", examples=["not_plugged_in"])


class StateIn(Schema):
    """How the devices of the post are; sent every few seconds."""

    version: Version = 1
    devices: list[DeviceIn] = Field(max_length=16)


class TakenOut(Schema):
    """Whether it was new."""

    new: bool


class OpenOut(Schema):
    """Whether somebody's page waits at the post of this agent."""

    version: Version = 1
    open: bool


@router.post("/readers/scans", response=answers(TakenOut))
def deliver_scan(request: Request, body: ReadIn) -> Any:
    """Deliver a scan to the page that is open at the agent's post."""
    image = _image(body.image)
    told = body.dict(exclude={"version", "image"})
    new = services.deliver_scan(
        Delivery(**told, image=image), by=request.actor, at=timezone.now()
    )
    return {"new": new}


@router.post("/readers/weights", response=answers(TakenOut))
def deliver_weight(request: Request, body: WeightIn) -> Any:
    """Deliver a weight to the page that is open at the agent's post."""
    now = timezone.now()
    told = Weighed(**body.dict(exclude={"version", "age_ms"}), at=now)
    new = services.deliver_weight(told, age_ms=body.age_ms, by=request.actor, at=now)
    return {"new": new}


@router.post("/readers/state", response=answers(OpenOut))
def report_state(request: Request, body: StateIn) -> Any:
    """Say how the devices are; learn whether a page is open."""
    devices = tuple(DeviceState(**one.dict()) for one in body.devices)
    return {
        "open": services.report_devices(devices, by=request.actor, at=timezone.now())
    }


def _image(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Invalid("image_not_base64", field="image") from error
