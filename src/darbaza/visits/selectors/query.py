"""The one combined statement of the gate: every fact of a decision in one round trip.

Ten ORM calls cost the gate ten times what the database needs. Each branch
gives a tag and up to eight columns as text, so that both engines agree on types. It
reads tables of the rooms below; their columns are part of this statement's contract,
and ``tests/visits`` compares every branch with the ORM.
"""

from dataclasses import dataclass
from functools import lru_cache

from darbaza.kernel.db import Statement

COLUMNS = 8
ACTIVE = "('booked', 'registered', 'inside')"
COUNTED = "('booked', 'registered', 'inside', 'ended')"
VISITS = "visits_visitor x JOIN visits_visit v ON v.id = x.visit_id"
HEX = {"sqlite": "hex(e.hash)", "postgresql": "encode(e.hash, 'hex')"}
ABOUT_VISITS = "lifted_at IS NULL AND kind <> 'no_parcels'"
IN_FORCE = "starts_on <= %(day)s AND (ends_on IS NULL OR ends_on > %(day)s)"


SEATS = Statement(
    "SELECT count(*) FROM visits_session s JOIN sites_seat c ON c.room_id = s.room_id"
    " AND c.closed_on IS NULL WHERE s.id = %(session)s"
)
"""Apart, because a seat is a page of its own: asked only where no seat is free."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the statement must hold: it is built once a shape and then prepared."""

    people: int
    documents: int
    session: bool
    seat: bool
    allowance: bool
    replaces: bool
    nights: bool


def _branch(tag: str, columns: list[str], rest: str) -> str:
    filled = [*columns, *["NULL"] * (COLUMNS - len(columns))]
    shown = ", ".join(f"CAST({column} AS text)" for column in filled)
    return f"SELECT '{tag}', {shown} {rest}"


@lru_cache(maxsize=256)
def statement(shape: Shape, engine: str) -> Statement:
    """Return the statement for a shape, with named parameters."""
    people = _marks("person", shape.people)
    kept = " AND v.id <> %(replaces)s" if shape.replaces else ""
    branches = [*_prisoner(), *_people(people, kept), *_ties(people, kept)]
    if shape.documents:
        branches.append(_documents(_marks("document", shape.documents)))
    if shape.session:
        branches += _session(kept, shape)
    branches += _keep_apart(kept, session=shape.session)
    if shape.allowance:
        branches += _allowance(replaces=shape.replaces)
    again = "FROM visits_visit v WHERE v.request_id = %(request)s"
    branches.insert(0, _branch("again", ["v.id"], again))
    branches.append(_newest(engine))
    return Statement("\nUNION ALL ".join(branches))


def _marks(name: str, count: int) -> str:
    return ", ".join(f"%({name}{n})s" for n in range(count))


def _newest(engine: str) -> str:
    """The newest link of the institution's audit chain."""
    link = (
        "FROM (SELECT e.seq, e.hash FROM audit_event e"
        " WHERE e.institution_id = %(institution)s ORDER BY e.seq DESC LIMIT 1) e"
    )
    return _branch("newest", ["e.seq", HEX[engine]], link)


def _prisoner() -> list[str]:
    return [
        _branch(
            "prisoner",
            ["p.institution_id", "p.status", "p.legal_status"],
            "FROM custody_prisoner p WHERE p.id = %(prisoner)s",
        ),
        _branch(
            "separation",
            ["kind", "ends_on"],
            "FROM custody_separation WHERE prisoner_id = %(prisoner)s"
            f" AND ended_at IS NULL AND {IN_FORCE}",
        ),
        _branch(
            "restriction_all",
            ["kind", "'prisoner'", "ends_on", "order_number", "authority"],
            "FROM custody_restriction WHERE prisoner_id = %(prisoner)s"
            f" AND person_id IS NULL AND {ABOUT_VISITS} AND {IN_FORCE}",
        ),
    ]


def _people(people: str, kept: str) -> list[str]:
    """Who they are, and where they were and are."""
    return [
        _branch(
            "person",
            ["p.id", "p.birth_on", "p.merged_into_id"],
            f"FROM persons_person p WHERE p.id IN ({people})",
        ),
        _branch(
            "earlier",
            ["x.person_id", "count(*)"],
            f"FROM visits_visitor x WHERE x.person_id IN ({people})"
            " AND x.status IN ('left', 'inside') GROUP BY x.person_id",
        ),
        _branch(
            "inside",
            ["x.person_id"],
            f"FROM visits_visitor x WHERE x.person_id IN ({people})"
            " AND x.status = 'inside'",
        ),
        _branch(
            "today",
            ["x.person_id"],
            f"FROM {VISITS} WHERE x.person_id IN ({people}) AND x.status = 'allowed'"
            " AND v.prisoner_id = %(prisoner)s AND v.starts_at >= %(day_starts)s"
            f" AND v.starts_at < %(day_ends)s AND v.status IN {ACTIVE}{kept}",
        ),
    ]


def _ties(people: str, kept: str) -> list[str]:
    """What binds them to the prisoner: contact, restrictions, leave to visit."""
    used = (
        f"(SELECT count(*) FROM {VISITS} WHERE x.person_id = t.person_id"
        " AND v.prisoner_id = t.prisoner_id AND v.starts_at >= t.starts_on"
        f" AND v.status IN {COUNTED} AND x.status <> 'refused'{kept})"
    )
    return [
        _branch(
            "contact",
            ["c.person_id", "c.status", "c.kinship"],
            "FROM custody_contact c WHERE c.prisoner_id = %(prisoner)s"
            f" AND c.person_id IN ({people})",
        ),
        _branch(
            "restriction",
            ["kind", "CASE WHEN prisoner_id IS NULL THEN 'person' ELSE 'pair' END",
             "ends_on", "order_number", "authority", "person_id"],
            f"FROM custody_restriction WHERE person_id IN ({people})"
            " AND (prisoner_id IS NULL OR prisoner_id = %(prisoner)s)"
            f" AND {ABOUT_VISITS} AND {IN_FORCE}",
        ),
        _branch(
            "permit",
            ["t.person_id", "t.visits", used],
            "FROM custody_permit t WHERE t.prisoner_id = %(prisoner)s"
            f" AND t.person_id IN ({people}) AND t.revoked_at IS NULL"
            " AND t.starts_on <= %(day)s AND t.ends_on > %(day)s",
        ),
    ]  # fmt: skip


def _documents(documents: str) -> str:
    return _branch(
        "document",
        ["d.id", "d.person_id", "d.kind", "d.expires_on"],
        f"FROM persons_document d WHERE d.id IN ({documents})",
    )


def _session(kept: str, shape: Shape) -> list[str]:
    taken = _branch(
        "taken",
        ["count(*)", "sum(CASE WHEN v.closed THEN 1 ELSE 0 END)"],
        "FROM visits_visit v WHERE v.session_id = %(session)s"
        f" AND v.status IN {ACTIVE}{kept}",
    )
    closed = (
        "EXISTS (SELECT 1 FROM visits_closure c"
        " WHERE c.institution_id = s.institution_id AND c.reopened_at IS NULL"
        " AND c.starts_on <= %(day)s AND c.ends_on > %(day)s"
        " AND (c.template_id = s.template_id OR (c.template_id IS NULL"
        " AND (c.room_id IS NULL OR c.room_id = s.room_id))))"
    )
    slot = _branch(
        "slot",
        ["s.starts_at", "s.ends_at", "s.open_places", "s.closed_places",
         f"CASE WHEN s.cancelled_at IS NULL AND NOT {closed} THEN 0 ELSE 1 END"],
        "FROM visits_session s WHERE s.id = %(session)s"
        " AND s.institution_id = %(institution)s",
    )  # fmt: skip
    chosen = " AND c.id = %(seat)s" if shape.seat else ""
    taken_seat = _overlapping(kept) if shape.nights else _same_session(kept)
    free = (
        "FROM (SELECT c.id, c.label, c.people FROM visits_session m"
        " JOIN sites_seat c ON c.room_id = m.room_id AND c.closed_on IS NULL"
        f" WHERE m.id = %(session)s{chosen} AND {taken_seat}"
        " ORDER BY c.label LIMIT 1) f"
    )
    blocks = _branch(
        "block",
        ["CASE WHEN t.blocks_included THEN 1 ELSE 0 END", "b.block_id", "p.block_id"],
        "FROM visits_session s JOIN visits_template t ON t.id = s.template_id"
        " JOIN visits_template_blocks b ON b.template_id = t.id"
        " JOIN custody_prisoner p ON p.id = %(prisoner)s WHERE s.id = %(session)s",
    )
    seat = _branch("seat", ["f.id", "f.label", "f.people"], free)
    return [slot, taken, seat, blocks]


def _same_session(kept: str) -> str:
    """Condition: seat ``c`` is free in session ``m``. Stops at the first free one."""
    return (
        "NOT EXISTS (SELECT 1 FROM visits_visit v WHERE v.session_id = m.id"
        f" AND v.seat_id = c.id AND v.status IN {ACTIVE}{kept})"
    )


def _overlapping(kept: str) -> str:
    """The same for family rooms by night, where another session may overlap."""
    return (
        "c.id NOT IN (SELECT v.seat_id FROM visits_session o"
        " JOIN visits_visit v ON v.session_id = o.id"
        " WHERE o.institution_id = m.institution_id AND o.starts_at >= %(window)s"
        " AND o.starts_at < m.ends_at AND o.ends_at > m.starts_at"
        " AND o.room_id = m.room_id AND v.seat_id IS NOT NULL"
        f" AND v.status IN {ACTIVE}{kept})"
    )


def _keep_apart(kept: str, *, session: bool) -> list[str]:
    here = "CASE WHEN v.session_id = %(session)s THEN 1 ELSE 0 END" if session else "0"
    return [
        _branch(
            "keep",
            ["k.level", here],
            f"FROM custody_keepapart k JOIN visits_visit v ON v.prisoner_id = k.{other}"
            f" WHERE k.{mine} = %(prisoner)s AND k.ended_at IS NULL"
            " AND v.starts_at >= %(day_starts)s AND v.starts_at < %(day_ends)s"
            f" AND v.status IN {ACTIVE}{kept}",
        )
        for mine, other in (("first_id", "second_id"), ("second_id", "first_id"))
    ]


def _allowance(*, replaces: bool) -> list[str]:
    other = " AND (e.subject_id IS NULL OR e.subject_id <> %(replaces)s)"
    kept = other if replaces else ""
    quota = (
        "FROM (SELECT q.id, q.amount, q.period, r.code, r.verified_on, r.legal_basis"
        " FROM custody_prisoner p JOIN entitlements_quota q ON q.regime = p.regime"
        " AND q.conditions = p.conditions JOIN entitlements_rule r ON r.id = q.rule_id"
        " WHERE p.id = %(prisoner)s AND q.kind = %(kind)s AND r.valid_from <= %(day)s"
        " AND (r.valid_to IS NULL OR r.valid_to > %(day)s)"
        " ORDER BY r.valid_from DESC LIMIT 1) f"
    )
    ledger = (
        "FROM entitlements_entry e WHERE e.prisoner_id = %(prisoner)s"
        f" AND e.kind = %(kind)s{kept}"
        " AND e.period_on IN (%(year)s, %(half_year)s, %(month)s)"
        " GROUP BY e.period_on, e.reason"
    )
    shown = ["f.id", "f.amount", "f.period", "f.code", "f.verified_on", "f.legal_basis"]
    sums = ["e.period_on", "e.reason", "sum(e.amount)"]
    return [_branch("quota", shown, quota), _branch("ledger", sums, ledger)]
