"""What people type, and what it means."""

from datetime import date, time

import pytest

from darbaza.pages import parsing

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "typed",
    [
        "22.11.2026",
        "22/11/26",
        "22 11 2026",
        "2026-11-22",
        "22112026",
        "221126",
        " 22-11-2026 ",
        "22.11.2026.",
    ],
)
def test_a_day_is_read_however_it_is_typed(typed):
    assert parsing.day(typed, today=TODAY) == TODAY


@pytest.mark.parametrize(
    ("typed", "year"), [("01.01.36", 2036), ("01.01.37", 1937), ("12.03.85", 1985)]
)
def test_two_digits_of_a_year_lie_at_most_ten_years_ahead(typed, year):
    assert parsing.day(typed, today=TODAY).year == year


@pytest.mark.parametrize(
    "typed", ["31.02.2026", "22.13.2026", "22.11", "abc", "22.11.026", "1.2.3.4", "5"]
)
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(ValueError):  # noqa: PT011 # any wording
        parsing.day(typed, today=TODAY)


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        ("14:32", 14, 32),
        ("14.32", 14, 32),
        ("1432", 14, 32),
        ("932", 9, 32),
        ("9", 9, 0),
    ],
)
def test_a_time_is_read_however_it_is_typed(typed, hour, minute):
    assert parsing.clock(typed) == time(hour, minute)


@pytest.mark.parametrize("typed", ["25:00", "14:60", "noon", "14:3", ""])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(ValueError):  # noqa: PT011
        parsing.clock(typed)


@pytest.mark.parametrize(
    ("typed", "factor", "units"),
    [
        ("4,5", 1000, 4500),
        ("3 280,50", 100, 328050),
        ("0.001", 1000, 1),
        ("7", 100, 700),
    ],
)
def test_a_figure_becomes_whole_units(typed, factor, units):
    assert parsing.scaled(typed, factor=factor) == units


@pytest.mark.parametrize("typed", ["4,5555", "-1", "1e5", "", "four", "9" * 13])
def test_a_figure_is_never_rounded_or_guessed(typed):
    with pytest.raises(ValueError):  # noqa: PT011
        parsing.scaled(typed, factor=1000)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0700 123 456", "+996700123456"),
        ("+996 (700) 12-34-56", "+996700123456"),
        ("007 495 1234567", "+74951234567"),
    ],
)
def test_a_telephone_number_gets_its_country(typed, number):
    assert parsing.phone(typed) == number


@pytest.mark.parametrize("typed", ["12", "+99670012345678901", "call me"])
def test_what_is_no_telephone_number_is_refused(typed):
    with pytest.raises(ValueError):  # noqa: PT011
        parsing.phone(typed)


def test_unseen_characters_leave_a_name():
    hostile = "\u202eАСА\u200bНОВ\x00  Бакыт\u2066\ufeff"
    assert parsing.clean_line(hostile) == "АСАНОВ Бакыт"


def test_letters_are_composed_and_lines_of_a_note_stay():
    assert parsing.clean_line("и\u0306") == "й"
    assert parsing.clean_text("one \r\n\r\n two\x07\r") == "one\n\n two"
