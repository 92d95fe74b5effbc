"""When a template takes place, which blocks may use it, what closes it."""

from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest

from darbaza.visits.policies import timetable as policy

MONDAY = date(2026, 11, 23)
A, B, ROOM, OTHER_ROOM, TEMPLATE = (UUID(int=n) for n in range(1, 6))


def plan(
    weekday: int = 0,
    valid_from: date = MONDAY,
    valid_to: date | None = None,
    every_weeks: int = 1,
) -> policy.Plan:
    return policy.Plan(weekday, time(9), 120, valid_from, valid_to, every_weeks)


@pytest.mark.parametrize(
    ("name", "a_plan", "day", "expected"),
    [
        ("first day", plan(), MONDAY, True),
        ("day before the first", plan(), date(2026, 11, 16), False),
        ("another weekday", plan(), date(2026, 11, 24), False),
        ("last day", plan(valid_to=date(2026, 12, 1)), date(2026, 11, 30), True),
        ("day after the last", plan(valid_to=date(2026, 11, 30)), date(2026, 11, 30),
         False),
        ("every second week, in between", plan(every_weeks=2), date(2026, 11, 30),
         False),
        ("every second week, its turn", plan(every_weeks=2), date(2026, 12, 7), True),
        ("weeks are counted from the week of the first day, not from the day",
         plan(0, date(2026, 11, 25), None, 2), date(2026, 11, 30), False),
        ("and so the second Monday after a Wednesday is its turn",
         plan(0, date(2026, 11, 25), None, 2), date(2026, 12, 7), True),
        ("over the end of the year", plan(every_weeks=3), date(2027, 1, 4), True),
    ],
)  # fmt: skip
def test_a_template_takes_place(
    name: str, a_plan: policy.Plan, day: date, expected: bool
) -> None:
    assert policy.takes_place(a_plan, day) is expected, name


@pytest.mark.parametrize(
    ("blocks", "block", "included", "expected"),
    [
        (set(), A, True, True),
        (set(), None, True, True),
        ({A}, A, True, True),
        ({A}, B, True, False),
        ({A}, None, True, False),
        ({A}, A, False, False),
        ({A}, B, False, True),
        ({A}, None, False, True),
    ],
)
def test_block_rule(
    blocks: set[UUID], block: UUID | None, included: bool, expected: bool
) -> None:
    assert policy.admits_block(blocks, block, included=included) is expected


def closing(
    room_id: UUID | None = None, template_id: UUID | None = None
) -> policy.Closing:
    return policy.Closing(
        MONDAY, date(2026, 11, 25), "repair", "x", room_id, template_id
    )


@pytest.mark.parametrize(
    ("name", "one", "first", "last", "expected"),
    [
        ("first day", closing(), MONDAY, MONDAY, True),
        ("day before", closing(), date(2026, 11, 22), date(2026, 11, 22), False),
        ("last day", closing(), date(2026, 11, 24), date(2026, 11, 24), True),
        ("day after", closing(), date(2026, 11, 25), date(2026, 11, 25), False),
        ("nights that reach into it", closing(), date(2026, 11, 20), MONDAY, True),
        ("its room", closing(room_id=ROOM), MONDAY, MONDAY, True),
        ("another room", closing(room_id=OTHER_ROOM), MONDAY, MONDAY, False),
        ("its template", closing(template_id=TEMPLATE), MONDAY, MONDAY, True),
        ("another template", closing(template_id=A), MONDAY, MONDAY, False),
    ],
)
def test_a_closure_closes(
    name: str, one: policy.Closing, first: date, last: date, expected: bool
) -> None:
    found = policy.closing_of([one], first, last, room_id=ROOM, template_id=TEMPLATE)
    assert (found is one) is expected, name


def test_the_widest_closure_is_named() -> None:
    narrow, wide = closing(template_id=TEMPLATE), closing()
    found = policy.closing_of(
        [narrow, wide], MONDAY, MONDAY, room_id=ROOM, template_id=TEMPLATE
    )
    assert found is wide


@pytest.mark.parametrize(
    ("start", "end", "expected"), [(8, 9, False), (8, 10, True), (11, 12, False)]
)
def test_spans_that_only_touch_do_not_overlap(
    start: int, end: int, expected: bool
) -> None:
    def hour(n: int) -> datetime:
        return datetime(2026, 11, 23, n, tzinfo=UTC)

    assert policy.overlap(hour(start), hour(end), hour(9), hour(11)) is expected


@pytest.mark.parametrize(
    ("places", "taken", "seats", "expected"),
    [(5, 2, None, 3), (5, 5, None, 0), (5, 7, None, 0), (5, 2, 1, 1), (5, 2, 9, 3)],
)
def test_free_places_never_exceed_seats_nor_fall_below_nothing(
    places: int, taken: int, seats: int | None, expected: int
) -> None:
    assert policy.free(places, taken, seats) == expected
