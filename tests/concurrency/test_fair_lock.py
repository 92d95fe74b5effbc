"""The lock itself: in turn, in time, and never left behind by the dead."""

import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest

from darbaza.kernel.locks import FairLock, LockNested, LockTimeout
from tests.concurrency.racing import ROOT, Process

pytestmark = pytest.mark.sqlite
JOBS = "tests.concurrency.jobs"


@pytest.fixture(params=["one process", "many processes"])
def lock(request: pytest.FixtureRequest, tmp_path: Path) -> FairLock:
    return FairLock(None if request.param == "one process" else tmp_path / "rows")


def queue_up(lock: FairLock, order: list[int], number: int) -> threading.Thread:
    """Start a thread that wants the lock, and wait until it stands in the queue."""

    def want() -> None:
        with lock.hold():
            order.append(number)

    waiting = len(lock._queue)
    thread = threading.Thread(target=want)
    thread.start()
    while len(lock._queue) == waiting:
        time.sleep(0.001)
    return thread


def test_threads_are_served_in_the_order_in_which_they_came(lock):
    order: list[int] = []
    with lock.hold():
        threads = [queue_up(lock, order, number) for number in range(20)]
        assert order == []
    for thread in threads:
        thread.join(5)
    assert order == list(range(20))


def test_a_thread_that_asks_twice_is_told_so_and_keeps_its_lock(lock):
    with lock.hold():
        with pytest.raises(LockNested):
            lock.acquire()
        assert lock.held_here
    assert not lock.held_here


def test_a_thread_that_waited_too_long_leaves_the_queue(lock):
    refused = []

    def want() -> None:
        try:
            lock.acquire(timeout=0.05)
        except LockTimeout as error:
            refused.append(error)

    with lock.hold():
        thread = threading.Thread(target=want)
        thread.start()
        thread.join(5)
        assert refused
        assert not lock._queue
    with lock.hold(timeout=1):
        assert lock.held_here


def test_letting_go_of_what_nobody_holds_is_an_error(lock):
    with pytest.raises(RuntimeError, match="nobody holds"):
        lock.release()


def test_a_free_lock_costs_microseconds(lock):
    began = time.perf_counter()
    for _ in range(2_000):
        lock.acquire()
        lock.release()
    assert (time.perf_counter() - began) / 2_000 < 200e-6


def test_two_locks_of_one_file_exclude_each_other(tmp_path):
    mine, other = FairLock(tmp_path / "rows"), FairLock(tmp_path / "rows")
    with mine.hold():
        began = time.monotonic()
        with pytest.raises(LockTimeout):
            other.acquire(timeout=0.1)
        assert 0.1 <= time.monotonic() - began < 5
    with other.hold(timeout=5):
        assert other.held_here


@pytest.mark.slow
def test_a_killed_holder_frees_the_lock(tmp_path):
    path = tmp_path / "rows"
    lock = FairLock(path)
    with Process(f"{JOBS}:hold", path=str(path), seconds=60) as holder:
        holder.go()
        assert holder.line() == "held"
        with pytest.raises(LockTimeout):
            lock.acquire(timeout=0.2)
        holder.kill()
        with lock.hold(timeout=5):
            assert lock.held_here


@pytest.mark.slow
def test_a_process_that_asks_again_at_once_cannot_pass_one_that_waits(tmp_path):
    path = tmp_path / "rows"
    lock = FairLock(path)
    obtained = []
    with Process(f"{JOBS}:grab", path=str(path), times=300, seconds=0.005) as greedy:
        greedy.go()
        time.sleep(0.3)
        for _ in range(20):
            with lock.hold():
                obtained.append(time.monotonic())
                time.sleep(0.005)
        turns = greedy.result()
    between = [sum(a < t < b for t in turns) for a, b in pairwise(obtained)]
    assert len(turns) == 300
    assert max(between) <= 3
    assert sum(between) <= 2 * len(between)


@pytest.mark.slow
def test_a_forked_child_neither_keeps_nor_frees_the_lock_of_its_parent(tmp_path):
    program = f"""
import os, time
from pathlib import Path
from darbaza.kernel.locks import FairLock, LockTimeout
lock = FairLock(Path({str(tmp_path / "rows")!r}))
lock.acquire()
if os.fork() == 0:
    try:
        lock.acquire(timeout=0.2)
    except LockTimeout:
        os._exit(7)
    os._exit(8)
assert os.waitstatus_to_exitcode(os.wait()[1]) == 7
if os.fork() == 0:
    time.sleep(2)
    os._exit(0)
lock.release()
FairLock(lock.path).acquire(timeout=1)
print("good")
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.stdout.strip() == "good", done.stderr
