"""How a figure is written: with a comma in all three languages, as on every paper."""

from decimal import Decimal


def shortest(value: Decimal | float) -> str:
    """Write as few decimals as say it, three at most: 2.50 gives "2,5"."""
    return _comma(f"{value:.3f}".rstrip("0").rstrip("."))


def tenths(value: Decimal | float) -> str:
    """Write one decimal, also where it is 0: columns of figures stay in line."""
    return _comma(f"{value:.1f}")


def _comma(text: str) -> str:
    return text.replace(".", ",")
