"""The floor: the same step as ten plain statements on the raw driver, nothing else.

Same file, pragmas, flushes and fair lock. Person by document number, prisoner by
number, four rule queries (ban, relation, visits of the month, already inside), the
visit, the newest audit hash, the chained audit row, commit. No permission, no scope,
no grounds, no allowance, no visitor row, no pass.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Protocol
from uuid import UUID, uuid4

import psycopg
from django.db import connection

from darbaza.accounts.types import Actor
from darbaza.audit.policies import facts_text, link_hash
from darbaza.kernel import ids


class Driver(Protocol):
    """A raw connection, its lock and its placeholder."""

    def begin(self, institution_id: UUID) -> None: ...

    def run(self, sql: str, values: tuple[Any, ...]) -> Any: ...

    def commit(self) -> None: ...


class SqliteDriver:
    """A connection of the driver beside Django's, behind the same lock."""

    def __init__(self) -> None:
        connection.ensure_connection()
        parameters = connection.get_connection_params()
        self.raw = connection.get_new_connection(parameters)
        self.raw.isolation_level = None
        self.cursor = self.raw.cursor()

    def begin(self, institution_id: UUID) -> None:  # noqa: ARG002
        self.raw.take_lock()
        self.cursor.execute("BEGIN IMMEDIATE")

    def run(self, sql: str, values: tuple[Any, ...]) -> Any:
        self.cursor.execute(
            sql, tuple(v.hex if isinstance(v, UUID) else v for v in values)
        )
        return self.cursor.fetchone() if sql.startswith("SELECT") else None

    def commit(self) -> None:
        self.cursor.execute("COMMIT")
        self.raw.settle()


class PostgresqlDriver:
    """A psycopg connection of its own; the server keeps its statements prepared."""

    def __init__(self) -> None:
        self.raw = connection.copy().get_new_connection(
            connection.get_connection_params()
        )
        self.raw.autocommit = False
        # Not Django's kind, which writes the values into the text.
        self.cursor = psycopg.Cursor(self.raw)

    def begin(self, institution_id: UUID) -> None:
        sql = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
        self.cursor.execute(sql, [str(institution_id)], prepare=True)

    def run(self, sql: str, values: tuple[Any, ...]) -> Any:
        self.cursor.execute(_percent(sql), values, prepare=True)
        return self.cursor.fetchone() if sql.startswith("SELECT") else None

    def commit(self) -> None:
        self.raw.commit()


@cache
def _percent(sql: str) -> str:
    return sql.replace("?", "%s")


def driver() -> Driver:
    """Return the raw driver of the engine in use."""
    return SqliteDriver() if connection.vendor == "sqlite" else PostgresqlDriver()


@dataclass(frozen=True, slots=True)
class Case:
    """One registration in plain keys."""

    document: str
    prisoner: str
    person_id: UUID
    prisoner_id: UUID
    month_starts: datetime
    by: Actor


def register(raw: Driver, case: Case, *, at: datetime) -> None:
    """Do the ten statements once."""
    by = case.by
    raw.begin(by.institution_id)
    for sql, values in _questions(case, at):
        raw.run(sql, values)
    row = _visit(case, at)
    raw.run(insert("visits_visit", tuple(row)), tuple(row.values()))
    last = raw.run(
        "SELECT seq, hash FROM audit_event WHERE institution_id = ?"
        " ORDER BY seq DESC LIMIT 1",
        (by.institution_id,),
    )
    event = _event(case, row["id"], last, at)
    raw.run(insert("audit_event", tuple(event)), tuple(event.values()))
    raw.commit()


def _questions(case: Case, at: datetime) -> list[tuple[str, tuple[Any, ...]]]:
    return [
        (
            "SELECT p.id, p.surname, p.birth_on FROM persons_document d"
            " JOIN persons_person p ON p.id = d.person_id WHERE d.number = ?",
            (case.document,),
        ),
        (
            "SELECT id, institution_id, status FROM custody_prisoner WHERE number = ?",
            (case.prisoner,),
        ),
        (
            "SELECT id FROM custody_restriction WHERE person_id = ?"
            " AND lifted_at IS NULL AND starts_on <= ?",
            (case.person_id, text(at)[:10]),
        ),
        (
            "SELECT kinship FROM custody_contact WHERE prisoner_id = ?"
            " AND person_id = ? AND status = 'approved'",
            (case.prisoner_id, case.person_id),
        ),
        (
            "SELECT count(*) FROM visits_visit WHERE prisoner_id = ?"
            " AND starts_at >= ?",
            (case.prisoner_id, stamp(case.month_starts)),
        ),
        (
            "SELECT id FROM visits_visitor WHERE person_id = ? AND status = 'inside'",
            (case.person_id,),
        ),
    ]


def _visit(case: Case, at: datetime) -> dict[str, Any]:
    now = stamp(at)
    later = stamp(datetime.fromtimestamp(at.timestamp() + 7200, UTC))
    no: Any = False if connection.vendor == "postgresql" else 0
    return {
        "id": ids.new_id(), "institution_id": case.by.institution_id,
        "prisoner_id": case.prisoner_id, "kind": "short", "closed": no,
        "reference": ids.reference(), "source": "walk_in", "status": "registered",
        "sub_status": "", "outcome": "", "outcome_reason": "", "starts_at": now,
        "ends_at": later, "registered_at": now, "registered_by": case.by.name,
        "entered_at": now, "note": "", "request_id": uuid4(),
    }  # fmt: skip


def _event(case: Case, visit_id: UUID, last: Any, at: datetime) -> dict[str, Any]:
    seq, previous = (last[0] + 1, bytes(last[1])) if last else (1, bytes(32))
    facts = facts_text({"prisoner": str(case.prisoner_id)})
    content = (
        "bench.floor",
        str(case.by.id),
        case.by.name,
        "visit",
        str(visit_id),
        facts,
    )
    digest = link_hash(
        previous, institution_id=case.by.institution_id, seq=seq, at=at, content=content
    )
    return {
        "id": ids.new_id(), "institution_id": case.by.institution_id, "seq": seq,
        "at": stamp(at), "type": "bench.floor", "actor_id": case.by.id,
        "actor_name": case.by.name, "target_kind": "visit", "target_id": str(visit_id),
        "facts_json": facts, "hash": digest,
    }  # fmt: skip


@cache
def insert(table: str, columns: tuple[str, ...]) -> str:
    """Return an INSERT of one row."""
    marks = ", ".join(["?"] * len(columns))
    named = ", ".join(f'"{column}"' for column in columns)
    return f"INSERT INTO {table} ({named}) VALUES ({marks})"


def text(at: datetime) -> str:
    """Return a moment as SQLite keeps it."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def stamp(at: datetime) -> Any:
    """Return a moment as the engine's driver takes it."""
    return text(at) if connection.vendor == "sqlite" else at
