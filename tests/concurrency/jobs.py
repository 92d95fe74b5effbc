"""What the other processes of the lock's tests do."""

import time
from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import transaction

from darbaza.kernel.locks import FairLock
from tests import cast


def write(*, name: str, rows: int) -> int:
    """Write rows one transaction each, with a read in between; return how many."""
    for number in range(rows):
        with transaction.atomic():
            seen = Session.objects.count()
            key = f"{name}-{number}"
            Session.objects.create(
                session_key=key, session_data=str(seen), expire_date=cast.NINE
            )
    return rows


def hold(*, path: str, seconds: float) -> str:
    """Hold a lock and say so."""
    with FairLock(Path(path)).hold():
        print("held", flush=True)  # noqa: T201
        time.sleep(seconds)
    return "released"


def grab(*, path: str, times: int, seconds: float) -> list[float]:
    """Take a lock again and again without a pause; return when it was obtained."""
    lock, obtained = FairLock(Path(path)), []
    for _ in range(times):
        with lock.hold():
            obtained.append(time.monotonic())
            time.sleep(seconds)
    return obtained
