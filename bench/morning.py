"""A whole morning against the running system: scripted families on a fast clock.

``bench/morning.py [--families N] [--speed N] [--seed N] [--json]``

Not the simulator: a server process of its own serves a new prison whose clock runs
``speed`` times as fast. Families book on their telephones three days before (visits,
packages with a list made at home), come with and without appointment, take numbers
at the kiosk, see themselves on the display, are scanned and registered, searched or
their bag inspected, go in with their pass and leave with it; officers do all that
through the pages. Says what was lost, where the script's own record and the stamps,
report and audit chain of the system disagree, how long both say that families waited,
and how long those with and without appointment. Exits with 1 where anything
disagrees.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the script's people are those of the tests

from tests.browser import deskhouse  # noqa: E402 - the path comes first
from tests.morning import compared, play  # noqa: E402 - the same


def told(families: int, speed: float, seed: int) -> dict[str, Any]:
    """Play a morning and return what it came to."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        deskhouse.run(home, "migrate", "-v0")
        morning = play.play(home, families=families, speed=speed, seed=seed)
    stages = {}
    for stage, own in compared.recorded(morning).items():
        lines = morning.reported[stage.value]
        told = {name: lines[0][column] if lines else None
                for name, column in compared.COLUMNS.items()}  # fmt: skip
        stages[stage.value] = {"script": own, "report": told}
    return {
        "families": families, "speed": speed, "seconds": round(morning.seconds, 1),
        "requests": morning.requests, "stages": stages,
        "told_waits": morning.said["told_waits"],
        "until_called": compared.until_called(morning),
        "stamps": sum(len(s) for s in morning.said["stamps"].values()),
        "inside_at_the_end": morning.said["inside"],
        "differences": compared.differences(morning),
    }  # fmt: skip


def main() -> int:
    """Play it and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--families", type=int, default=120)
    parser.add_argument("--speed", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = told(given.families, given.speed, given.seed)
    if given.json:
        print(json.dumps(found))
    else:
        for name, value in found.items():
            print(f"{name}: {value}")
    return 1 if found["differences"] else 0


if __name__ == "__main__":
    sys.exit(main())
