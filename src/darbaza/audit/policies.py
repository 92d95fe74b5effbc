"""The chain itself: how an event is written down and how its hash is made."""

from datetime import UTC, datetime
from hashlib import sha256
from json import JSONEncoder
from typing import Any
from uuid import UUID

_canonical = JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
).encode
_written = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def facts_text(facts: dict[str, Any]) -> str:
    """Return facts as canonical JSON: sorted keys, no spaces, letters as they are."""
    return _canonical(facts)


def link_hash(
    previous: bytes,
    *,
    institution_id: UUID,
    seq: int,
    at: datetime,
    content: tuple[str, ...],
) -> bytes:
    """Return the SHA-256 (32 bytes) over the previous hash and everything in the event.

    Args:
        previous: Hash of the event before, 32 zero bytes for the first.
        institution_id: Whose chain it is.
        seq: Number in the chain, from 1 without gaps.
        at: When it happened, aware.
        content: type, actor id, actor name, target kind, target id, facts text.
    """
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    body = _written([str(institution_id), seq, moment, *content])
    return sha256(previous + body.encode("utf-8", "surrogatepass")).digest()
