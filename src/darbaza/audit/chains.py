"""Walk a chain quickly: raw rows in large steps, one hash each.

The hash of every link is made again exactly as :func:`policies.link_hash` makes it, but
from the texts that the database holds, without building dates, UUIDs or models.
"""

from collections.abc import Callable, Iterator
from hashlib import sha256
from json import JSONEncoder
from typing import Any
from uuid import UUID

from django.db import connection

from darbaza.audit.types import START, Breach, Link
from darbaza.kernel import db

STEP = 20_000
_ROWS = (
    "SELECT seq, {at}, type, {actor}, actor_name, target_kind, target_id,"
    " facts_json, hash FROM audit_event WHERE institution_id = %s AND seq > %s"
    " ORDER BY seq LIMIT %s"
)
# An expression instead of the bare column: the driver then leaves the text alone.
_SQLITE = _ROWS.format(at="at || ''", actor="actor_id")
_POSTGRESQL = _ROWS.format(
    at="""to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
    actor="actor_id::text",
)

_written = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def walk(
    institution_id: UUID, after: Link = START, *, step: int = STEP
) -> Iterator[Link | Breach]:
    """Yield the last link of every step that holds; a breach ends the walk."""
    while True:
        rows = _rows(institution_id, after.seq, step)
        if not rows:
            return
        found = _checked(str(institution_id), after, rows)
        yield found
        if isinstance(found, Breach):
            return
        after = found


def _checked(
    institution_id: str, after: Link, rows: list[tuple[Any, ...]]
) -> Link | Breach:
    number, previous = after.seq, after.hash
    moment, key = _READERS[connection.vendor]
    for seq, at, kind, actor, name, target_kind, target, facts, own in rows:
        number += 1
        if seq != number:
            return Breach(institution_id, number, "gap")
        text = _written(
            [
                institution_id,
                seq,
                moment(at),
                kind,
                key(actor),
                name,
                target_kind,
                target,
                facts,
            ]
        )
        previous = sha256(previous + text.encode("utf-8", "surrogatepass")).digest()
        if own != previous and bytes(own) != previous:
            return Breach(institution_id, number, "hash")
    return Link(number, previous)


def _rows(institution_id: UUID, after: int, step: int) -> list[tuple[Any, ...]]:
    sql = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
    with connection.cursor() as cursor:
        cursor.execute(sql, [db.key(institution_id), after, step])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _sqlite_moment(text: str) -> str:
    """Turn ``2026-11-23 03:00:00[.123456]`` into ``2026-11-23T03:00:00.123456Z``."""
    fraction = text[20:] or "000000"
    return f"{text[:10]}T{text[11:19]}.{fraction}Z"


def _sqlite_key(text: str) -> str:
    """Turn 32 hexadecimal digits into the usual form with hyphens."""
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


_READERS: dict[str, tuple[Callable[[str], str], Callable[[str], str]]] = {
    "sqlite": (_sqlite_moment, _sqlite_key),
    "postgresql": (str, str),
}
