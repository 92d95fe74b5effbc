"""Writing to the database from many sides: in turn, and nothing is locked out."""

import gc
import threading
from functools import partial

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, OperationalError, connection, transaction

from darbaza.config.sqlite import base, checkpoints, driver
from darbaza.config.sqlite.locks import lock_for
from tests import cast
from tests.concurrency import jobs
from tests.concurrency.racing import Process, together

JOBS = "tests.concurrency.jobs"
COMMITTED = pytest.mark.django_db(transaction=True)


def row(key: str) -> Session:
    return Session(session_key=key, session_data="", expire_date=cast.NINE)


@pytest.fixture
def lock(transactional_db):
    connection.ensure_connection()
    return lock_for("default")


@pytest.mark.slow
@COMMITTED
def test_eight_threads_and_two_processes_write_at_once():
    commands = [Process(f"{JOBS}:write", name=f"p{n}", rows=25) for n in range(2)]
    desks = [partial(jobs.write, name=f"t{n}", rows=25) for n in range(8)]
    for command in commands:
        command.go()

    written = together(*desks)

    assert written == [25] * 8
    assert [command.result() for command in commands] == [25, 25]
    assert Session.objects.count() == 250
    if connection.vendor == "sqlite":  # each saw all that were committed before it
        seen = sorted(int(s.session_data) for s in Session.objects.all())
        assert seen == list(range(250))


@pytest.mark.slow
@COMMITTED
def test_a_killed_writer_loses_nothing_it_committed_and_blocks_nobody():
    with Process(f"{JOBS}:write", name="dies", rows=100_000) as writer:
        writer.go()
        while Session.objects.count() < 20:
            pass
        writer.kill()
    before = Session.objects.count()

    jobs.write(name="lives", rows=5)

    assert Session.objects.count() == before + 5
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchone() == ("ok",)


@pytest.mark.sqlite
def test_a_transaction_holds_the_lock_from_begin_to_commit(lock):
    with transaction.atomic():
        assert lock.held_here
        row("a").save()
        with transaction.atomic():
            row("b").save()
        assert lock.held_here
    assert not lock.held_here


@pytest.mark.sqlite
def test_a_transaction_that_fails_lets_the_lock_go(lock):
    def fail() -> None:
        with transaction.atomic():
            row("a").save()
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        fail()
    assert not lock.held_here
    assert not Session.objects.exists()


@pytest.mark.sqlite
def test_a_single_write_holds_the_lock_only_while_it_runs(lock):
    kind = ContentType.objects.create(app_label="x", model="y")  # uses RETURNING
    assert kind.pk
    assert not lock.held_here
    assert ContentType.objects.filter(pk=kind.pk).delete()[0] == 1
    assert not lock.held_here


@pytest.mark.sqlite
def test_a_single_write_that_fails_lets_the_lock_go(lock):
    row("a").save(force_insert=True)
    with pytest.raises(IntegrityError):
        row("a").save(force_insert=True)
    assert not lock.held_here


@pytest.mark.sqlite
def test_closing_inside_a_transaction_lets_the_lock_go(lock):
    def cut() -> None:
        with transaction.atomic():
            row("a").save()
            connection.close()

    cut()
    assert not lock.held_here
    assert not Session.objects.exists()


@pytest.mark.sqlite
def test_a_forgotten_connection_lets_the_lock_go_when_it_is_collected(lock):
    def forget() -> None:
        connection.ensure_connection()
        connection.cursor().execute("BEGIN IMMEDIATE")
        assert lock.held_here

    thread = threading.Thread(target=forget)
    thread.start()
    thread.join(5)
    gc.collect()
    with lock.hold(timeout=5):
        assert lock.held_here


@pytest.mark.sqlite
def test_reading_takes_no_lock_and_sees_what_was_committed(lock):
    row("a").save()
    with transaction.atomic():
        row("b").save()
        [seen] = together(lambda: [s.session_key for s in Session.objects.all()])
    assert seen == ["a"]


@pytest.mark.sqlite
def test_a_writer_that_waits_too_long_is_told_so(lock):
    def impatient() -> None:
        connection.ensure_connection()
        connection.connection.lock_timeout = 0.05
        row("b").save()

    with transaction.atomic():
        [error] = together(impatient)
    assert isinstance(error, OperationalError)
    assert "write lock" in str(error)


@pytest.mark.sqlite
def test_rows_that_a_write_returns_are_all_there(lock):
    made = ContentType.objects.bulk_create(
        [ContentType(app_label="x", model=f"m{n}") for n in range(5)]
    )
    with connection.cursor() as cursor:
        sql = "DELETE FROM django_content_type WHERE app_label = 'x' RETURNING id"
        cursor.execute(sql)
        assert not lock.held_here
        first = cursor.fetchone()
        some = cursor.fetchmany(2)
        rest = cursor.fetchall()
    found = {key for (key,) in [first, *some, *rest]}
    assert found == {kind.pk for kind in made}


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("sql", "writes"),
    [
        ("SELECT 1", False),
        ("  select 1", False),
        ("WITH a AS (SELECT 1) SELECT * FROM a", False),
        ("WITH a AS (SELECT 1) INSERT INTO b SELECT * FROM a", True),
        ("PRAGMA journal_mode", False),
        ("SAVEPOINT s", False),
        ("ROLLBACK TO SAVEPOINT s", False),
        ("BEGIN", False),
        ("BEGIN DEFERRED", False),
        ("BEGIN IMMEDIATE", True),
        ("INSERT INTO a VALUES (1)", True),
        ("CREATE TABLE a (b)", True),
        ("VACUUM", True),
        ("-- a remark\nDELETE FROM a", True),
    ],
)
def test_a_statement_that_may_write_is_known(sql, writes):
    assert driver.may_write(sql) is writes


@pytest.mark.sqlite
def test_a_connection_is_set_up_for_a_prison(lock):
    wanted = {
        "journal_mode": "wal",
        "synchronous": 0,  # in tests only; 2, FULL, everywhere else
        "foreign_keys": 1,
        "cache_size": -65536,
        "mmap_size": 0,
        "wal_autocheckpoint": 0,
        "busy_timeout": 20_000,
    }
    with connection.cursor() as cursor:
        found = {p: cursor.execute(f"PRAGMA {p}").fetchone()[0] for p in wanted}
    assert found == wanted


@pytest.mark.sqlite
@pytest.mark.django_db
def test_commits_are_flushed_unless_the_settings_say_otherwise(tmp_path):
    options = {"NAME": tmp_path / "real.sqlite3", "OPTIONS": {}}
    wrapper = base.DatabaseWrapper({**connection.settings_dict, **options}, "real")
    with wrapper.cursor() as cursor:
        assert cursor.execute("PRAGMA synchronous").fetchone() == (2,)
        assert wrapper.transaction_mode == "IMMEDIATE"
    wrapper.close()


@pytest.mark.sqlite
def test_an_old_library_is_refused_in_plain_words():
    with pytest.raises(ImproperlyConfigured, match=r"SQLite 3\.40\.1 may corrupt"):
        base.require_safe_version((3, 40, 1))
    base.require_safe_version((3, 51, 3))


@pytest.mark.sqlite
def test_a_checkpoint_moves_the_log_into_the_file(lock):
    row("a").save()
    done = checkpoints.checkpoint()
    assert done
    assert done.pages == done.moved > 0
    assert not done.hindered
    assert not lock.held_here


@pytest.mark.sqlite
def test_a_checkpoint_inside_a_transaction_is_refused(lock):
    with transaction.atomic(), pytest.raises(RuntimeError, match="transaction"):
        checkpoints.checkpoint()


@pytest.mark.sqlite
def test_the_servers_thread_moves_a_log_that_has_grown(lock, monkeypatch):
    monkeypatch.setattr(checkpoints, "SMALL_BYTES", 1)
    moved, stop = [], threading.Event()
    plain = checkpoints.checkpoint

    def watched(alias: str) -> None:
        moved.append(plain(alias))
        stop.set()

    monkeypatch.setattr(checkpoints, "checkpoint", watched)
    row("a").save()
    assert checkpoints.log_bytes() > 0

    together(partial(checkpoints.keep_small, stop, seconds=0.01))

    assert [done.pages == done.moved > 0 for done in moved] == [True]


@pytest.mark.sqlite
@pytest.mark.django_db
def test_flushes_may_be_off_while_a_database_is_built_and_are_on_again(tmp_path):
    options = {"NAME": tmp_path / "real.sqlite3", "OPTIONS": {}}
    wrapper = base.DatabaseWrapper({**connection.settings_dict, **options}, "real")

    def level() -> int:
        with wrapper.cursor() as cursor:
            return cursor.execute("PRAGMA synchronous").fetchone()[0]

    with wrapper.without_flushes():
        assert level() == 0
        with wrapper.cursor() as cursor:
            cursor.execute("CREATE TABLE a (b)")
    assert level() == 2
    assert not wrapper.write_lock.held_here
    with wrapper.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        assert wrapper.write_lock.held_here
        cursor.execute("ROLLBACK")
        assert not wrapper.write_lock.held_here
    wrapper.close()


@pytest.mark.sqlite
def test_the_servers_thread_outlives_a_checkpoint_that_was_not_possible(
    lock, monkeypatch, caplog
):
    monkeypatch.setattr(checkpoints, "SMALL_BYTES", 1)
    tries, stop = [], threading.Event()

    def busy(alias: str) -> None:
        tries.append(alias)
        if len(tries) == 2:
            stop.set()
        raise OperationalError

    monkeypatch.setattr(checkpoints, "checkpoint", busy)
    row("a").save()

    assert together(partial(checkpoints.keep_small, stop, seconds=0.01)) == [None]
    assert tries == ["default", "default"]
    assert "no checkpoint" in caplog.text
