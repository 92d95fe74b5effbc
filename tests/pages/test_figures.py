"""Figures are written with a comma in every language."""

from decimal import Decimal

import pytest

from darbaza.pages import figures


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("2.50"), "2,5"),
        (Decimal("5.00"), "5"),
        (Decimal(100), "100"),
        (0, "0"),
        (0.125, "0,125"),
        (1.0004, "1"),
        (4500 / 1000, "4,5"),
    ],
)
def test_as_few_decimals_as_say_it(value, written):
    assert figures.shortest(value) == written


def test_columns_keep_one_decimal():
    assert [figures.tenths(v) for v in (4, 12.75, 206.79)] == ["4,0", "12,8", "206,8"]
