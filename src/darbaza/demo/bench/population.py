"""A synthetic service of any size, made inside the database itself in minutes.

Rows come from one INSERT ... SELECT a table over a series of numbers; keys are made of
the number, so that tables fit together without being read. The figures of a full-size
service (platform study): 35 institutions, 10,000 prisoners, half as many contacts as
persons, a twentieth as many restrictions, ten years of visits.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.management import call_command
from django.db import connection, models, transaction

from darbaza.accounts.permissions import ROLES, Role
from darbaza.accounts.types import Actor
from darbaza.demo.bench.series import (
    ago,
    born,
    day,
    modulo,
    moment_of,
    quoted,
    text,
    truth,
)
from darbaza.sites import services as sites

INSTITUTIONS, SEATS = 35, 60
SESSIONS, FILLED = 40, 50
"""Sessions of today at each institution; a run puts so many into one, then goes on."""
YEARS = 10
# First digit of the key says which table: a person, a document ...
KEYS = {
    "institution": "1", "room": "2", "seat": "3", "person": "4", "document": "5",
    "prisoner": "6", "contact": "7", "restriction": "8", "session": "9",
    "visit": "a", "visitor": "b", "request": "c", "entry": "d", "sending": "e",
    "bag": "f", "item": "0",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each."""

    visitors: int
    visits: int
    sendings: int = 0

    @property
    def prisoners(self) -> int:
        """A hundredth of the visitors, ten thousand at most, one an institution."""
        return max(INSTITUTIONS, min(10_000, self.visitors // 100))

    @property
    def contacts(self) -> int:
        """Every second person is a contact of somebody."""
        return max(INSTITUTIONS, self.visitors // 2)


def key(kind: str, number: int) -> UUID:
    """Return the key of row ``number`` (from 0) of a kind."""
    return UUID(f"{KEYS[kind]}{number:031x}")


def officer(institution: int) -> Actor:
    """Return a gate officer at institution ``institution`` (from 0)."""
    place = key("institution", institution)
    return Actor(
        id=UUID(int=institution + 1),
        name=f"Bench officer {institution}",
        institution_id=place,
        sees=frozenset({place}),
        permissions=ROLES[Role.GATE_OFFICER],
        roles=frozenset({Role.GATE_OFFICER}),
    )


def contact(number: int, size: Size) -> tuple[int, int, int]:
    """Return (institution, prisoner, person) of contact ``number``, as numbers."""
    prisoner = number % size.prisoners
    return prisoner % INSTITUTIONS, prisoner, number * 2 % size.visitors


def session(institution: int, number: int) -> UUID:
    """Return where registration ``number`` goes: one session fills, then the next."""
    turn = number // (INSTITUTIONS * FILLED) % SESSIONS
    return key("session", institution + turn * INSTITUTIONS)


def fill(size: Size, *, at: datetime, told: Callable[[str], None]) -> None:
    """Fill an empty, migrated database.

    Args:
        size: How large.
        at: Now; sessions of today stand around it.
        told: Called with the name of each table before it is filled.
    """
    sites.found_installation(demonstration=True, at=at)
    call_command("load_reference", verbosity=0, stdout=Silent())
    with _quickly():
        for label, rows, columns in _tables(size, at):
            told(f"{rows:,} {label}")
            with transaction.atomic():
                _insert(apps.get_model(label), rows, columns)
        told("indexes")
    told("statistics")
    gather_statistics()


def gather_statistics() -> None:
    """Let the planner know the tables.

    SQLite's fourth statistics table makes it plan a statement anew at each execution,
    because it looks at the values bound: the gate's one would cost five times as much.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "sqlite":
            cursor.execute("DROP TABLE IF EXISTS sqlite_stat4")
            cursor.execute("ANALYZE sqlite_schema")


@contextmanager
def _quickly() -> Iterator[None]:
    """Fill without flushes (SQLite) and without plain indexes; make these at the end.

    Building an index from sorted rows is many times quicker than keeping it.
    """
    with ExitStack() as stack:
        if connection.vendor == "sqlite":
            stack.enter_context(connection.without_flushes())  # type: ignore[attr-defined]
        indexes = _plain_indexes()
        with connection.cursor() as cursor:
            for name in indexes:
                cursor.execute(f'DROP INDEX "{name}"')
        yield
        with connection.cursor() as cursor:
            for statement in indexes.values():
                cursor.execute(statement)


def _plain_indexes() -> dict[str, str]:
    """Return name and statement of each index that is no constraint."""
    tables = (
        "'visits_visit', 'visits_visitor', 'parcels_sending', 'parcels_bag',"
        " 'parcels_line', 'parcels_step'"
    )
    if connection.vendor == "sqlite":
        query = (
            "SELECT name, sql FROM sqlite_master WHERE type = 'index'"
            " AND sql IS NOT NULL AND sql NOT LIKE 'CREATE UNIQUE%'"
            f" AND tbl_name IN ({tables})"
        )
    else:
        query = (
            "SELECT indexname, indexdef FROM pg_indexes WHERE indexdef NOT LIKE"
            f" 'CREATE UNIQUE%' AND tablename IN ({tables})"
        )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor.fetchall())


def is_bench(size: Size) -> bool:
    """Tell whether this database was filled by ``fill`` with this size."""
    first, last = key("person", 0), key("person", size.visitors - 1)
    people = apps.get_model("persons.Person").objects
    beyond = people.filter(pk=key("person", size.visitors)).exists()
    return people.filter(pk__in=[first, last]).count() == 2 and not beyond


def used() -> int:
    """Return how many contacts earlier runs have registered on this database."""
    return int(apps.get_model("gate.Pass").objects.count())


class Silent:
    def write(self, _text: str) -> None:
        """Say nothing."""


def _insert(model: type[models.Model], rows: int, columns: Mapping[str, str]) -> None:
    shown, values = [], []
    for field in model._meta.concrete_fields:
        shown.append(f'"{field.column}"')
        values.append(columns.get(field.attname) or _literal(field))
    series = (
        "WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s"
        f" WHERE n < {rows - 1})"
        if connection.vendor == "sqlite"
        else f"WITH s(n) AS (SELECT generate_series(0, {rows - 1}))"
    )
    into = f'INSERT INTO "{model._meta.db_table}" ({", ".join(shown)})'
    with connection.cursor() as cursor:
        cursor.execute(f"{into} {series} SELECT {', '.join(values)} FROM s")


def _literal(field: models.Field[Any, Any]) -> str:
    if field.null:
        return "NULL"
    default = field.get_default()
    if isinstance(field, models.JSONField):
        return "'[]'" if default == [] else "'{}'"
    if isinstance(field, models.BooleanField):
        return truth(bool(default))
    if isinstance(default, int):
        return str(default)
    return quoted(str(default or ""))


def _id(kind: str, number: str = "n") -> str:
    """Return SQL for the key of a row whose number is the given expression."""
    if connection.vendor == "sqlite":
        return f"printf('{KEYS[kind]}%031x', {number})"
    return f"('{KEYS[kind]}' || lpad(to_hex({number}), 31, '0'))::uuid"


Table = tuple[str, int, dict[str, str]]


def _tables(size: Size, now: datetime) -> list[Table]:
    return [
        *_places(now),
        *_people(size, now),
        *_register(size, now),
        *_history(size, now),
        *(_sendings(size, now) if size.sendings else ()),
    ]


def _places(now: datetime) -> list[Table]:
    here = _id("institution", modulo("n", INSTITUTIONS))
    names = {f"name_{code}": text("Bench ") for code in ("ky", "ru", "en")}
    nth = f"(n / {SEATS})"  # the seats of a room stand together, as people enter them
    starts, ends = now - timedelta(hours=2), now + timedelta(hours=6)
    return [
        ("sites.Institution", INSTITUTIONS,
         {**names, "id": _id("institution"), "code": text("B"), "kind": "'colony'"}),
        ("sites.Room", INSTITUTIONS,
         {**names, "id": _id("room"), "institution_id": here, "kind": "'open'"}),
        ("sites.Seat", INSTITUTIONS * SEATS,
         {"id": _id("seat"), "institution_id": _id("institution", nth),
          "label": text("", modulo("n", SEATS)), "room_id": _id("room", nth)}),
        ("visits.Session", INSTITUTIONS * SESSIONS,
         {"id": _id("session"), "institution_id": here,
          "room_id": _id("room", modulo("n", INSTITUTIONS)),
          "kind": "'short'", "starts_at": moment_of(starts), "ends_at": moment_of(ends),
          "open_places": "10000", "closed_places": "0"}),
    ]  # fmt: skip


def _people(size: Size, now: datetime) -> list[Table]:
    here = _id("institution", modulo("n", INSTITUTIONS))
    surname, given_name = modulo("n", 50_021), modulo("n", 997)
    name, given = text("Асанов", surname), text("Бакыт", given_name)
    person = {
        "id": _id("person"), "institution_id": here, "surname": name,
        "given_names": given, "birth_on": born(), "registered_at": moment_of(now),
        "key": f"{text('asanv', surname)} || {text(' bkt', given_name)}",
        "surname_key": text("asnv", surname),
        "given_key": text("bkt", given_name),
    }  # fmt: skip
    document = {
        "id": _id("document"), "institution_id": here, "person_id": _id("person"),
        "kind": "'id_card'", "number": text("ZZ"), "issuer": "'KGZ'",
        "expires_on": day("2035-01-01"), "source": "'reader'",
        "seen_at": moment_of(now),
    }  # fmt: skip
    return [
        ("persons.Person", size.visitors, person),
        ("persons.Document", size.visitors, document),
    ]


def _register(size: Size, now: datetime) -> list[Table]:
    """Prisoners, their contacts, and bans on persons who are nobody's contact."""
    here = _id("institution", modulo("n", INSTITUTIONS))
    prisoner = {
        "id": _id("prisoner"), "institution_id": here,
        "person_id": _id("person", f"{size.visitors} - 1 - n"), "number": text("B-"),
        "status": "'held'", "legal_status": "'sentenced'", "regime": "'colony_general'",
        "conditions": "'ordinary'", "admitted_on": day("2024-01-01"),
    }  # fmt: skip
    contact = {
        "id": _id("contact"),
        "prisoner_id": _id("prisoner", modulo("n", size.prisoners)),
        "institution_id": _id("institution", f"n % {size.prisoners} % {INSTITUTIONS}"),
        "person_id": _id("person", modulo("n * 2", size.visitors)),
        "kinship": "'sibling'", "status": "'approved'", "proposed_at": moment_of(now),
        "decided_at": moment_of(now), "decided_by": "'bench'",
    }  # fmt: skip
    # On persons with odd numbers, who are nobody's contacts.
    restriction = {
        "id": _id("restriction"), "institution_id": here,
        "person_id": _id("person", modulo("n * 20 + 1", size.visitors)),
        "kind": "'banned'", "ground": "'safety'", "starts_on": day("2026-01-01"),
        "reason": "'bench'", "authority": "'bench'", "order_number": "'1'",
        "recorded_at": moment_of(now), "recorded_by": "'bench'",
    }  # fmt: skip
    return [
        ("custody.Prisoner", size.prisoners, prisoner),
        ("custody.Contact", size.contacts, contact),
        ("custody.Restriction", max(1, size.visitors // 20), restriction),
    ]


def _history(size: Size, now: datetime) -> list[Table]:
    """Ten years of visits, evenly; the newest a day ago."""
    span = YEARS * 365 * 24 * 60
    # Wide figures: PostgreSQL would otherwise count in 32 bits.
    nth = f"({size.visits} - CAST(n AS bigint))"
    minutes = f"1440 + {nth} * {span} / {size.visits}"
    number = modulo("n", size.contacts)
    prisoner = f"{number} % {size.prisoners}"
    begun, over = ago(now, minutes), ago(now, f"{minutes} - 120")
    visit = {
        "id": _id("visit"), "prisoner_id": _id("prisoner", prisoner),
        "institution_id": _id("institution", f"{prisoner} % {INSTITUTIONS}"),
        "kind": "'short'", "reference": text("", "n"), "source": "'walk_in'",
        "status": "'ended'", "outcome": "'completed'", "starts_at": begun,
        "ends_at": over, "registered_at": begun, "registered_by": "'bench'",
        "entered_at": begun, "request_id": _id("request"),
    }  # fmt: skip
    visitor = {
        "id": _id("visitor"), "visit_id": _id("visit"), "part": "'lead'",
        "institution_id": _id("institution", f"{prisoner} % {INSTITUTIONS}"),
        "person_id": _id("person", modulo(f"{number} * 2", size.visitors)),
        "document_id": _id("document", modulo(f"{number} * 2", size.visitors)),
        "status": "'left'", "effect": "'allow'", "came_in_at": begun, "left_at": over,
    }  # fmt: skip
    return [
        ("visits.Visit", size.visits, visit),
        ("visits.Visitor", size.visits, visitor),
    ]


def _sendings(size: Size, now: datetime) -> list[Table]:
    """Ten years of parcels, evenly, each delivered in one bag with two lines."""
    span = YEARS * 365 * 24 * 60
    nth = f"({size.sendings} - CAST(n AS bigint))"
    minutes = f"1440 + {nth} * {span} / {size.sendings}"
    number = modulo("n", size.contacts)
    prisoner = f"{number} % {size.prisoners}"
    house = _id("institution", f"{prisoner} % {INSTITUTIONS}")
    begun, over = ago(now, minutes), ago(now, f"{minutes} - 600")
    sending = {
        "id": _id("sending"), "institution_id": house,
        "prisoner_id": _id("prisoner", prisoner),
        "sender_id": _id("person", modulo(f"{number} * 2", size.visitors)),
        "channel": "'package'", "status": "'delivered'", "reference": text("", "n"),
        "secret": "'0'", "grams": "2500", "effect": "'allow'", "language": "'ky'",
        "handed_in_at": begun, "registered_by": "'bench'", "decided_at": over,
        "decided_by": "'bench'", "delivered_at": over, "request_id": _id("sending"),
    }  # fmt: skip
    bag = {
        "id": _id("bag"), "institution_id": house, "sending_id": _id("sending"),
        "part": "'goods'", "label": text("", "n"), "where": "'delivered'",
        "holder": "'bench'", "since": over,
    }  # fmt: skip
    nth_bag = f"n / 2 % {size.contacts} % {size.prisoners}"
    line = {
        "id": _id("entry"), "bag_id": _id("bag", "n / 2"), "position": "1 + n % 2",
        "institution_id": _id("institution", f"{nth_bag} % {INSTITUTIONS}"),
        "item_id": _id("item", "0"), "category": "'hygiene'", "quantity": "1",
        "grams": "250", "effect": "'allow'",
    }  # fmt: skip
    item = {
        "id": _id("item"), "code": "'bench'", "category": "'hygiene'",
        "name_ky": "'Bench'", "name_ru": "'Bench'", "name_en": "'Bench'",
    }  # fmt: skip
    return [
        ("parcels.Item", 1, item),
        ("parcels.Sending", size.sendings, sending),
        ("parcels.Bag", size.sendings, bag),
        ("parcels.Line", size.sendings * 2, line),
    ]
