"""The script's own record of a morning beside what the system says of it."""

from datetime import datetime, timedelta
from typing import Any

from darbaza.gate.queueing import Step
from darbaza.gate.waits import Stage, spread, stage_minutes
from tests.morning.people import Family
from tests.morning.play import Morning

APART_SECONDS = 1.0
"""Of true time: so far may a stamp lie outside the moments of its request, for script
and server are busy processes that each read the clock for themselves."""
OF_VISIT = (
    Step.TAKEN,
    Step.CALLED,
    Step.ACCEPTED,
    Step.SEARCHED,
    Step.SEATED,
    Step.LEFT,
)
OF_PARCEL = (Step.TAKEN, Step.CALLED, Step.ACCEPTED, Step.HANDED_IN, Step.SEARCHED)
"""The stamps of each errand: whoever hands something in never goes inside."""
ROUNDED = 0.05
"""Minutes; the report gives one decimal."""


def differences(morning: Morning) -> list[str]:
    """Return everything in which script and system disagree: best is nothing."""
    found = list(morning.troubles)
    for family in morning.families:
        found += _of_family(family, morning)
    if len(morning.said["stamps"]) != len(morning.families):
        found.append("there are other numbers than those that were taken")
    came = {f.reference: "come" for f in morning.families if f.due}
    if morning.said["appointments"] != came:
        told = morning.said["appointments"].items() ^ came.items()
        found.append(f"appointments: {sorted(told)}")
    left_over = [s for s in morning.said["states"].values() if s != "done"]
    if left_over or morning.said["inside"]:
        found.append(f"not done: {left_over}; inside: {morning.said['inside']}")
    found += [f"chain broken: {chain}" for chain in morning.chains if not chain["ok"]]
    return found + _of_report(morning)


def _of_family(family: Family, morning: Morning) -> list[str]:
    stamps = morning.said["stamps"].get(family.label)
    apart = _apart(morning)
    if stamps is None:
        return [f"{family.name} is lost"]
    found = []
    for step in OF_PARCEL if family.errand == "parcel" else OF_VISIT:
        if step.value not in stamps:
            found.append(f"{family.label}: no stamp {step}")
            continue
        before, after = family.record[step.value]
        at = datetime.fromisoformat(stamps[step.value])
        if not before - apart <= at <= after + apart:
            found.append(f"{family.label}: {step} at {at}, not {before} to {after}")
    return found


def _of_report(morning: Morning) -> list[str]:
    found = []
    for stage, own in recorded(morning).items():
        lines = morning.reported[stage.value]
        if len(lines) != 1 or int(lines[0]["Numbers"]) != own["count"]:
            found.append(f"report of {stage}: {lines}, not {own['count']} numbers")
            continue
        for name, column in COLUMNS.items():
            told = float(lines[0][column].replace(",", "."))
            if abs(told - own[name]) > own["unsure"] + ROUNDED:
                found.append(f"{stage} {name}: {told} in the report, not {own[name]}")
    return found


COLUMNS = {"median": "Median, minutes", "p95": "95th percentile, minutes"}


def recorded(morning: Morning) -> dict[Stage, dict[str, Any]]:
    """Return each stage as the script saw it, with how unsure it is, in minutes."""
    found: dict[Stage, dict[str, Any]] = {}
    for stage in Stage:
        known = [
            (f, m) for f in morning.families if (m := _minutes(f, stage)) is not None
        ]
        whole = spread([m for _family, m in known])
        if whole is not None:
            unsure = max(_unsure(family, _apart(morning)) for family, _m in known)
            found[stage] = {
                "count": whole.count, "median": round(whole.median, 2),
                "p95": round(whole.p95, 2), "unsure": unsure,
            }  # fmt: skip
    return found


def _minutes(family: Family, stage: Stage) -> float | None:
    """Return a stage between the middles of the moments that were noted."""
    middles = {
        Step(step): before + (after - before) / 2
        for step, (before, after) in family.record.items()
    }
    return stage_minutes(middles, stage)


def _apart(morning: Morning) -> timedelta:
    return timedelta(seconds=APART_SECONDS * morning.speed)


def _unsure(family: Family, apart: timedelta) -> float:
    longest = max(after - before for before, after in family.record.values())
    return (longest + 2 * apart).total_seconds() / 60


def until_called(morning: Morning) -> dict[str, dict[str, float]]:
    """Return how long families waited for their call, in minutes, by how they came.

    Whoever has an appointment waits from the later of its time and its number.
    """
    found: dict[str, list[float]] = {"appointment": [], "none": []}
    for family in morning.families:
        taken, called = (
            family.record.get(step.value) for step in (Step.TAKEN, Step.CALLED)
        )
        if taken and called:
            since = max(taken[1], family.due) if family.due else taken[1]
            waited = max(0.0, (called[0] - since).total_seconds() / 60)
            found["appointment" if family.due else "none"].append(waited)
    told = {name: spread(waits) for name, waits in found.items()}
    return {
        name: {"count": s.count, "median": round(s.median, 2), "p95": round(s.p95, 2)}
        for name, s in told.items() if s is not None
    }  # fmt: skip
