"""What-if for one entrance: the waits of today against those of a plan."""

import json
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError, CommandParser

from darbaza.gate import simulation

DAYS, SEED = 100, 1
BYTES_AT_MOST = 65_536


class Command(BaseCommand):
    help = "Simulate the waits at one entrance, today and with a plan (YAML file)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("scenario", metavar="SCENARIO", type=Path)
        parser.add_argument("--days", type=int, default=DAYS)
        parser.add_argument("--seed", type=int, default=SEED)
        parser.add_argument("--json", action="store_true", help="one object")

    def handle(
        self, *, scenario: Path, days: int, seed: int, json: bool, **_options: Any
    ) -> None:
        """Print the figures; refuse a file that describes no day with one line."""
        try:
            asked = simulation.read(_loaded(scenario))
            found = simulation.compare(asked, days=days, seed=seed)
        except simulation.UnusableError as error:
            message = f"{scenario}: {error}"
            raise CommandError(message) from error
        told = as_object(found)
        self.stdout.write(_line(told) if json else _table(told))


def as_object(found: simulation.Comparison) -> dict[str, Any]:
    """Return a comparison as the object that ``--json`` prints: minutes and shares."""
    today, plan = found.today, found.plan
    return {
        "today": _rounded(today, "mean", "p95", "over_60"),
        "plan": _rounded(plan, "mean", "p95", "over_60", "not_served"),
        "lower_bound": {"mean": round(found.lower_bound, 4)},
        "busy": {stage: round(share, 4) for stage, share in plan.busy.items()},
        "bottleneck": plan.bottleneck,
    }


def _rounded(outcome: simulation.Outcome, *names: str) -> dict[str, float]:
    return {name: round(getattr(outcome, name), 4) for name in names}


def _line(told: dict[str, Any]) -> str:
    return json.dumps(told)


def _table(told: dict[str, Any]) -> str:
    lines = ["            mean     95%   over 60 min   not served", *_ways(told)]
    lines.append(f"no way of working beats {told['lower_bound']['mean']:.1f} min")
    busy = (f"{stage} {share:.0%}" for stage, share in told["busy"].items())
    lines.append(f"busy under the plan: {', '.join(busy)}")
    lines.append(f"the slow place: {told['bottleneck']}")
    return "\n".join(lines)


def _ways(told: dict[str, Any]) -> list[str]:
    return [
        f"{name:<6}{way['mean']:>10.1f}{way['p95']:>8.1f}{way['over_60']:>14.1%}"
        + (f"{way['not_served']:>13.1%}" if "not_served" in way else "")
        for name, way in ((name, told[name]) for name in ("today", "plan"))
    ]


def _loaded(path: Path) -> Any:
    """Return what a YAML file says.

    Raises:
        CommandError: No file, no YAML, or far more than a scenario needs.
    """
    try:
        with path.open("rb") as file:
            text = file.read(BYTES_AT_MOST + 1)
        if len(text) > BYTES_AT_MOST:
            message = f"{path}: larger than any scenario."
            raise CommandError(message)
        return yaml.safe_load(text)
    except OSError as error:
        message = f"{path}: {error.strerror}."
        raise CommandError(message) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        message = f"{path}: this is no YAML."
        raise CommandError(message) from error
