"""One fair write lock for every thread and every process that shares a file.

SQLite lets one connection write at a time and wakes the waiting ones in no
order: under load some wait for seconds while others pass them again and again.
``FairLock`` stands before it. Threads of one process queue in order of arrival;
processes meet at two lock files. A process that wants the lock first takes the
*turnstile*, then the *lock*, then leaves the turnstile, so one that has just let
go and asks again finds the next one already standing inside.

The operating system frees both files when a process dies, even by ``kill -9``.
"""

import fcntl
import os
import threading
import weakref
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Final

DEFAULT_TIMEOUT: Final = 20.0

_NOW = fcntl.LOCK_EX | fcntl.LOCK_NB
_locks: "weakref.WeakSet[FairLock]" = weakref.WeakSet()


class LockTimeout(TimeoutError):
    """The lock did not come free in time."""


class LockNested(RuntimeError):
    """A thread asked for a lock that it holds already; waiting would never end."""


@dataclass(slots=True, eq=False)
class _Ticket:
    """One waiting thread and the bell that calls it."""

    thread: int
    bell: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.bell.acquire()


class FairLock:
    """A lock served first come, first served. Not re-entrant: nesting raises.

    Args:
        path: The file that it guards; ``<path>-lock`` and ``<path>-turnstile`` are
            made beside it. None: the lock is for the threads of this process only.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._fresh()
        _locks.add(self)

    def _fresh(self) -> None:
        self._mutex = threading.Lock()
        self._queue: deque[_Ticket] = deque()
        self._holder: int | None = None
        self._gate = None if self.path is None else _Gate(self.path)

    @property
    def held_here(self) -> bool:
        """Does the calling thread hold the lock?"""
        return self._holder == threading.get_ident()

    def acquire(self, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Wait for the lock, at most ``timeout`` seconds.

        Raises:
            LockTimeout: It did not come free in time.
            LockNested: This thread holds it already.
        """
        until = monotonic() + timeout
        self._enter(until)
        if self._gate is None:
            return
        try:
            self._gate.acquire(until)
        except BaseException:
            self._leave()
            raise

    def release(self) -> None:
        """Let the next one in. Any thread may release on behalf of the holder.

        Raises:
            RuntimeError: Nobody holds the lock.
        """
        if self._holder is None:
            raise RuntimeError("release of a lock that nobody holds")
        if self._gate is not None:
            self._gate.release()
        self._leave()

    @contextmanager
    def hold(self, timeout: float = DEFAULT_TIMEOUT) -> Iterator[None]:
        """Hold the lock for the length of a ``with`` block."""
        self.acquire(timeout)
        try:
            yield
        finally:
            self.release()

    def _enter(self, until: float) -> None:
        me = threading.get_ident()
        if self._holder == me:
            raise LockNested(f"this thread already holds the lock of {self.path}")
        if self._enter_at_once(me):
            return
        # Made outside the mutex: inside it nothing may start the garbage collector,
        # which may close a forgotten connection and so call `_leave`.
        ticket = _Ticket(me)
        with self._mutex:
            if self._holder is None:
                self._holder = me
                return
            self._queue.append(ticket)
        if ticket.bell.acquire(timeout=max(0.0, until - monotonic())):
            return
        with self._mutex:
            if ticket not in self._queue:  # called in the very last moment
                return
            self._queue.remove(ticket)
        raise LockTimeout(f"the lock of {self.path} did not come free in time")

    def _enter_at_once(self, me: int) -> bool:
        with self._mutex:
            if self._holder is not None:
                return False
            self._holder = me
            return True

    def _leave(self) -> None:
        with self._mutex:
            if not self._queue:
                self._holder = None
                return
            ticket = self._queue.popleft()
            self._holder = ticket.thread
            ticket.bell.release()


class _Gate:
    """The lock between processes. Only one thread of a process uses it at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turnstile = _open(path, "turnstile")
        self._lock = _open(path, "lock")
        self._close = weakref.finalize(self, _close, self._turnstile, self._lock)
        self._waiter: _Waiter | None = None

    def acquire(self, until: float) -> None:
        if self._pass_at_once():
            return
        waiter = _Waiter(self._path)
        waiter.wait(until)
        self._waiter = waiter

    def release(self) -> None:
        if self._waiter is None:
            fcntl.flock(self._lock, fcntl.LOCK_UN)
            return
        self._waiter.release()
        self._waiter = None

    def abandon(self) -> None:
        """Close the files in a forked child: the parent's lock stays the parent's."""
        self._close()
        if self._waiter is not None:
            self._waiter.release()

    def _pass_at_once(self) -> bool:
        try:
            fcntl.flock(self._turnstile, _NOW)
        except BlockingIOError:
            return False
        try:
            fcntl.flock(self._lock, _NOW)
        except BlockingIOError:
            return False
        finally:
            fcntl.flock(self._turnstile, fcntl.LOCK_UN)
        return True


class _Waiter(threading.Thread):
    """Stands in the operating system's own queue, which knows no time limit.

    It uses files of its own, so that one that gave up can never be confused with
    the next one; whatever it obtains after that is let go at once.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(name="darbaza-lock-waiter", daemon=True)
        self._path = path
        self._mutex = threading.Lock()
        self._gave_up = False
        self._obtained = threading.Event()
        self._turnstile = _open(path, "turnstile")
        self._lock = _open(path, "lock")

    def run(self) -> None:
        fcntl.flock(self._turnstile, fcntl.LOCK_EX)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        _close(self._turnstile)
        with self._mutex:
            if self._gave_up:
                _close(self._lock)
            self._obtained.set()

    def wait(self, until: float) -> None:
        self.start()
        if self._obtained.wait(max(0.0, until - monotonic())):
            return
        with self._mutex:
            if self._obtained.is_set():
                return
            self._gave_up = True
        raise LockTimeout(f"another process holds the lock of {self._path}")

    def release(self) -> None:
        _close(self._lock)


def _open(path: Path, role: str) -> int:
    name = f"{path}-{role}"
    return os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)


def _close(*files: int) -> None:
    for file in files:
        os.close(file)


def _forget_in_child() -> None:
    for lock in list(_locks):
        if lock._gate is not None:  # noqa: SLF001  one module, one secret
            lock._gate.abandon()  # noqa: SLF001
        lock._fresh()  # noqa: SLF001


os.register_at_fork(after_in_child=_forget_in_child)
