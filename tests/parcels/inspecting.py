"""Bags at the inspection, findings and pictures that tests begin with."""

import io
from datetime import datetime, timedelta
from typing import Any

from PIL import Image

from darbaza.accounts.types import Actor
from darbaza.kernel import ids
from darbaza.parcels import services
from darbaza.parcels.models import Bag, Finding
from darbaza.parcels.services import FindingDraft, Look
from tests import cast
from tests.parcels import builders

OFFICER, SECOND = cast.GATE_OFFICER, cast.SECOND_GATE_OFFICER


def later(minutes: int = 5) -> datetime:
    """Return a moment after the registering at nine."""
    return cast.NINE + timedelta(minutes=minutes)


def now(minutes: int = 5, by: Actor = OFFICER) -> dict[str, Any]:
    """Return who acts, and when."""
    return {"by": by, "at": later(minutes)}


def package(shop: dict[str, Any], *codes: str, **more: Any) -> dict[str, Bag]:
    """Register a package with one piece of each item; return its bags by part."""
    lines = [(shop[code], 2, 200) for code in codes or ("tea",)]
    done = builders.registered(*lines, **more)
    rows = Bag.objects.filter(sending_id=done.sending_id)
    return {row.part: row for row in rows}


def clear(**more: Any) -> Look:
    """Say that the X-ray showed nothing."""
    return Look(**{"kind": "xray", "result": "clear", "device": "Rapiscan",
                   "place": "A-3"} | more)  # fmt: skip


def draft(**more: Any) -> FindingDraft:
    """Say that a telephone was found."""
    known = {
        "category": "phones", "offence": "phone", "description": "Telephone in soap",
        "protocol": "12", "seal": "S-100", "place": "Safe 1",
    }  # fmt: skip
    return FindingDraft(**known | more)


def found(bag: Bag, minutes: int = 9, by: Actor = OFFICER, **more: Any) -> Finding:
    """Find a telephone in a bag."""
    second = more.pop("second", SECOND if by == OFFICER else OFFICER)
    return services.find_in_bag(
        bag.pk, draft(**more), second=second, request_id=ids.new_id(),
        **now(minutes, by),
    )  # fmt: skip


def picture(size: tuple[int, int] = (80, 60), kind: str = "PNG") -> bytes:
    """Return a picture as a file has it."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    return out.getvalue()
