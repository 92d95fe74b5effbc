"""Who must be added where: the cure of the slow place, the smallest staff."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from darbaza.gate.simulation.outcome import Outcome, simulate
from darbaza.gate.simulation.scenario import Scenario, Staff, Way

POSTS = {
    "registration": "clerks",
    "inspection": "inspectors",
    "search": "search_officers",
    "visit_room": "seats",
}
MOST = {"clerks": 8, "inspectors": 6, "search_officers": 6}
"""As far as the smallest staff is looked for."""
NOT_SERVED_AT_MOST = 0.01


@dataclass(frozen=True, slots=True)
class Target:
    """What families are promised, in minutes; and nearly nobody is left unserved."""

    mean: float = 10
    p95: float = 30

    def met(self, outcome: Outcome) -> bool:
        """Tell whether mornings keep it."""
        return (
            outcome.mean <= self.mean
            and outcome.p95 <= self.p95
            and outcome.not_served <= NOT_SERVED_AT_MOST
        )


@dataclass(frozen=True, slots=True)
class Cure:
    """What one post more at the slow place would bring."""

    stage: str
    more: int
    """Officers more, or seats more."""
    outcome: Outcome


def cure(scenario: Scenario, outcome: Outcome, *, days: int, seed: int) -> Cure:
    """Return what happens to the plan with more hands at its slow place.

    One officer more; in the visit room a tenth more seats, at least one.
    """
    post = POSTS[outcome.bottleneck]
    now: int = getattr(scenario.staff, post)
    more = max(1, round(now / 10)) if post == "seats" else 1
    staff = replace(scenario.staff, **{post: now + more})
    wider = replace(scenario, staff=staff)
    found = simulate(wider, scenario.plan, days=days, seed=seed)
    return Cure(outcome.bottleneck, more, found)


def smallest_staff(
    scenario: Scenario, way: Way, target: Target, *, days: int, seed: int
) -> Staff | None:
    """Return the fewest officers that keep a target; None where none of those tried do.

    Seats stay as they are. Of several with the same number the one with the fewest
    clerks is given.
    """

    def keeps(staff: Staff) -> bool:
        tried = replace(scenario, staff=staff)
        return target.met(simulate(tried, way, days=days, seed=seed))

    all_hands = replace(scenario.staff, **MOST)
    if not keeps(all_hands):
        return None
    # More hands never hurt: with all others at their most, each post's least is found
    # alone, and nothing below it need be tried.
    least = {
        post: next(n for n in range(1, most + 1) if keeps(_with(all_hands, post, n)))
        for post, most in MOST.items()
    }
    return next(staff for staff in _from(least, scenario.staff) if keeps(staff))


def _with(staff: Staff, post: str, number: int) -> Staff:
    return replace(staff, **{post: number})


def _from(least: dict[str, int], now: Staff) -> Iterator[Staff]:
    """Yield all staffs from the least upwards, the smallest first."""
    ranges = (range(least[post], most + 1) for post, most in MOST.items())
    for numbers in sorted(product(*ranges), key=lambda some: (sum(some), some)):
        yield replace(now, **dict(zip(MOST, numbers, strict=True)))
