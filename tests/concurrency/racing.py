"""Real threads and real processes that start at the same moment, on either engine.

Tests that use these need committed rows: ``@pytest.mark.django_db(transaction=True)``.

``together`` runs functions in threads of this process, as the server does.
``Process`` runs one job of a module of ``tests`` in a process of its own, as commands
do. Create several, then call ``go`` on each: they wait at the start until then.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from django.db import connection, connections

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


def together(*jobs: Callable[[], Any]) -> list[Any]:
    """Run all jobs at once, a thread each; return results or exceptions, in order."""
    start = threading.Barrier(len(jobs))
    results: list[Any] = [None] * len(jobs)

    def run(number: int) -> None:
        try:
            start.wait(PATIENCE)
            results[number] = jobs[number]()
        except Exception as error:  # noqa: BLE001  the test looks at it
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "a thread hangs"
    return results


class Process:
    """One job, ``tests.<module>:<function>``, in a process on the same database."""

    def __init__(self, job: str, **arguments: Any) -> None:
        name = str(connection.settings_dict["NAME"])
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.concurrency.worker", job],
            cwd=ROOT,
            env={**os.environ, "DARBAZA_TEST_DATABASE": name},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._say(json.dumps(arguments))
        assert self.line() == "ready"

    def __enter__(self) -> "Process":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    def go(self) -> None:
        """Let the job begin."""
        self._say("go")

    def line(self) -> str:
        """Wait for one line that the job prints."""
        assert self._process.stdout
        return self._process.stdout.readline().strip()

    def result(self) -> Any:
        """Wait for the end; return what the job returned."""
        out, _ = self._process.communicate(timeout=PATIENCE)
        assert self._process.returncode == 0, f"the job ended with {out}"
        return json.loads(out.splitlines()[-1])

    def kill(self) -> None:
        """End it as a power cut would: no clean-up of any kind."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
        self._process.wait(PATIENCE)
        for stream in (self._process.stdin, self._process.stdout):
            if stream and not stream.closed:
                stream.close()

    def _say(self, line: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
