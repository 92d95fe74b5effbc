"""How long the what-if takes: processor time of 100 simulated days, today and the plan.

``bench/simulation.py [--days N] [--times N] [--json]``; half a second is what the page
is allowed. The least of several times counts: other work on the machine only adds.
"""

import argparse
import json
import time

from darbaza.gate import simulation

ALLOWED_SECONDS = 0.5


def main() -> None:
    """Play the standard day and say what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=100)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    scenario, took = simulation.Scenario(), []
    for seed in range(given.times):
        begun = time.process_time()
        simulation.compare(scenario, days=given.days, seed=seed)
        took.append(time.process_time() - begun)
    found = {
        "days": given.days,
        "families": scenario.day.families,
        "processor_seconds": round(min(took), 3),
        "allowed_seconds": ALLOWED_SECONDS * given.days / 100,
    }
    print(json.dumps(found) if given.json else found)


if __name__ == "__main__":
    main()
