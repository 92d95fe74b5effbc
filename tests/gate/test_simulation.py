"""The simulation of an entrance: against formulas, another engine, and a bound."""

import statistics
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from darbaza.gate import simulation
from darbaza.gate.simulation.bound import least_wait
from darbaza.gate.simulation.mornings import Morning, mornings
from darbaza.gate.simulation.scenario import Scenario, Service, Staff, UnusableError
from darbaza.gate.simulation.slots import planned
from darbaza.gate.simulation.staffing import Target
from darbaza.gate.simulation.stages import first_come, passed, registered
from tests.gate.simulating import Entrance

STANDARD = Scenario()
CROWD = simulation.Way(appointments="none", express=False, lists=False)
EVEN = simulation.Way(express=False, lists=False)
WAYS = (simulation.TODAY, CROWD, EVEN, STANDARD.plan)


def staffed(scenario=STANDARD, **posts):
    return replace(scenario, staff=replace(scenario.staff, **posts))


def busier(**day):
    return replace(STANDARD, day=replace(STANDARD.day, **day))


def waited(morning, through):
    ends = [
        v - (b if not p else 0.0)
        for v, b, p in zip(through.visit, morning.second, morning.parcel, strict=True)
    ]
    return [
        end - came - minutes - (b if p else 0.0)
        for end, came, minutes, b, p in zip(
            ends,
            morning.arrivals,
            morning.registration,
            morning.second,
            morning.parcel,
            strict=True,
        )
    ]


# What the standard day promises ------------------------------------------------------


@pytest.mark.slow
def test_the_standard_day_keeps_the_promise():
    found = simulation.compare(STANDARD, days=200, seed=1)

    assert found.today.mean / found.plan.mean >= 20
    assert found.plan.mean <= 5
    assert found.plan.p95 <= 15
    assert 0 <= found.plan.mean - found.lower_bound <= 3
    assert found.plan.not_served == 0


TABLE = [
    # way, clerks, mean, 95th percentile, share over an hour, least wait
    (simulation.TODAY, 2, 219.9, 367.7, 0.88, 156.1),
    (simulation.TODAY, 3, 129.6, 205.1, 0.82, 88.2),
    (CROWD, 2, 28.2, 57.7, 0.036, 12.2),
    (CROWD, 3, 22.1, 51.9, 0.016, 7.2),
    (replace(STANDARD.plan, appointments="none"), 2, 19.7, 53.7, 0.027, None),
    (replace(STANDARD.plan, appointments="none"), 3, 17.5, 45.7, 0.002, None),
    (EVEN, 2, 3.4, 12.4, 0, 0.7),
    (EVEN, 3, 2.1, 9.4, 0, 0.6),
    (replace(EVEN, appointments="early_extra"), 2, 4.3, 15.3, 0, None),
    (replace(EVEN, appointments="early_extra"), 3, 2.5, 11.0, 0, None),
    (replace(EVEN, appointments="dome"), 2, 3.6, 13.2, 0, None),
    (replace(EVEN, appointments="dome"), 3, 2.1, 9.6, 0, None),
    (STANDARD.plan, 2, 3.0, 12.4, 0.003, None),
    (STANDARD.plan, 3, 1.2, 5.9, 0, 0.3),
]


@pytest.mark.slow
@pytest.mark.parametrize("row", TABLE)
def test_the_measured_table_is_found_again(row):
    """Within 10%; shares within two hundredths, bounds under a minute within 0.15."""
    way, clerks, mean, p95, over, least = row
    scenario = replace(staffed(clerks=clerks), plan=way)
    found = simulation.compare(scenario, days=900, seed=1)

    assert found.plan.mean == pytest.approx(mean, rel=0.1)
    assert found.plan.p95 == pytest.approx(p95, rel=0.1)
    assert found.plan.over_60 == pytest.approx(over, abs=0.02)
    if least is not None:
        assert found.lower_bound == pytest.approx(least, rel=0.1, abs=0.15)


@pytest.mark.slow
@pytest.mark.parametrize(("clerks", "share"), [(2, 0.57), (3, 0.36)])
def test_on_paper_many_are_not_served(clerks, share):
    found = simulation.simulate(
        staffed(clerks=clerks), simulation.TODAY, days=100, seed=1
    )
    assert found.not_served == pytest.approx(share, rel=0.1)


# Against formulas --------------------------------------------------------------------

ERLANG_C = [(2, 0.75, 6.429), (3, 0.83, 7.022)]
"""Servers, load, mean wait by the formula, for a mean service of five minutes."""


@pytest.mark.slow
@pytest.mark.parametrize(("servers", "load", "formula"), ERLANG_C)
def test_waits_agree_with_erlang_c(servers, load, formula):
    """The mean of 24 seeds lies within a 99.9% band; 60,000 customers each."""
    means = [_queue_mean(seed, servers, load, 60_000) for seed in range(24)]
    band = 3.77 * statistics.stdev(means) / 24**0.5  # Student's t, 23 degrees
    assert band < formula / 20
    assert statistics.mean(means) == pytest.approx(formula, abs=band)


def _queue_mean(seed, servers, load, customers):
    chance, now, ready = Random(seed), 0.0, []
    for _ in range(customers):
        now += chance.expovariate(load * servers / 5)
        ready.append(now)
    minutes = [chance.expovariate(1 / 5) for _ in range(customers)]
    begun = first_come(ready, minutes, servers)
    return sum(map(float.__sub__, begun, ready)) / customers


def test_the_window_with_one_queue_is_the_plain_queue():
    morning = next(mornings(STANDARD, simulation.TODAY, days=1, seed=7))
    plain = first_come(morning.arrivals, morning.registration, 3)
    assert registered(morning, clerks=3, express_windows=0) == plain


# Against another engine --------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("clerks", [1, 2, 3])
def test_simpy_finds_the_same_waits(way, clerks):
    scenario = staffed(clerks=clerks)
    express = int(way.express and clerks > 1)
    for morning in mornings(scenario, way, days=2, seed=3):
        ours = waited(morning, passed(morning, scenario.staff, express=way.express))
        other = Entrance(morning, scenario.staff, express=express)
        assert other.run() == pytest.approx(ours, abs=1e-6)
        assert other.left == len(morning.arrivals)


# Against the bound, and against itself -----------------------------------------------

MINUTES = st.floats(0.1, 30)
FAMILY = st.tuples(
    st.floats(0, 120), st.booleans(), st.booleans(), st.booleans(), MINUTES, MINUTES,
    MINUTES,
)  # fmt: skip
STAFF = st.builds(
    Staff, clerks=st.integers(1, 4), inspectors=st.integers(1, 3),
    search_officers=st.integers(1, 3), seats=st.integers(1, 6),
)  # fmt: skip


def morning_of(families):
    rows = sorted(families)
    return Morning(*(list(column) for column in zip(*rows, strict=True)))


@settings(max_examples=150, deadline=None)
@given(st.lists(FAMILY, min_size=1, max_size=40), STAFF, st.booleans())
def test_no_morning_beats_the_bound_and_nobody_is_lost(families, staff, express):
    morning = morning_of(families)

    through = passed(morning, staff, express=express)

    waits = waited(morning, through)
    assert len(waits) == len(families)
    assert min(waits) >= -1e-6
    assert sum(waits) >= least_wait(morning, staff) - 1e-6


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("post", ["clerks", "inspectors", "search_officers", "seats"])
def test_more_staff_is_never_worse_on_the_same_mornings(way, post):
    few = {"clerks": 2, "inspectors": 1, "search_officers": 1, "seats": 10}[post]
    # The plan moves families to other days when hands are few: here nobody is moved.
    light = busier(families=60)
    means = [
        simulation.simulate(staffed(light, **{post: n}), way, days=30, seed=5).mean
        for n in (few, few + 1, few + 2)
    ]
    assert means == sorted(means, reverse=True)


def test_the_same_seed_gives_the_same_answer_and_another_another():
    first, again, other = (
        simulation.compare(STANDARD, days=5, seed=seed) for seed in (1, 1, 2)
    )
    assert first == again
    assert first != other


# The slow place, its cure, the smallest staff -----------------------------------------


@pytest.mark.parametrize(
    ("posts", "stage"),
    [
        ({"inspectors": 1}, "inspection"),
        ({"search_officers": 1}, "search"),
        ({"seats": 11}, "visit_room"),
        ({"clerks": 1}, "registration"),
    ],
)
def test_the_slow_place_is_named_and_cured(posts, stage):
    scenario = staffed(**posts)
    found = simulation.simulate(scenario, scenario.plan, days=20, seed=1)
    cured = simulation.cure(scenario, found, days=20, seed=1)

    assert found.bottleneck == stage
    assert cured.stage == stage
    assert cured.outcome.not_served <= found.not_served


@pytest.mark.slow
def test_the_smallest_staff_is_two_at_each_post():
    found = simulation.smallest_staff(
        STANDARD, STANDARD.plan, Target(mean=10, p95=30), days=40, seed=1
    )
    assert found == Staff(clerks=2, inspectors=2, search_officers=2, seats=20)


def test_no_staff_helps_where_the_room_is_too_small():
    crowded = staffed(busier(families=60), seats=3)
    found = simulation.smallest_staff(crowded, CROWD, Target(), days=5, seed=1)
    assert found is None


# Appointments ------------------------------------------------------------------------


@pytest.mark.parametrize("shape", ["even", "early_extra", "dome"])
def test_the_slots_hold_everybody_who_is_expected(shape):
    way = replace(STANDARD.plan, appointments=shape)
    plan = simulation.slot_plan(STANDARD, way)

    assert [slot.minute for slot in plan] == [15 * n for n in range(12)]
    # 120 families, 15% walk in, and of those who book 10% do not come.
    assert sum(slot.places for slot in plan) == pytest.approx(120 * 0.85 / 0.9, abs=1)


def test_slots_are_capped_by_the_slowest_stage():
    crowded = staffed(busier(families=200), seats=10)
    taken = planned(crowded, crowded.plan)

    assert taken.visits == pytest.approx(0.85 * 10 * 180 / 40)
    assert taken.moved + taken.families == pytest.approx(200, abs=1)
    found = simulation.simulate(crowded, crowded.plan, days=5, seed=1)
    assert found.not_served >= found.moved > 0.3


def test_without_appointments_there_are_no_slots():
    assert simulation.slot_plan(STANDARD, simulation.TODAY) == ()


# What no day can have ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_", "name"),
    [
        ({"day": {"families": 10**9}}, "day.families"),
        ({"day": {"families": True}}, "day.families"),
        ({"day": {"hours": float("nan")}}, "day.hours"),
        ({"staff": {"clerks": 0}}, "staff.clerks"),
        ({"staff": {"clerks": 2.5}}, "staff.clerks"),
        ({"minutes": {"paper": -4}}, "minutes.paper"),
        ({"minutes": {"paper": "nine"}}, "minutes.paper"),
        ({"plan": {"appointments": "tomorrow"}}, "plan.appointments"),
        ({"plan": {"express": "yes"}}, "plan.express"),
        ({"plan": None}, "plan"),
        ({"day": {"famlies": 3}}, "day"),
        ({"queue": {}}, "scenario"),
        ([], "scenario"),
    ],
)
def test_a_figure_that_cannot_be_is_named(given_, name):
    with pytest.raises(UnusableError) as refused:
        simulation.read(given_)
    assert refused.value.field == name


@pytest.mark.parametrize("days", [0, -1, 10**9])
def test_days_that_cannot_be_are_refused(days):
    with pytest.raises(UnusableError):
        simulation.simulate(STANDARD, EVEN, days=days, seed=1)


def test_certain_times_without_crowd_mean_no_waiting():
    calm = replace(
        busier(families=12),
        minutes=Service(variation=0),
        booking=replace(
            STANDARD.booking, no_show=0, walk_in=0, early_minutes=0, spread_minutes=0
        ),
    )
    assert simulation.compare(calm, days=3, seed=1).plan.mean == 0
