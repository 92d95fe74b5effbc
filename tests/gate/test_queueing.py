"""Who is next, what may follow what, how long it takes: rules without a database."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from darbaza.gate import queueing, waits
from darbaza.gate.queueing import Place, State, Step
from darbaza.gate.waits import Passed, Stage

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def at(minutes: float) -> datetime:
    return NINE + minutes * MINUTE


def place(taken: float, *, head_start: int = 0, due: float | None = None, number=0):
    due_at = at(due) if due is not None else None
    when = queueing.place_at(
        at(taken), head_start=head_start * MINUTE, due_at=due_at
    )  # fmt: skip
    on_time = due_at is not None and at(taken) <= due_at + queueing.LATE
    return Place(when, due_at if on_time else None, number)


def test_who_came_first_is_called_first_and_the_number_decides_at_one_moment():
    waiting = [place(5), place(3, number=2), place(3, number=1)]
    assert queueing.next_of(waiting, at=at(10)) == waiting[2]
    assert queueing.next_of([], at=NINE) is None


@pytest.mark.parametrize(
    ("came", "first"), [(0, "mother"), (14, "mother"), (16, "all")]
)
def test_a_head_start_overtakes_so_far_and_no_farther(came, first):
    waiting = {"all": place(0), "mother": place(came, head_start=15)}
    chosen = queueing.next_of(list(waiting.values()), at=at(30))
    assert chosen == waiting[first]


def test_no_lane_starves_however_many_with_a_head_start_keep_coming():
    """One of the slow lane, and a mother every minute: 15 of them pass, then it."""
    waiting, called = [place(0, number=1)], []
    for minute in range(1, 40):
        waiting.append(place(minute, head_start=15, number=100 + minute))
        chosen = queueing.next_of(waiting, at=at(minute))
        waiting.remove(chosen)
        called.append(chosen.number)
    assert called.index(1) == 14


@pytest.mark.parametrize(
    ("taken", "due", "now", "first"),
    [
        (0, 60, 30, "walk_in"),  # not yet the time of the appointment
        (0, 60, 55, "appointment"),  # five minutes before it may be called
        (0, 60, 60, "appointment"),
        (70, 60, 70, "appointment"),  # a little late still counts
        (76, 60, 76, "walk_in"),  # too late: queues as all others
    ],
)
def test_an_appointment_is_called_in_its_time(taken, due, now, first):
    waiting = {"walk_in": place(20), "appointment": place(taken, due=due)}
    chosen = queueing.next_of(list(waiting.values()), at=at(now))
    assert chosen == waiting[first]


def test_somebody_who_waits_longer_than_an_hour_goes_before_appointments():
    waiting = [place(0), place(60, due=61)]
    assert queueing.next_of(waiting, at=at(62)) == waiting[0]


def test_a_free_window_calls_an_early_appointment_where_nobody_else_waits():
    early = place(0, due=60)
    assert queueing.next_of([early], at=at(1)) == early


@pytest.mark.parametrize(
    ("step", "state", "after"),
    [
        (Step.CALLED, State.WAITING, State.CALLED),
        (Step.CALLED, State.CALLED, None),
        (Step.CALLED_AGAIN, State.CALLED, State.CALLED),
        (Step.CALLED_AGAIN, State.SERVING, None),
        (Step.ACCEPTED, State.CALLED, State.SERVING),
        (Step.NO_SHOW, State.CALLED, State.NO_SHOW),
        (Step.NO_SHOW, State.SERVING, None),
        (Step.PARKED, State.SERVING, State.PARKED),
        (Step.PARKED, State.WAITING, None),
        (Step.RETURNED, State.PARKED, State.WAITING),
        (Step.RETURNED, State.NO_SHOW, State.WAITING),
        (Step.RETURNED, State.DONE, None),
        (Step.MOVED, State.WAITING, State.WAITING),
        (Step.MOVED, State.DONE, None),
        (Step.DONE, State.SERVING, State.DONE),
        (Step.DONE, State.WAITING, None),
        (Step.GONE, State.PARKED, State.GONE),
        (Step.GONE, State.SERVING, None),
    ],
)
def test_what_may_follow_what(step, state, after):
    assert queueing.follows(step, state) == after


def test_nothing_follows_what_has_ended_but_a_return_after_a_no_show():
    ended = (State.DONE, State.GONE, State.NO_SHOW)
    left = {
        (step, state)
        for step in queueing.FOLLOWS
        for state in ended
        if queueing.follows(step, state)
    }
    assert left == {(Step.RETURNED, State.NO_SHOW)}


def test_the_estimate_grows_with_those_before_and_shrinks_with_windows():
    def reckoned(ahead, windows):
        return queueing.expected_wait(
            ahead=ahead, windows=windows, service_minutes=[4, 6], usual_minutes=9
        ).reckoned

    assert (reckoned(0, 1), reckoned(4, 1), reckoned(4, 2)) == (2.5, 22.5, 11.25)
    assert reckoned(4, 0) == reckoned(4, 1)


def test_an_estimate_without_experience_is_wide_and_never_below_nothing():
    first = queueing.expected_wait(
        ahead=0, windows=1, service_minutes=[], usual_minutes=1
    )
    assert first.low == 0 < first.high
    more = queueing.expected_wait(
        ahead=10, windows=1, service_minutes=[], usual_minutes=4
    )
    assert more.low < more.reckoned < more.high
    assert more.high > 2 * more.low


def test_the_interval_holds_for_about_eight_of_ten_of_a_long_morning():
    chance, ratios, held = Random(7), [], []
    for number in range(400):
        ahead = chance.randrange(0, 25)
        told = queueing.expected_wait(
            ahead=ahead, windows=2, service_minutes=[3, 3, 3], usual_minutes=3,
            ratios=ratios[-100:],
        )  # fmt: skip
        true = sum(chance.lognormvariate(1, 0.5) for _n in range(ahead)) / 2
        if number >= 100:
            held.append(told.holds(true))
        ratios.append(queueing.ratio(true, told.reckoned))
    assert 0.74 < sum(held) / len(held) < 0.93


def test_how_often_the_interval_was_right_is_counted():
    found = queueing.accuracy([(5, 10, 4.9), (5, 10, 5), (5, 10, 10), (5, 10, 11)])
    assert (found.told, found.right, found.shorter, found.longer) == (4, 2, 1, 1)
    assert found.percent == 50
    assert queueing.accuracy([]).percent is None


@pytest.mark.parametrize(("share", "value"), [(0, 1), (0.5, 2.5), (1, 4), (0.95, 3.85)])
def test_quantiles_lie_between_the_values(share, value):
    assert queueing.quantile([4, 1, 3, 2], share) == pytest.approx(value)
    with pytest.raises(ValueError, match="no values"):
        queueing.quantile([], share)


def passed(taken=0, wait=10, desk=2, *, lane="V", window="1", **stamps):
    called = taken + wait
    found = {
        Step.TAKEN: at(taken), Step.CALLED: at(called),
        Step.REGISTERED: at(called + desk),
    } | {Step(name): at(minute) for name, minute in stamps.items()}  # fmt: skip
    return Passed(lane, window, at(taken), found)


def test_each_stage_runs_from_one_stamp_to_another():
    one = passed(searched=20, seated=25, left=65)
    minutes = {stage: one.minutes(stage) for stage in Stage}
    assert minutes == {
        Stage.WAIT: 10, Stage.DESK: 2, Stage.TO_SEARCH: 8, Stage.SEARCH: 5,
        Stage.INSIDE: 40, Stage.WHOLE: 25,
    }  # fmt: skip


def test_a_missing_stamp_or_a_clock_set_back_is_no_measurement():
    assert passed().minutes(Stage.SEARCH) is None
    assert passed(wait=-3).minutes(Stage.WAIT) is None
    assert passed(seated=20).minutes(Stage.TO_SEARCH) == 8  # without a search


def test_a_report_names_the_slow_stage_and_the_breaches():
    rows = [passed(n, wait=n, seated=2 * n + 4) for n in range(1, 21)]
    rows += [passed(70, wait=5, lane="P", window="2")]
    found = waits.lines(rows, by="lane", targets={"V": 15, "P": 15})
    assert [(line.key, line.spread.count, line.over) for line in found] == [
        ("P", 1, 0), ("V", 20, 5),
    ]  # fmt: skip
    assert [line.breach for line in found] == [False, True]
    assert found[1].spread.median == pytest.approx(10.5)
    assert found[1].spread.p95 == pytest.approx(19.05)
    assert waits.slowest(waits.stages(rows)) is Stage.WAIT
    assert waits.slowest({}) is None
    assert [line.key for line in waits.lines(rows, by="hour")] == ["09:00", "10:00"]
    assert [line.key for line in waits.lines(rows, by="window")] == ["1", "2"]
    assert [line.key for line in waits.lines(rows, by="day")] == ["2026-11-23"]


def test_a_group_of_several_lanes_has_no_single_target_but_counts_the_late():
    rows = [passed(wait=20), passed(wait=20, lane="P")]
    (line,) = waits.lines(rows, by="hour", targets={"V": 15, "P": 30})
    assert (line.target, line.over, line.breach) == (None, 1, False)


def test_before_and_after_stand_side_by_side():
    after = waits.stages([passed(wait=10), passed(wait=20)])
    found = waits.compared({Stage.WAIT: [120, 180], Stage.SEARCH: [5]}, after)
    by_stage = {change.stage: change for change in found}
    assert by_stage[Stage.WAIT].times == pytest.approx(10)
    assert by_stage[Stage.SEARCH].after is None
    assert by_stage[Stage.SEARCH].times is None
    assert by_stage[Stage.DESK].before is None


@pytest.mark.parametrize(
    ("calls", "minutes", "back"),
    [(1, 15, 0), (2, 15, 0), (3, 15, 45), (4, 15, 45), (3, 0, 60), (3, 120, 0)],
)
def test_who_was_called_three_times_comes_back_behind(calls, minutes, back):
    again = queueing.place_again(
        at(0), calls=calls, at=at(60), late_return=minutes * MINUTE
    )
    assert again == at(back)
