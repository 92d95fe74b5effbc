"""What people type, forgivingly read: dates, times, weights, money. No guessing."""

import re
import unicodedata
from datetime import date, time
from decimal import Decimal, InvalidOperation

# Invisible or direction-changing characters never belong into a name or a note.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U000e0000-\U000e007f]"
)
_SPACE = re.compile(r"\s+")


def clean_line(text: str) -> str:
    """Return one line in composed form, without unseen characters or double spaces."""
    return _SPACE.sub(" ", _clean(text)).strip()


def clean_text(text: str) -> str:
    """Return several lines in composed form, without unseen characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in _clean(text).split("\n")).strip()


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))


def day(text: str, *, today: date) -> date:
    """Read 22.11.2026, 22/11/26, 22 11 2026, 2026-11-22, 22112026 or 221126.

    A year of two digits lies at most ten years ahead of ``today``, else in the past.

    Raises:
        ValueError: This is no date.
    """
    parts = [part for part in re.split(r"[^0-9]+", text.strip()) if part]
    if len(parts) == 1:
        parts = _cut(parts[0])
    if len(parts) != 3 or re.search(r"[^\W\d_]", text):
        message = "not a date"
        raise ValueError(message)
    if len(parts[0]) == 4:
        parts.reverse()
    days, months, years = parts
    return date(_year(years, today), int(months), int(days))


def _cut(digits: str) -> list[str]:
    if len(digits) in {6, 8}:
        return [digits[:2], digits[2:4], digits[4:]]
    return []


def _year(text: str, today: date) -> int:
    if len(text) == 4:
        return int(text)
    if len(text) != 2:
        message = "a year has two or four digits"
        raise ValueError(message)
    year = today.year // 100 * 100 + int(text)
    return year - 100 if year > today.year + 10 else year


def clock(text: str) -> time:
    """Read 14:32, 14.32, 14 32, 1432, 932 or 9 (a full hour).

    Raises:
        ValueError: This is no time of day.
    """
    found = re.fullmatch(r"(\d{1,2})(?:[:.,\s-]?(\d{2}))?", text.strip())
    if not found:
        message = "not a time"
        raise ValueError(message)
    return time(int(found[1]), int(found[2] or 0))


def scaled(text: str, *, factor: int) -> int:
    """Read a figure with comma or point as whole units of ``1 / factor``.

    "4,5" with factor 1000 gives 4500 (kilograms to grams); "3 280" with factor 100
    gives 328000 (som to tyiyn).

    Raises:
        ValueError: No figure, or finer than one unit.
    """
    plain = re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", ".")
    if not re.fullmatch(r"\d{1,12}(\.\d{1,6})?", plain):
        message = "not a figure"
        raise ValueError(message)
    try:
        units = Decimal(plain) * factor
    except InvalidOperation as error:  # pragma: no cover - the pattern forbids it
        message = "not a figure"
        raise ValueError(message) from error
    if units != units.to_integral_value():
        message = "finer than one unit"
        raise ValueError(message)
    return int(units)


def phone(text: str, *, country: str = "996") -> str:
    """Return a telephone number as +996700123456; 0700 123 456 gets the country.

    Raises:
        ValueError: Fewer than 7 or more than 15 digits, or other characters.
    """
    plain = re.sub(r"[\s().\-\u00a0]", "", text)
    if plain.startswith("00"):
        plain = "+" + plain[2:]
    elif plain.startswith("0"):
        plain = f"+{country}{plain[1:]}"
    if not re.fullmatch(r"\+?\d{7,15}", plain):
        message = "not a telephone number"
        raise ValueError(message)
    return plain
