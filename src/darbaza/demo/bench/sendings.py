"""A parcel of ten lines through the room's own service, and as plain statements.

The floor: same file, pragmas, flushes and fair lock. Sender by document number,
prisoner by number, restrictions, sendings of the year, ten goods, then the sending, its
bag, the bag's first step, ten lines, the newest audit hash, the chained audit row,
commit. No allowance, no permission, no scope, no rules, no grounds, no decision.
"""

import time
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from darbaza.accounts.types import Actor
from darbaza.audit.policies import facts_text, link_hash
from darbaza.demo.bench import population
from darbaza.demo.bench.floor import Driver, insert, stamp, text
from darbaza.demo.bench.measure import Times
from darbaza.demo.bench.population import Size, key
from darbaza.kernel import ids
from darbaza.parcels import services as parcels
from darbaza.parcels.types import Channel, Registration, Wanted

LINES = 10


def prepare() -> None:
    """Load the catalogue once."""
    call_command("load_catalogue", verbosity=0, stdout=population.Silent())


@cache
def goods() -> tuple[UUID, ...]:
    """Return ten kinds of goods that anybody may bring."""
    rows = apps.get_model("parcels.Item").objects.filter(category="hygiene")
    more = apps.get_model("parcels.Item").objects.filter(category="dry_food")
    keys = [*rows.values_list("pk", flat=True), *more.values_list("pk", flat=True)]
    return tuple(keys[:LINES])


def service(size: Size, number: int, times: Times, _raw: Driver) -> None:
    """Register one parcel of ten lines through the service."""
    institution, prisoner, person = population.contact(number, size)
    wanted = Registration(
        key("prisoner", prisoner),
        Channel.PACKAGE,
        uuid4(),
        tuple(Wanted(item, 1, 250) for item in goods()),
        sender_id=key("person", person),
        document_id=key("document", person),
        weighed_g=2_500,
    )
    by = population.officer(institution)
    cpu, begun = time.thread_time(), time.perf_counter()
    try:
        done = parcels.register(wanted, by=by, at=timezone.now())
    except Exception:  # noqa: BLE001 - every failure counts, none stops the run
        times.errors += 1
        return
    times.service.append(time.perf_counter() - begun)
    times.cpu.append(time.thread_time() - cpu)
    times.errors += done.status != "registered"


def floor(size: Size, number: int, times: Times, raw: Driver) -> None:
    """Do the plain statements once."""
    institution, prisoner, person = population.contact(number, size)
    by, now = population.officer(institution), timezone.now()
    items = goods()
    cpu, begun = time.thread_time(), time.perf_counter()
    raw.begin(by.institution_id)
    for sql, values in _questions(prisoner, person, items, now):
        raw.run(sql, values)
    rows = _rows(key("prisoner", prisoner), key("person", person), items, by, now)
    for table, row in rows:
        raw.run(insert(table, tuple(row)), tuple(row.values()))
    last = raw.run(
        "SELECT seq, hash FROM audit_event WHERE institution_id = ?"
        " ORDER BY seq DESC LIMIT 1",
        (by.institution_id,),
    )
    event = _event(rows[0][1]["id"], by, last, now)
    raw.run(insert("audit_event", tuple(event)), tuple(event.values()))
    raw.commit()
    times.floor.append(time.perf_counter() - begun)
    times.floor_cpu.append(time.thread_time() - cpu)


def _questions(
    prisoner: int, person: int, items: tuple[UUID, ...], at: datetime
) -> list[tuple[str, tuple[Any, ...]]]:
    marks = ", ".join("?" * len(items))
    year = stamp(at.replace(month=1, day=1, hour=0))
    return [
        ("SELECT p.id, p.surname FROM persons_document d JOIN persons_person p"
         " ON p.id = d.person_id WHERE d.number = ?", (f"ZZ{person}",)),
        ("SELECT id, institution_id, status FROM custody_prisoner WHERE number = ?",
         (f"B-{prisoner}",)),
        ("SELECT id FROM custody_restriction WHERE person_id = ?"
         " AND lifted_at IS NULL AND starts_on <= ?",
         (key("person", person), text(at)[:10])),
        ("SELECT count(*) FROM parcels_sending WHERE prisoner_id = ?"
         " AND handed_in_at >= ?", (key("prisoner", prisoner), year)),
        (f"SELECT id, category FROM parcels_item WHERE id IN ({marks})", items),
    ]  # fmt: skip


def _rows(
    prisoner: UUID, person: UUID, items: tuple[UUID, ...], by: Actor, at: datetime
) -> list[tuple[str, dict[str, Any]]]:
    now, no = stamp(at), False if connection.vendor == "postgresql" else 0
    house = by.institution_id
    sending, bag = ids.new_id(), ids.new_id()
    hands = {"institution_id": house, "bag_id": bag}
    rows = [
        ("parcels_sending",
         {"id": sending, "institution_id": house, "prisoner_id": prisoner,
          "sender_id": person, "sender_name": "", "channel": "package",
          "status": "registered", "reference": ids.reference(), "secret": "0",
          "grams": 2500, "weighed": no, "advice": "", "effect": "allow",
          "grounds": "[]", "language": "ky", "note": "", "handed_in_at": now,
          "registered_by": by.name, "decided_by": "", "ended_reason": "", "prints": 0,
          "request_id": uuid4()}),
        ("parcels_bag",
         {"id": bag, "institution_id": house, "sending_id": sending, "part": "goods",
          "label": ids.random_code(10), "where": "counter", "holder": by.name,
          "seal": "", "place": "", "perishable": no, "since": now, "prints": 0}),
        ("parcels_step",
         hands | {"id": ids.new_id(), "number": 0, "to": "counter", "at": now,
          "giver": "bench", "taker": by.name, "witness": "", "seal": "", "broken": "",
          "place": "", "order": "", "signed": no, "withdrawn": no, "note": "",
          "by_name": by.name, "request_id": uuid4()}),
    ]  # fmt: skip
    rows += [
        ("parcels_line",
         hands | {"id": ids.new_id(), "position": n, "item_id": item, "category": "x",
          "words": "", "quantity": 1, "grams": 250, "effect": "allow",
          "grounds": "[]"})
        for n, item in enumerate(items, start=1)
    ]  # fmt: skip
    return rows


def _event(sending: UUID, by: Actor, last: Any, at: datetime) -> dict[str, Any]:
    seq, previous = (last[0] + 1, bytes(last[1])) if last else (1, bytes(32))
    facts = facts_text({"lines": LINES})
    target = ("sending", str(sending))
    content = ("bench.floor", str(by.id), by.name, *target, facts)
    digest = link_hash(
        previous, institution_id=by.institution_id, seq=seq, at=at, content=content
    )
    return {
        "id": ids.new_id(), "institution_id": by.institution_id, "seq": seq,
        "at": stamp(at), "type": "bench.floor", "actor_id": by.id,
        "actor_name": by.name, "target_kind": target[0], "target_id": target[1],
        "facts_json": facts, "hash": digest,
    }  # fmt: skip


def used() -> int:
    """Return how many contacts earlier runs have used on this database."""
    rows = apps.get_model("parcels.Sending").objects
    return int(rows.filter(weighed=True).count())
