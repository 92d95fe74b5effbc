"""Values of rows by their number, as SQL of either engine."""

from datetime import UTC, datetime

from django.db import connection


def quoted(text: str) -> str:
    """Return SQL for a text."""
    return "'" + text.replace("'", "''") + "'"


def truth(value: bool) -> str:  # noqa: FBT001 - it is the value
    """Return SQL for a truth value."""
    if connection.vendor == "sqlite":
        return "1" if value else "0"
    return "TRUE" if value else "FALSE"


def moment_of(moment: datetime) -> str:
    """Return SQL for a moment."""
    text = moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    return f"'{text}'" if connection.vendor == "sqlite" else f"'{text}+00'::timestamptz"


def ago(now: datetime, minutes: str) -> str:
    """Return SQL for ``minutes`` (an expression) before now."""
    if connection.vendor == "sqlite":
        text = now.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
        return f"datetime('{text}', '-' || ({minutes}) || ' minutes')"
    return f"{moment_of(now)} - ({minutes}) * interval '1 minute'"


def day(text: str) -> str:
    """Return SQL for a calendar day."""
    return f"'{text}'" if connection.vendor == "sqlite" else f"'{text}'::date"


def born() -> str:
    """Return SQL for a date of birth between 1950 and 2005, by number."""
    year, month, day = "1950 + n % 55", "1 + n / 55 % 12", "1 + n / 660 % 28"
    if connection.vendor == "sqlite":
        return f"printf('%04d-%02d-%02d', {year}, {month}, {day})"
    return f"make_date({year}, {month}, {day})"


def text(prefix: str, number: str = "n") -> str:
    """Return SQL for a prefix with a number behind it."""
    return f"'{prefix}' || ({number})"


def modulo(number: str, by: int) -> str:
    """Return SQL for the rest of a division."""
    return f"(({number}) % {by})"
