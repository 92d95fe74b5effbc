"""What officers type into the box for goods, and what it is taken for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from darbaza.parcels import entry
from darbaza.parcels.entry import Quick


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("tea", Quick("tea")),
        ("2 tea", Quick("tea", 2)),
        ("2x tea", Quick("tea", 2)),
        ("3 шт мыло", Quick("мыло", 3)),
        ("soap 3", Quick("soap", 3)),
        ("soap 20", Quick("soap", 20)),
        ("soap 21", Quick("soap", None, 21)),
        ("сахар 1,5 кг", Quick("сахар", None, 1500)),
        ("сахар 1.5", Quick("сахар", None, 1500)),
        ("кант 1500", Quick("кант", None, 1500)),
        ("3 soap 300", Quick("soap", 3, 300)),
        ("3 soap 9", Quick("soap", 3, 9)),
        ("чай 250 г", Quick("чай", None, 250)),
        ("майка 2 даана", Quick("майка", 2)),
        ("тез бышуучу кесме 5", Quick("тез бышуучу кесме", 5)),
        ("  2   tea  ", Quick("tea", 2)),
        ("-1 tea", Quick("tea", -1)),
        ("tea -5 kg", Quick("tea", None, -5000)),
        ("4870001234567", Quick("4870001234567")),
        ("", Quick("")),
        ("🍎", Quick("🍎")),
    ],
)
def test_a_line_is_taken_apart(typed, read):
    assert entry.parse(typed) == read


@pytest.mark.parametrize(
    ("typed", "grams"),
    [
        ("4,5", 4500), ("4.5 kg", 4500), ("450", 450), ("450 г", 450),
        ("10000 кг", 10_000_000),
        ("-1", -1), ("abc", None), ("", None), ("1,2,3", None), ("1e9", None),
    ],
)  # fmt: skip
def test_a_weight_alone(typed, grams):
    assert entry.weight(typed) == grams


@given(st.text())
def test_anything_is_read_without_a_fault(text):
    quick = entry.parse(text)
    assert len(quick.words) <= entry.TEXT_AT_MOST
    entry.weight(text)
