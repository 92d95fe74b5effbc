"""The chain finds every change, removal and swap; a printed head finds a cut tail."""

import json
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError

from darbaza.accounts.types import system
from darbaza.audit import policies, selectors, services
from darbaza.audit.models import Event
from darbaza.audit.types import Anchor, Breach, EventType
from tests import cast

pytestmark = pytest.mark.django_db
HAPPENED = EventType("test.happened")
BY = system("test", cast.COLONY)
OTHER = system("test", cast.OTHER_COLONY)

OPEN = {
    "sqlite": [
        "DROP TRIGGER audit_event_no_update",
        "DROP TRIGGER audit_event_no_delete",
    ],
    "postgresql": ["DROP TRIGGER audit_event_append_only ON audit_event"],
}


def happen(times: int, by=BY) -> None:
    with transaction.atomic():
        for number in range(times):
            services.record(
                HAPPENED,
                target=("visit", str(uuid4())),
                by=by,
                at=cast.NINE + timedelta(microseconds=number * 7),
                name="Ө ү \N{RIGHT-TO-LEFT OVERRIDE} \"'",
                number=number,
            )


def tamper(statement: str, *values: object) -> None:
    """Do what nobody may: change the table behind the triggers."""
    with connection.cursor() as cursor:
        for trigger in OPEN[connection.vendor]:
            cursor.execute(trigger)
        cursor.execute(statement, values)


def broken() -> Breach | None:
    return selectors.first_breach(cast.COLONY)


def test_a_whole_chain_has_no_breach():
    happen(25)
    happen(3, OTHER)

    assert list(selectors.breaches()) == []


def test_the_quick_walk_makes_the_same_hashes_as_the_rule():
    happen(3)
    previous = bytes(32)
    for event in Event.objects.order_by("seq"):
        previous = policies.link_hash(
            previous,
            institution_id=event.institution_id,
            seq=event.seq,
            at=event.at,
            content=(
                event.type,
                str(event.actor_id),
                event.actor_name,
                event.target_kind,
                event.target_id,
                event.facts_json,
            ),
        )
        assert bytes(event.hash) == previous
    assert selectors.head(cast.COLONY).hash == previous


@pytest.mark.parametrize(
    "column", ["type", "actor_name", "target_kind", "target_id", "facts_json"]
)
def test_any_changed_text_is_found_at_its_link(column):
    happen(9)
    tamper(f"UPDATE audit_event SET {column} = 'x' WHERE seq = 5")  # noqa: S608

    assert broken() == Breach(str(cast.COLONY), 5, "hash")


def test_a_changed_moment_is_found():
    happen(9)
    tamper("UPDATE audit_event SET at = '2026-01-01 00:00:00+00:00' WHERE seq = 9")

    assert broken() == Breach(str(cast.COLONY), 9, "hash")


def test_a_removed_link_is_found():
    happen(9)
    tamper("DELETE FROM audit_event WHERE seq = 4")

    assert broken() == Breach(str(cast.COLONY), 4, "gap")


def test_two_swapped_links_are_found():
    happen(9)
    tamper("UPDATE audit_event SET seq = 99 WHERE seq = 3")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET seq = 3 WHERE seq = 4")
        cursor.execute("UPDATE audit_event SET seq = 4 WHERE seq = 99")

    assert broken() == Breach(str(cast.COLONY), 3, "hash")


def test_a_cut_tail_is_whole_by_itself_and_found_by_the_printed_head():
    happen(9)
    head = selectors.head(cast.COLONY)
    tamper("DELETE FROM audit_event WHERE seq > 7")

    assert broken() is None
    found = selectors.first_breach(cast.COLONY, anchors=[Anchor(*_pair(head))])
    assert found == Breach(str(cast.COLONY), 9, "tail")


def test_a_chain_written_anew_is_found_by_the_printed_head():
    happen(9)
    anchor = Anchor(9, bytes(32))

    found = selectors.first_breach(cast.COLONY, anchors=[anchor])

    assert found == Breach(str(cast.COLONY), 9, "anchor")


def _pair(link):
    return link.seq, link.hash


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET type = 'x'", "DELETE FROM audit_event"]
)
def test_the_database_itself_refuses_a_change(statement):
    happen(1)

    cursor = connection.cursor()
    with cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(statement)

    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match=r"test\.happened"):
        services.record(HAPPENED, target=None, by=BY, at=cast.NINE)


def verify(*words: str) -> tuple[int, list[dict]]:
    out, code = StringIO(), 0
    try:
        call_command("audit", "verify", "--json", *words, stdout=out)
    except SystemExit as end:
        code = end.code
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_command_says_that_all_is_whole(colony):
    happen(4)

    code, lines = verify()

    assert code == 0
    head = selectors.head(cast.COLONY).hash.hex()
    assert lines == [
        {
            "institution": colony.code,
            "links": 4,
            "head": head,
            "ok": True,
            "first_broken": None,
            "problem": None,
        }
    ]


def test_the_command_names_the_first_broken_link_and_fails(colony):
    happen(4)
    tamper("DELETE FROM audit_event WHERE seq = 2")

    code, lines = verify()

    assert code == 1
    assert (lines[0]["first_broken"], lines[0]["problem"]) == (2, "gap")


def test_the_command_finds_a_cut_tail_by_the_printed_head(colony):
    happen(4)
    digits = selectors.head(cast.COLONY).hash.hex()
    printed = " ".join(digits[i : i + 4] for i in range(0, 64, 4))
    tamper("DELETE FROM audit_event WHERE seq = 4")

    code, lines = verify("--institution", colony.code, "--expect", f"4:{printed}")

    assert code == 1
    assert lines[0]["problem"] == "tail"


def test_the_command_refuses_an_institution_that_is_not_there(colony):
    with pytest.raises(CommandError, match="'777'"):
        call_command("audit", "verify", "--institution", "777")


def test_the_command_refuses_a_head_that_cannot_be_read(colony):
    with pytest.raises(CommandError, match="NUMBER:HASH"):
        call_command("audit", "verify", "--institution", "901", "--expect", "x:y")


def test_a_look_at_a_record_is_written_once_an_hour_for_each_reader():
    target = uuid4()
    first = services.record_read("person", target, by=BY, at=cast.NINE)
    again = services.record_read(
        "person", target, by=BY, at=cast.NINE + timedelta(minutes=59)
    )
    later = services.record_read(
        "person", target, by=BY, at=cast.NINE + timedelta(minutes=60)
    )
    other = services.record_read("person", uuid4(), by=BY, at=cast.NINE)

    assert first.seq == 1
    assert again is None
    assert (later.seq, other.seq) == (2, 3)
    assert Event.objects.filter(target_id=str(target)).count() == 2


def test_a_check_goes_on_step_by_step_and_ends(monkeypatch):
    happen(9)
    monkeypatch.setattr("darbaza.audit.chains.STEP", 4)
    check = services.start_check(cast.COLONY, by=BY, at=cast.NINE)
    happen(2)

    while not check.finished_at:
        check = services.continue_check(check, at=cast.NINE)

    assert (check.total, check.problem) == (9, "")
    assert check.done >= 9
    assert services.continue_check(check, at=cast.NINE) is check


def test_a_check_stops_at_a_breach():
    happen(9)
    check = services.start_check(cast.COLONY, by=BY, at=cast.NINE)
    tamper("DELETE FROM audit_event WHERE seq = 4")

    services.continue_check(check, at=cast.NINE)

    assert (check.done, check.problem) == (4, "gap")
    assert check.finished_at


def test_a_tail_cut_while_the_check_runs_is_found():
    happen(9)
    check = services.start_check(cast.COLONY, by=BY, at=cast.NINE)
    tamper("DELETE FROM audit_event WHERE seq > 7")
    while not check.finished_at:
        services.continue_check(check, at=cast.NINE)

    assert check.problem == "tail"
