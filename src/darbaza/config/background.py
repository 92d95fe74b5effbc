"""Work beside the pages, on threads of the one server process.

One thread keeps the write-ahead log small (SQLite); one runs the queued tasks
(imports, exports, checks); one sends texts to families and decides again what is
booked. All stop with the process; what they had not committed is simply not done, and
what was cut off is taken up again.
"""

import logging
import threading

from django.db import close_old_connections, connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from darbaza.appointments import rounds
from darbaza.config.sqlite import checkpoints

log = logging.getLogger(__name__)
PAUSE_SECONDS = 1.0
ROUND_SECONDS = 20.0


def start() -> threading.Event:
    """Start the threads; set the returned event to stop them."""
    stop = threading.Event()
    works = {"tasks": _tasks, "rounds": _rounds, "checkpoints": checkpoints.keep_small}
    for name, work in works.items():
        threading.Thread(target=work, args=(stop,), name=name, daemon=True).start()
    return stop


def _tasks(stop: threading.Event) -> None:
    """Run what is queued; look again every second."""
    while not stop.wait(PAUSE_SECONDS):
        try:
            close_old_connections()
            if DBTaskResult.objects.ready().exists():
                _worker().run()
        except Exception:  # a broken task must not end all background work
            log.exception("background task failed")
    connections["default"].close()


def _rounds(stop: threading.Event) -> None:
    """Send texts and go on with second looks; again a little later."""
    while not stop.wait(ROUND_SECONDS):
        try:
            close_old_connections()
            rounds.once()
        except Exception:  # a broken round must not end all background work
            log.exception("round of appointments failed")
    connections["default"].close()


def _worker() -> Worker:
    return Worker(
        queue_names=["*"],
        interval=PAUSE_SECONDS,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="server",
        excluded_queue_names=[],
    )
