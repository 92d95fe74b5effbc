"""Runs the clock of every process of a played morning faster (see ``timing.Clock``).

This folder is put on the path of those processes by the tests alone: the product has
no setting that moves a clock.
"""

import os
import threading
import time
from datetime import UTC, datetime

import time_machine

STEP_SECONDS = 0.02
"""Of real time; the morning's clock moves on in steps ``speed`` times as long."""


def run(begins: float, shown: float, speed: float) -> None:
    """Show ``shown`` at the true moment ``begins``, then every second ``speed``."""
    traveller = time_machine.travel(shown, tick=False).start()
    real = time_machine.escape_hatch.time.time

    def now() -> datetime:
        passed = max(0.0, real() - begins)
        return datetime.fromtimestamp(shown + passed * speed, UTC)

    def tick() -> None:
        while True:
            time.sleep(STEP_SECONDS)
            traveller.move_to(now(), tick=False)

    def start() -> None:
        threading.Thread(target=tick, daemon=True).start()

    traveller.move_to(now(), tick=False)
    start()
    os.register_at_fork(after_in_child=start)  # threads stay behind in the parent


if told := os.environ.get("DARBAZA_MORNING"):
    run(*(float(figure) for figure in told.split()))
