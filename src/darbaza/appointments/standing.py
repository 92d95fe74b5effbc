"""What a second look shows: every ground once, when it came and when it passed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from darbaza.kernel.decisions import Ground

Standing = Mapping[str, Any]
"""Facts of a ground, with ``found_at`` and ``gone_at`` (ISO, or empty)."""


def merged(
    known: Sequence[Standing], found: Collection[Ground], *, at: datetime
) -> list[dict[str, Any]]:
    """Add further grounds, mark those that no longer stand, take back such a mark."""
    now = {ground.code: ground.as_facts() for ground in found}
    before = {one["code"]: one for one in known}
    kept = [
        {**one, **now.get(code, {}), "gone_at": _gone(one, code in now, at)}
        for code, one in before.items()
    ]
    new = [
        {**facts, "found_at": at.isoformat(), "gone_at": ""}
        for code, facts in now.items()
        if code not in before
    ]
    return kept + new


def must_open(kept: Collection[str], found: Collection[Ground]) -> bool:
    """Tell whether anything was found that nobody has decided on yet."""
    return bool({ground.code for ground in found} - set(kept))


def _gone(one: Standing, stands: bool, at: datetime) -> str:  # noqa: FBT001
    return "" if stands else one["gone_at"] or at.isoformat()
